#include "api/routes/partner_routes.h"

#include <nlohmann/json.hpp>

#include "api/http/json_body.h"
#include "api/http/text.h"
#include "api/routes/receipt_json.h"
#include "api/routes/route_makers.h"
#include "api/routes/row_json.h"
#include "registry/steps/border_link.h"
#include "registry/views/select.h"

namespace api {
namespace {

using namespace registry;

constexpr std::size_t kAnswerBytesMax = std::size_t{16} << 10;
constexpr std::string_view kPath = "/v1/border-cases/{border_case}/partner/{token}";

constexpr std::string_view kNoticeSchema = R"({"type":"object","properties":{"border_case":{"type":"string"},
  "ledger":{"type":"string"},"log_key":{"type":"string"},"purpose":{"type":"string","enum":["answer","confirm"]},
  "expires":{"type":"string","format":"date-time"},"notice":{"type":"object"},"substance":{"type":"object"},
  "quantity":{"type":"object"},"proof":{"type":"object"},"how_to_answer":{"type":"object"}}})";
constexpr std::string_view kAnswerSchema = R"({"type":"object","properties":{
  "answer":{"type":"string","enum":["no_objection","objection","suspended","needs_time"]},
  "officer_reference":{"type":"string"},"text":{"type":"string"},"reply_by":{"type":"string","format":"date"},
  "partner_key":{"type":"object"},"partner_signature":{"type":"string"},
  "quantity":{"type":"object"},"arrived_on":{"type":"string","format":"date"}}})";

/// A link that was shown to us and is good at this moment.
struct OpenLink {
  LinkToken token;
  BorderLink row;
  BorderCase border_case;
};

Result<OpenLink> open_link(const Service& service, const Request& request, Reader& reader) {
  auto token = LinkToken::parse(request.parameter("token"));
  if (!token) return refuse("border-link-tampered");
  const auto link = find_row<BorderLink>(reader, token->link);
  const std::string& id = request.parameter("border_case");
  TRY(check_link(link ? &*link : nullptr, {id, token->secret, service.registry.clock().now()}));
  auto row = find_row<BorderCase>(reader, id);
  if (!row) return refuse("border-link-wrong-case").with("border_case", id);
  return OpenLink{std::move(*token), *link, std::move(*row)};
}

/// The first look at a notice is an entry of the registry; two at once are one.
Check record_reading(const Service& service, const OpenLink& open) {
  if (open.row.state != BorderLinkState::issued) return Accepted{};
  const auto receipt =
      service.registry.record_own("border.read", {{"border_case", open.border_case.id}, {"link", open.row.id}});
  if (receipt || receipt.error().rule == "border-link-opened-already") return Accepted{};
  return receipt.error();
}

Json substance_json(const BorderCase& row, const RulePack& rules) {
  const Substance* substance = rules.substance(row.substance);
  if (!substance) return {{"code", row.substance}};
  return {{"code", substance->code},
          {"name", substance->name_en},
          {"name_zh", substance->name_zh},
          {"cas", substance->cas},
          {"un1988_table", substance->un1988_table}};
}

Json how_to_answer(const Service& service, const OpenLink& open) {
  if (open.row.purpose == BorderLinkPurpose::confirm)
    return {{"method", "POST to this address, application/json"},
            {"members", {"quantity", "arrived_on", "officer_reference", "text"}},
            {"example",
             {{"quantity", {{"unit", "kg"}, {"value", "40"}}},
              {"arrived_on", "2026-01-31"},
              {"officer_reference", "your file number"}}}};
  return {{"method", "POST to this address, application/json"},
          {"members", {"answer", "officer_reference", "text", "reply_by", "partner_key", "partner_signature"}},
          {"answers", {"no_objection", "objection", "suspended", "needs_time"}},
          {"example", {{"answer", "no_objection"}, {"officer_reference", "your file number"}}},
          {"text_to_sign", "ledger.border-answer/v1\n" + service.registry.name() + "\n" + open.border_case.id +
                               "\n<answer>\n<officer_reference>\n"}};
}

/// The notice as it was signed, with the proof that it stands in the log.
Result<Json> notice_json(const Service& service, const OpenLink& open, Reader& reader) {
  const auto entry = reader.entry(open.border_case.opened);
  if (!entry) return nothing("notice", open.border_case.id);
  const Receipt proof = TRY(service.registry.receipt(open.border_case.opened));
  Json notice = Json::parse(entry->payload);
  notice.erase("nonce");
  return Json{{"border_case", open.border_case.id},
              {"ledger", service.registry.name()},
              {"log_key", service.registry.log_key().vkey()},
              {"purpose", name_of(open.row.purpose)},
              {"expires", open.row.expires.str()},
              {"notice", std::move(notice)},
              {"substance", substance_json(open.border_case, service.rules())},
              {"quantity", amount_json(open.border_case.notified, service.rules(), open.border_case.substance)},
              {"proof", {{"payload", entry->payload}, {"leaf", proof.leaf}, {"receipt", proof.proof}}},
              {"how_to_answer", how_to_answer(service, open)}};
}

