#include "api/routes/submission_routes.h"

#include <vector>

#include "api/access/roles.h"
#include "api/routes/entry_allowance.h"
#include "api/routes/receipt_json.h"
#include "api/routes/route_makers.h"
#include "registry/base/limits.h"

namespace api {
namespace {

using registry::Receipt;
using registry::Result;

constexpr std::string_view kSubmissionSchema = R"({"type":"object","required":["header","payload","signatures"],
  "additionalProperties":false,"properties":{
  "header":{"type":"string","description":"The 13 signed lines."},
  "payload":{"type":"string","description":"JSON in RFC 8785 form, as a text: its bytes are what was signed."},
  "signatures":{"type":"array","minItems":1,"maxItems":4,"items":{"type":"object"}},
  "private":{"type":"array","items":{"type":"object"}}}})";

constexpr std::string_view kReceiptSchema = R"({"type":"object",
  "required":["index","known","entry_id","rtime","leaf","outcome","receipt"],"properties":{
  "index":{"type":"integer"},"known":{"type":"boolean","description":"It was stored before; nothing new happened."},
  "entry_id":{"type":"string"},"rtime":{"type":"string","format":"date-time"},
  "leaf":{"type":"string","description":"Exactly the bytes that the tree hashes."},
  "outcome":{"type":"string","description":"Canonical JSON, as a text: the leaf names its hash."},
  "receipt":{"type":"string","description":"c2sp.org/tlog-proof@v1"}}})";

const std::vector<std::string>& entry_refusals() {
  static const std::vector<std::string> rules{
      "header-form",          "payload-form",   "payload-hash",        "payload-not-canonical",
      "private-root",         "signature-form", "bad-signature",       "wrong-ledger",
      "unknown-key",          "key-revoked",    "key-of-other-party",  "key-possession",
      "key-enrolled-already", "unknown-step",   "step-version",        "chain-gap",
      "chain-fork",           "chain-frozen",   "chain-of-other-key",  "second-chain",
      "time-in-future",       "seen-unknown",   "ledger-not-open",     "queue-full",
      "quarantine",           "writer-stopped", "insufficient-balance"};
  return rules;
}

Response submit(const Service& service, const Request& request) {
  const EntryAllowance allowance(service.rates, request, {request.body});
  if (const auto left = allowance.exhausted()) return refused_for(*left);
  const auto receipt = service.registry.submit(request.body);
  allowance.settle(0, receipt);
  if (!receipt) return refused(receipt.error());
  Response response;
  response.status = receipt->known ? 200 : 201;
  append_receipt(response.body, *receipt);
  response.set_header("Location", "/v1/entries/" + std::to_string(receipt->index));
  return response;
}

bool is_blank(std::string_view line) { return line.find_first_not_of(" \t\r") == line.npos; }

std::vector<std::string_view> lines_of(std::string_view body) {
  std::vector<std::string_view> lines;
  while (!body.empty()) {
    const auto end = std::min(body.find('\n'), body.size());
    if (!is_blank(body.substr(0, end))) lines.push_back(body.substr(0, end));
    body.remove_prefix(std::min(end + 1, body.size()));
  }
  return lines;
}

void append_answer(std::string& out, const Result<Receipt>& answer, const Service& service, const Request& request) {
  if (answer)
    append_receipt(out, *answer);
  else
    out.append("{\"problem\":").append(service.problems.answer(answer.error(), request.request_id).body).append("}");
  out += '\n';
}

Result<Response> submit_batch(const Service& service, const Request& request) {
  const auto lines = lines_of(request.body);
  if (lines.empty()) return registry::refuse("batch-empty");
  if (lines.size() > registry::limits::kBatchEntriesMax)
    return registry::refuse("batch-too-long")
        .with("count", std::to_string(lines.size()))
        .with("limit", std::to_string(registry::limits::kBatchEntriesMax));
  const EntryAllowance allowance(service.rates, request, lines);
  if (const auto left = allowance.exhausted()) return refused_for(*left);
  Response response;
  response.content_type = "application/x-ndjson";
  const auto answers = service.registry.submit_all(lines);
  for (std::size_t i = 0; i < answers.size(); ++i) {
    allowance.settle(i, answers[i]);
    append_answer(response.body, answers[i], service, request);
  }
  return response;
}

Route post_route(std::string path, std::string operation, std::string summary, std::size_t body_max) {
  Route route;
  route.method = Method::post;
  route.path = std::move(path);
  route.operation = std::move(operation);
  route.summary = std::move(summary);
  route.access = kOpen;
  route.body_bytes_max = body_max;
  route.request_schema = kSubmissionSchema;
  route.response_schema = kReceiptSchema;
  route.refusals = entry_refusals();
  return route;
}

}  // namespace

Routes submission_routes(const Service& service) {
  Route one = post_route("/v1/entries", "submitEntry", "Store one signed entry; 200 when it was stored before.",
                         registry::limits::kEntryBodyBytesMax);
  one.success_status = 201;
  one.handle = [&service](const Request& request) { return submit(service, request); };
  Route batch = post_route("/v1/entries:batch", "submitEntries",
                           "Store up to 1,000 signed entries, one a line, in order; one answer a line: the receipt, or "
                           "{\"problem\": ...}.",
                           registry::limits::kBatchBodyBytesMax);
  batch.request_types = {"application/x-ndjson"};
  batch.response_type = "application/x-ndjson";
  batch.refusals = {"batch-empty", "batch-too-long"};
  batch.handle = answering([&service](const Request& request) { return submit_batch(service, request); });
  return {std::move(one), std::move(batch)};
}

}  // namespace api
