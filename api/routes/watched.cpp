#include "api/routes/watched.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "api/http/text.h"
#include "crypto/digest.h"
#include "crypto/json.h"
#include "crypto/random.h"
#include "registry/base/spool_file.h"

namespace api {
namespace {

using namespace registry;

constexpr std::size_t kReferenceMax = 120, kPathMax = 2'000, kSubjectsMax = 500, kSaltBytes = 16;
constexpr std::size_t kPortionBytes = std::size_t{1} << 16;
constexpr std::string_view kHeader = "tallystick-purpose";
constexpr std::string_view kPurposes[] = {"case", "inspection", "routine"};

struct Purpose {
  std::string purpose, reference;
};

Result<Purpose> purpose_of(const Request& request, const Caller& caller) {
  const auto field = request.headers.find(kHeader);
  if (!field && caller.key().empty()) return Purpose{"unstated", ""};
  if (!field || request.headers.count(kHeader) != 1) return refuse("purpose-missing");
  std::string_view rest = trim(*field);
  const std::string purpose(cut(rest, ' '));
  const std::string_view reference = trim(rest);
  const bool is_known = std::find(std::begin(kPurposes), std::end(kPurposes), purpose) != std::end(kPurposes);
  if (!is_known || reference.size() > kReferenceMax || !is_utf8(reference)) return refuse("purpose-missing");
  return Purpose{purpose, std::string(reference)};
}

/// Members of answers that name a party.
bool names_a_party(const std::string& member) {
  static const std::set<std::string> kMembers{"party",   "holder",   "issuer",    "applicant", "sender",
                                              "carrier", "receiver", "custodian", "seller",    "buyer"};
  return kMembers.contains(member);
}

void collect(const Json& json, std::set<std::string>& out) {
  if (!json.is_structured() || out.size() >= kSubjectsMax) return;
  const bool is_object = json.is_object();
  for (const auto& [member, value] : json.items()) {
    if (is_object && names_a_party(member) && value.is_string() && !value.get_ref<const std::string&>().empty())
      out.insert(value.get<std::string>());
    collect(value, out);
  }
}

/// Those in the path and the query too, and those a report concerns: it may be no JSON, or too large, and an empty list
/// was asked of somebody.
std::vector<std::string> subjects_of(const Request& request, const Route& route, const Response& response) {
  std::set<std::string> out;
  for (const auto* given : {&request.path_parameters, &request.query})
    for (const auto& [name, value] : *given)
      if (names_a_party(name)) out.insert(value);
  for (const std::string& party : response.concerns)
    if (out.size() < kSubjectsMax) out.insert(party);
  if (response.content_type.starts_with("application/json") && !response.file) {
    const Json body = Json::parse(response.body, nullptr, false);
    collect(body, out);
    // The list of parties names them by their ids.
    if (route.operation == "getParty") out.insert(request.parameter("party"));
    if (route.operation == "listParties" && body.contains("data"))
      for (const Json& row : body["data"]) out.insert(row.at("id").get<std::string>());
  }
  return {out.begin(), out.end()};
}

std::string path_of(const Request& request) {
  std::string out = request.path;
  char separator = '?';
  for (const auto& [name, value] : request.query) {
    out.append(1, separator).append(name).append("=").append(value);
    separator = '&';
  }
  return out.substr(0, kPathMax);
}

/// What leaves as a document of its own, to be shown elsewhere: reports, and bundles of evidence.
bool is_export(const Route& route, const Response& response) {
  return response.file || route.operation == "getReport" || route.operation == "getPermitBundle" ||
         route.operation == "getLotBundle" || route.operation == "getEntryPart";
}

std::string digest_of(const Response& response) {
  if (!response.file) return crypto::sha256(response.body).hex();
  crypto::Hasher hasher(crypto::HashAlg::sha256);
  for (std::uint64_t at = 0; at < response.file->size(); at += kPortionBytes)
    hasher.update(response.file->read(at, kPortionBytes));
  return hasher.finish().hex();
}

bool is_watched(const Caller* caller) { return caller && caller->relation() >= Relation::region; }

Response read_watched(const Route& route, const std::function<Response(const Request&)>& handle, AccessLog& log,
                      const Clock& clock, const Request& request) {
  const auto* caller = dynamic_cast<const Caller*>(request.principal.get());
  if (!is_watched(caller)) return handle(request);
  auto purpose = purpose_of(request, *caller);
  if (!purpose) return refused(std::move(purpose).error());
  Response response = handle(request);
  if (response.refusal) return response;
  AccessRecord record{clock.now().str(),  caller->log_name(),
                      caller->party(),    caller->officer(),
                      purpose->purpose,   purpose->reference,
                      route.operation,    path_of(request),
                      request.request_id, subjects_of(request, route, response)};
  if (is_export(route, response)) {
    record.digest = digest_of(response);
    record.salt = crypto::random_hex(kSaltBytes);
  }
  log.append(record);
  return response;
}

/// The state of the machine is nobody's data, and reading the log of reads is no read of others'.
bool needs_watching(const Route& route) {
  return !route.access.open && route.operation != "getStatus" && route.operation != "getMetrics" &&
         route.operation != "listAccesses" && route.operation != "getAccessLogHead";
}

}  // namespace

Routes watched(Routes routes, AccessLog& log, const Clock& clock) {
  for (Route& route : routes) {
    if (!needs_watching(route)) continue;
    route.refusals.emplace_back("purpose-missing");
    Route bare = route;
    bare.handle = nullptr;
    route.handle = [bare, handle = std::move(route.handle), &log, &clock](const Request& request) {
      return read_watched(bare, handle, log, clock, request);
    };
  }
  return routes;
}

}  // namespace api
