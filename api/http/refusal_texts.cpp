#include "api/http/refusal_texts.h"

#include <map>
#include <nlohmann/json.hpp>

#include "schema/files.h"

namespace api {
namespace {

std::string text_at(const nlohmann::json& object, const char* key) { return object.value(key, std::string{}); }

RefusalText read_rule(const nlohmann::json& rule) {
  RefusalText out;
  out.status = rule.at("status").get<int>();
  out.article = text_at(rule, "article");
  out.confidence = text_at(rule, "confidence");
  out.title = rule.at("title").get<std::string>();
  out.title_zh = rule.at("title_zh").get<std::string>();
  out.detail = rule.at("detail").get<std::string>();
  out.detail_zh = rule.at("detail_zh").get<std::string>();
  out.what_to_do = text_at(rule, "what_to_do");
  out.what_to_do_zh = text_at(rule, "what_to_do_zh");
  return out;
}

template <class Map>
std::optional<typename Map::mapped_type> look_up(const Map& map, std::string_view key) {
  const auto found = map.find(key);
  if (found == map.end()) return {};
  return found->second;
}

}  // namespace

struct HttpRefusalTexts::Table {
  std::map<std::string, RefusalText, std::less<>> rules;
  std::map<std::string, FieldText, std::less<>> fields;

  Table() {
    const auto file = nlohmann::json::parse(schema::file("rules/http_refusals.json"));
    for (const auto& [rule, text] : file.at("rules").items()) rules.emplace(rule, read_rule(text));
    for (const auto& [code, text] : file.at("fields").items())
      fields.emplace(code, FieldText{text_at(text, "detail"), text_at(text, "detail_zh")});
  }
};

HttpRefusalTexts::HttpRefusalTexts() : table_(std::make_unique<const Table>()) {}
HttpRefusalTexts::~HttpRefusalTexts() = default;

std::optional<RefusalText> HttpRefusalTexts::find(std::string_view rule) const { return look_up(table_->rules, rule); }

std::optional<FieldText> HttpRefusalTexts::find_field(std::string_view code) const {
  return look_up(table_->fields, code);
}

}  // namespace api
