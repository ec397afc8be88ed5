#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <vector>

#include "shared_pack.h"

using namespace registry;
namespace fs = std::filesystem;

namespace {

using Names = std::set<std::string>;

/// Names between braces; the _zh of a Chinese fact is left out, so that twins compare equal.
Names placeholders(std::string_view text) {
  Names names;
  for (auto open = text.find('{'); open != text.npos; open = text.find('{', open + 1)) {
    const auto close = text.find('}', open);
    std::string name(text.substr(open + 1, close - open - 1));
    if (name.ends_with("_zh")) name.resize(name.size() - 3);
    names.insert(name);
  }
  return names;
}

bool has_chinese(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0xE3; });
}

bool is_rule_character(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; }

/// Lower case words joined by hyphens.
bool looks_like_rule(std::string_view text) {
  return !text.empty() && text.find('-') != text.npos && std::all_of(text.begin(), text.end(), is_rule_character) &&
         text.front() >= 'a' && text.front() <= 'z';
}

/// Literals of the line, up to a comment.
std::vector<std::string> literals(std::string_view line) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < line.size(); ++at) {
    if (line.substr(at, 2) == "//") break;
    if (line[at] != '"') continue;
    const auto end = line.find('"', at + 1);
    if (end == line.npos) break;
    out.emplace_back(line.substr(at + 1, end - at - 1));
    at = end;
  }
  return out;
}

bool mentions(std::string_view line, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return line.find(word) != line.npos; });
}

struct Use {
  std::string id, place;
};

/// Ids that a statement of the file gives to one of `words`.
void add_uses(const fs::path& file, std::initializer_list<std::string_view> words, std::vector<Use>& out) {
  std::ifstream in(file);
  int number = 0;
  bool inside = false;
  for (std::string line; std::getline(in, line);) {
    ++number;
    inside = inside || mentions(line, words);
    if (!inside) continue;
    for (const std::string& literal : literals(line))
      if (looks_like_rule(literal)) out.push_back({literal, file.filename().string() + ":" + std::to_string(number)});
    inside = !mentions(line, {";", "{", "}"});
  }
}

std::vector<Use> uses(std::initializer_list<const char*> folders, std::initializer_list<std::string_view> words) {
  std::vector<Use> out;
  for (const char* folder : folders)
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(TALLYSTICK_SOURCE_DIR) / folder))
      if (entry.path().extension() == ".cpp" || entry.path().extension() == ".h") add_uses(entry.path(), words, out);
  return out;
}

/// The second argument of the call, where it is a literal: fault("seals", "too_long").
std::string second_literal(std::string_view line, std::string_view call) {
  const auto at = line.find(call);
  const auto comma = at == line.npos ? line.npos : line.find(", ", at);
  if (comma == line.npos || line.substr(comma + 2, 1) != "\"") return {};
  const auto end = line.find('"', comma + 3);
  return end == line.npos ? std::string() : std::string(line.substr(comma + 3, end - comma - 3));
}

bool is_code(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '_' || c == '-'; });
}

/// Codes that readers of forms give to a bad field.
Names field_codes() {
  Names codes;
  for (const char* folder : {"registry/log", "registry/steps"}) {
    for (const auto& entry : fs::directory_iterator(fs::path(TALLYSTICK_SOURCE_DIR) / folder)) {
      if (entry.path().extension() != ".cpp") continue;
      std::ifstream in(entry.path());
      for (std::string line; std::getline(in, line);)
        for (std::string_view call : {"fault(", "bad(", "bad_signature(", "bad_genesis(", "bad_outcome(", ").at("})
          if (auto code = second_literal(line, call); is_code(code)) codes.insert(std::move(code));
    }
  }
  return codes;
}

/// "<id> at <file>:<line>" of those without a text.
Names without_text(const std::vector<Use>& uses) {
  Names names;
  for (const Use& use : uses)
    if (!pack().rule_text(use.id)) names.insert(use.id + " at " + use.place);
  return names;
}

}  // namespace

TEST_CASE("texts: every rule has its sentences in Chinese and English", "[rules][texts]") {
  CHECK(pack().rule_texts().size() > 60);
  for (const RuleText& t : pack().rule_texts()) {
    CAPTURE(t.rule);
    for (const auto& english : {t.title, t.detail, t.what_to_do}) {
      CHECK_FALSE(english.empty());
      CHECK_FALSE(has_chinese(english));
    }
    for (const auto& chinese : {t.title_zh, t.detail_zh, t.what_to_do_zh}) CHECK(has_chinese(chinese));
    CHECK((t.status == 0 || (t.status >= 400 && t.status < 600)));
    CHECK(t.article.empty() == t.confidence.empty());
  }
}

TEST_CASE("texts: no placeholder is without its twin in the other language", "[rules][texts]") {
  for (const RuleText& t : pack().rule_texts()) {
    CAPTURE(t.rule);
    CHECK(placeholders(t.title) == placeholders(t.title_zh));
    CHECK(placeholders(t.detail) == placeholders(t.detail_zh));
    CHECK(placeholders(t.what_to_do) == placeholders(t.what_to_do_zh));
    for (const auto& english : {t.title, t.detail, t.what_to_do}) CHECK(english.find("_zh}") == english.npos);
  }
}

TEST_CASE("texts: the rules of the log are there with their status", "[rules][texts]") {
  struct Case {
    const char* rule;
    int status;
  };
  for (const Case& c :
       {Case{"header-form", 422}, Case{"payload-form", 422}, Case{"chain-gap", 409}, Case{"chain-fork", 409},
        Case{"queue-full", 429}, Case{"quarantine", 503}, Case{"malformed-request", 400}, Case{"not-found", 404},
        Case{"outcome-form", 500}, Case{"loss-in-transit", 0}, Case{"write-off", 0}}) {
    CAPTURE(c.rule);
    REQUIRE(pack().rule_text(c.rule));
    CHECK(pack().rule_text(c.rule)->status == c.status);
  }
  CHECK(pack().rule_text("no-such-rule") == nullptr);
  REQUIRE(pack().field_text("bad_quantity"));
  CHECK(has_chinese(pack().field_text("bad_quantity")->detail_zh));
}

TEST_CASE("texts: every refusal and finding in the sources has a text", "[rules][texts]") {
  const auto refused =
      uses({"registry", "api"}, {"refuse(", "refused(", "about(", "make_finding(", "condition(", "rule = "});
  CHECK(refused.size() > 20);
  CHECK(without_text(refused) == Names{});
  CHECK(without_text(uses({"registry/steps"}, {"return \"", " kind = "})) == Names{});
}

TEST_CASE("texts: every obligation in the sources has a text and a deadline", "[rules][texts]") {
  const auto opened = uses({"registry/steps"}, {"open_obligation(", ".deadline("});
  CHECK(without_text(opened) == Names{});
  for (const Use& use : opened) {
    CAPTURE(use.id, use.place);
    CHECK_NOTHROW(pack().deadline(use.id));
  }
}

TEST_CASE("texts: every code of a bad field has a sentence", "[rules][texts]") {
  const Names codes = field_codes();
  CHECK(codes.size() > 15);
  Names missing;
  for (const std::string& code : codes)
    if (!pack().field_text(code) && !pack().rule_text(code)) missing.insert(code);
  CHECK(missing == Names{});
}
