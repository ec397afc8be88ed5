#include "api/routes/problem_text.h"

#include <nlohmann/json.hpp>

#include "registry/rules/pack.h"

namespace api {
namespace {

/// The words of one language.
struct Words {
  std::string_view title, detail, what_to_do, note;
  std::string_view to_do_heading, article_heading, open, close;
};

Words chinese(const RefusalText& text) {
  return {text.title_zh,
          text.detail_zh,
          text.what_to_do_zh,
          registry::confirmation_note_zh(text.confidence),
          "怎么办",
          "依据",
          "（",
          "）"};
}
Words english(const RefusalText& text) {
  return {
      text.title, text.detail, text.what_to_do, registry::confirmation_note(text.confidence), "What to do", "Article",
      " (",       ")"};
}

void heading(std::string& out, std::string_view mark, std::string_view text, bool marks) {
  if (marks) out.append(mark);
  out.append(text).append("\n\n");
}

void paragraph(std::string& out, std::string_view text) { out.append(without_facts(text)).append("\n\n"); }

void add(std::string& out, const RefusalText& text, const Words& words, bool marks) {
  heading(out, "# ", words.title, marks);
  paragraph(out, words.detail);
  heading(out, "## ", words.to_do_heading, marks);
  paragraph(out, words.what_to_do);
  if (text.article.empty()) return;
  heading(out, "## ", words.article_heading, marks);
  std::string article = text.article;
  if (!words.note.empty()) article.append(words.open).append(words.note).append(words.close);
  paragraph(out, article);
}

Json or_null(std::string_view text) { return text.empty() ? Json() : Json(text); }

}  // namespace

std::string without_facts(std::string_view text) { return fill(text, {}); }

std::string problem_text(std::string_view rule, const RefusalText& text, Tongue tongue, bool marks) {
  std::string out;
  if (tongue != Tongue::english) add(out, text, chinese(text), marks);
  if (tongue != Tongue::chinese) add(out, text, english(text), marks);
  const std::string tick = marks ? "`" : "";
  out.append(tick).append(rule).append(tick);
  if (text.status >= 400) out.append(" · HTTP ").append(std::to_string(text.status));
  return out.append("\n");
}

Json problem_json(std::string_view rule, const RefusalText& text) {
  return {{"rule", rule},
          {"status", text.status >= 400 ? Json(text.status) : Json()},
          {"title", text.title},
          {"title_zh", text.title_zh},
          {"detail", without_facts(text.detail)},
          {"detail_zh", without_facts(text.detail_zh)},
          {"what_to_do", without_facts(text.what_to_do)},
          {"what_to_do_zh", without_facts(text.what_to_do_zh)},
          {"article", or_null(text.article)},
          {"confidence", or_null(text.confidence)},
          {"confidence_note", or_null(registry::confirmation_note(text.confidence))},
          {"confidence_note_zh", or_null(registry::confirmation_note_zh(text.confidence))}};
}

}  // namespace api
