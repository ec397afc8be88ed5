#include "api/http/problem.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "api/http/text.h"

namespace api {
namespace {

using Facts = std::vector<std::pair<std::string, std::string>>;

std::optional<std::string_view> fact(const Facts& facts, std::string_view name) {
  for (const auto& [key, value] : facts)
    if (key == name) return value;
  return {};
}

Json errors_of(const registry::Refusal& refusal, const auto& field_text) {
  Json out = Json::array();
  for (const registry::FieldError& field : refusal.fields) {
    const FieldText text = field_text(field.code).value_or(FieldText{});
    out.push_back({{"pointer", field.pointer},
                   {"code", field.code},
                   {"detail", field.detail.empty() ? text.detail : field.detail},
                   {"detail_zh", text.detail_zh}});
  }
  return out;
}

void set_unless_empty(Json& out, const char* key, const std::string& value) {
  if (!value.empty()) out[key] = value;
}

/// From memory (M), or not certain (L).
bool is_to_be_confirmed(std::string_view confidence) { return confidence == "M" || confidence == "L"; }

void add_headers(Response& response, const Facts& facts) {
  if (response.status == 401) response.set_header("WWW-Authenticate", "Bearer");
  if (response.status == 429 || response.status == 503 || response.status == 507) {
    const std::string_view seconds = fact(facts, "retry_after_s").value_or("1");
    response.set_header("Retry-After", is_digits(seconds) ? seconds : "1");
  }
}

}  // namespace

std::string fill(std::string_view text, const Facts& facts) {
  std::string out;
  while (!text.empty()) {
    const auto open = text.find('{');
    const auto close = open == std::string_view::npos ? open : text.find('}', open);
    if (close == std::string_view::npos) return out.append(text);
    out.append(text.substr(0, open)).append(fact(facts, text.substr(open + 1, close - open - 1)).value_or("…"));
    text.remove_prefix(close + 1);
  }
  return out;
}

std::optional<RefusalText> Problems::text(std::string_view rule) const {
  auto found = texts_.find(rule);
  return found ? found : own_.find(rule);
}

std::optional<FieldText> Problems::field_text(std::string_view code) const {
  auto found = texts_.find_field(code);
  return found ? found : own_.find_field(code);
}

int Problems::status(std::string_view rule) const { return text(rule).value_or(RefusalText{}).status; }

Response Problems::answer(const registry::Refusal& refusal, std::string_view request_id) const {
  const RefusalText found = text(refusal.rule).value_or(RefusalText{});
  Json out{{"type", "/problems/" + refusal.rule},
           {"title", found.title.empty() ? refusal.rule : found.title},
           {"status", found.status},
           {"instance", request_id},
           {"rule", refusal.rule}};
  set_unless_empty(out, "title_zh", found.title_zh);
  set_unless_empty(out, "detail", fill(found.detail, refusal.facts));
  set_unless_empty(out, "detail_zh", fill(found.detail_zh, refusal.facts));
  // A row of the pack that decided knows its article better than the rule's page does.
  const std::string article(fact(refusal.facts, "article").value_or(found.article));
  const std::string confidence(fact(refusal.facts, "confidence").value_or(found.confidence));
  set_unless_empty(out, "article", article);
  set_unless_empty(out, "confidence", confidence);
  if (is_to_be_confirmed(confidence)) {
    out["confidence_note"] = "to be confirmed";
    out["confidence_note_zh"] = "待确认";
  }
  set_unless_empty(out, "what_to_do", fill(found.what_to_do, refusal.facts));
  set_unless_empty(out, "what_to_do_zh", fill(found.what_to_do_zh, refusal.facts));
  for (const auto& [key, value] : refusal.facts) out["facts"][key] = value;
  if (!refusal.fields.empty()) out["errors"] = errors_of(refusal, [this](auto code) { return field_text(code); });
  // A fact may quote what the client sent; bytes that are not UTF-8 must not turn a "no" into a 500.
  Response response = bytes_response(found.status, "application/problem+json",
                                     out.dump(-1, ' ', false, Json::error_handler_t::replace));
  add_headers(response, refusal.facts);
  return response;
}

}  // namespace api
