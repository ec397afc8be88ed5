#include "tools/cli/problem.h"

#include <nlohmann/json.hpp>
#include <ostream>

#include "crypto/json.h"
#include "tools/cli/fetch.h"

namespace tools {
namespace {

using Json = nlohmann::json;

void print_line(std::ostream& out, const char* label, const std::string& text) {
  if (!text.empty()) out << "  " << label << text << '\n';
}

/// The detail, or the bare title where there is none.
void print_sentence(std::ostream& out, const Json& problem, const char* detail, const char* title) {
  const std::string text = cell(problem, detail);
  print_line(out, "", text.empty() ? cell(problem, title) : text);
}

void print_field(std::ostream& out, const Json& error) {
  out << "  - " << cell(error, "pointer") << " (" << cell(error, "code") << ")";
  for (const char* member : {"detail_zh", "detail"})
    if (const std::string text = cell(error, member); !text.empty()) out << "  " << text;
  out << '\n';
}

void print(std::ostream& out, const Json& problem) {
  print_sentence(out, problem, "detail_zh", "title_zh");
  print_sentence(out, problem, "detail", "title");
  const std::string note = cell(problem, "confidence_note_zh");
  print_line(out, "依据 article: ", cell(problem, "article") + (note.empty() ? "" : "（" + note + "）"));
  if (problem.contains("errors"))
    for (const Json& error : problem["errors"]) print_field(out, error);
  print_line(out, "怎么办: ", cell(problem, "what_to_do_zh"));
  print_line(out, "what to do: ", cell(problem, "what_to_do"));
}

}  // namespace

void print_problem(const Answer& answer, std::ostream& out) {
  const auto read = crypto::read_json(answer.body);
  const auto* problem = std::get_if<Json>(&read);
  if (!problem || !problem->is_object()) {
    out << "refused 被拒绝 (" << answer.status << ")\n" << answer.body << '\n';
    return;
  }
  out << "refused 被拒绝 (" << answer.status << " " << cell(*problem, "rule") << ")\n";
  print(out, *problem);
}

}  // namespace tools