/// The same for people without a program: one line a member.
std::string notice_text(const Json& notice) {
  std::string out = "PRE-EXPORT NOTIFICATION " + notice.at("border_case").get<std::string>() + "\n\n";
  for (const auto& [name, value] : notice.at("notice").items())
    out += name + ": " + (value.is_string() ? value.get<std::string>() : value.dump()) + "\n";
  for (const char* part : {"substance", "quantity", "how_to_answer"})
    for (const auto& [name, value] : notice.at(part).items())
      out +=
          std::string(part) + " " + name + ": " + (value.is_string() ? value.get<std::string>() : value.dump()) + "\n";
  return out + "expires: " + notice.at("expires").get<std::string>() + "\nSilence is not an approval.\n";
}

bool wants_text(const Request& request) {
  const auto accept = request.headers.find("accept");
  return accept && accept->starts_with("text/plain");
}

Result<Response> show(const Service& service, const Request& request) {
  const auto reader = service.registry.read();
  const OpenLink open = TRY(open_link(service, request, *reader));
  const Json notice = TRY(notice_json(service, open, *reader));
  if (request.method == Method::get) TRY(record_reading(service, open));
  Response response = wants_text(request) ? text_response(200, notice_text(notice)) : json_response(200, notice);
  response.set_header("Cache-Control", "no-store").set_header("Referrer-Policy", "no-referrer");
  return response;
}

/// The members of the answer; which case and link it is for says the address.
Result<Json> read_answer(const Request& request, const OpenLink& open) {
  Json answer = TRY(read_body(request));
  if (!answer.is_object()) return refuse("malformed-request").at("", "wrong_type", "an object is expected");
  for (const char* name : {"border_case", "channel", "link", "secret", "nonce"})
    if (answer.contains(name)) return refuse("payload-form").at(std::string("/") + name, "unknown_field");
  answer["border_case"] = open.border_case.id;
  answer["channel"] = "link";
  answer["link"] = open.row.id;
  answer["secret"] = open.token.secret;
  return answer;
}

Result<Response> answer(const Service& service, const Request& request) {
  const OpenLink open = TRY(open_link(service, request, *service.registry.read()));
  Json payload = TRY(read_answer(request, open));
  const bool confirms = open.row.purpose == BorderLinkPurpose::confirm;
  const Receipt receipt =
      TRY(service.registry.record_own(confirms ? "export.confirm" : "border.reply", std::move(payload)));
  Response response;
  response.status = 201;
  append_receipt(response.body, receipt);
  response.set_header("Location", "/v1/entries/" + std::to_string(receipt.index));
  return response;
}

const std::vector<std::string>& link_refusals() {
  static const std::vector<std::string> rules{"border-link-tampered", "border-link-wrong-case",
                                              "border-link-used",     "border-link-replaced",
                                              "border-link-expired",  "quarantine",
                                              "writer-stopped",       "queue-full"};
  return rules;
}

}  // namespace

Routes partner_routes(const Service& service) {
  Route get = read_route(std::string(kPath), "readBorderNotice",
                         "A partner authority reads a notice through its link; the first time is recorded. "
                         "Accept: text/plain gives plain text.",
                         kOpen, std::string(kNoticeSchema),
                         [&service](const Request& request) { return show(service, request); });
  get.refusals = link_refusals();
  get.secret_path = true;
  Route post;
  post.method = Method::post;
  post.path = kPath;
  post.operation = "answerBorderNotice";
  post.summary = "A partner authority answers a notice, or confirms an arrival: once for each link.";
  post.access = kOpen;
  post.body_bytes_max = kAnswerBytesMax;
  post.request_schema = kAnswerSchema;
  post.response_schema = R"({"type":"object"})";
  post.success_status = 201;
  post.refusals = link_refusals();
  for (const char* rule : {"payload-form", "border-link-purpose", "border-reply-day", "border-partner-signature",
                           "border-case-closed", "border-confirmed-already", "day-in-future"})
    post.refusals.emplace_back(rule);
  post.secret_path = true;
  post.handle = answering([&service](const Request& request) { return answer(service, request); });
  return {std::move(get), std::move(post)};
}

}  // namespace api
