#include <algorithm>

#include "registry/rules/pack_parts.h"
#include "schema/files.h"

namespace registry {
namespace {

RuleText read_rule(const JsonNode& node, const std::string& rule, std::string_view kind) {
  node.only(
      {"status", "article", "confidence", "title", "title_zh", "detail", "detail_zh", "what_to_do", "what_to_do_zh"});
  RuleText text;
  text.rule = rule;
  text.kind = kind;
  text.status = static_cast<int>(node.integer_or("status", 0));
  text.article = node.text_or("article", "");
  text.confidence = node.text_or("confidence", "");
  text.title = node.text("title");
  text.title_zh = node.text("title_zh");
  text.detail = node.text("detail");
  text.detail_zh = node.text("detail_zh");
  text.what_to_do = node.text("what_to_do");
  text.what_to_do_zh = node.text("what_to_do_zh");
  return text;
}

/// Keeps the list sorted by `key`; a second text for one id is a Fault.
template <class T>
void insert(std::vector<T>& list, std::string T::*key, T text, const JsonNode& node) {
  const auto place =
      std::lower_bound(list.begin(), list.end(), text, [&](const T& a, const T& b) { return a.*key < b.*key; });
  if (place != list.end() && (*place).*key == text.*key) node.fail("a second text for " + text.*key);
  list.insert(place, std::move(text));
}

/// What a file of texts speaks of; empty for another file.
std::string_view kind_of(std::string_view path) {
  if (!path.starts_with("rules/") || !path.ends_with(".json")) return {};
  if (path.find("refusals") != path.npos) return "refusal";
  if (path.find("findings") != path.npos) return "finding";
  return path.find("obligations") != path.npos ? "obligation" : "";
}

}  // namespace

/// A file is {"rules": {...}, "fields": {...}}, or the rules alone.
void add_texts(const JsonNode& file, Texts& texts, std::string_view kind) {
  const JsonNode rules = file.has("rules") ? file.member("rules") : file;
  for (const std::string& rule : rules.names())
    insert(texts.rules, &RuleText::rule, read_rule(rules.member(rule), rule, kind), rules);
  if (!file.has("fields")) return;
  const JsonNode fields = file.member("fields");
  for (const std::string& code : fields.names()) {
    const JsonNode field = fields.member(code);
    insert(texts.fields, &FieldText::code, {code, field.text("detail"), field.text("detail_zh")}, fields);
  }
}

Texts load_texts() {
  Texts texts;
  for (const schema::File& file : schema::files())
    if (const auto kind = kind_of(file.path); !kind.empty()) add_texts(JsonNode::load(file.path), texts, kind);
  return texts;
}

}  // namespace registry
