#include "api/access/message_signature.h"

#include <algorithm>
#include <set>

#include "api/http/structured_field.h"
#include "api/http/text.h"

namespace api {
namespace {

using registry::Accepted;
using registry::Check;
using registry::Refusal;
using registry::refuse;
using registry::Result;

constexpr std::string_view kInput = "signature-input", kSignature = "signature", kPurpose = "tallystick-purpose";
constexpr std::size_t kComponentsMax = 32, kNonceMin = 16, kNonceMax = 128;
constexpr std::string_view kHttp = "http://", kHttps = "https://";

Refusal malformed(std::string_view field, std::string why) {
  return refuse("message-signature-form").at("header/" + std::string(field), "malformed", std::move(why));
}

bool is_known_parameter(const std::string& name) {
  constexpr std::string_view kNames[] = {"created", "expires", "nonce", "keyid", "alg", "tag"};
  return std::find(std::begin(kNames), std::end(kNames), name) != std::end(kNames);
}

/// All that is missing at once.
Check check_parameters(const CoveredList& list) {
  Refusal refusal = refuse("message-signature-form");
  for (const auto& [name, value] : list.parameters)
    if (!is_known_parameter(name)) refusal.fields.push_back({"header/signature-input", "unknown_field", name});
  for (const char* name : {"created", "expires"})
    if (!list.number(name)) refusal.fields.push_back({"header/signature-input", "required", name});
  for (const char* name : {"nonce", "keyid", "alg"})
    if (!list.text(name)) refusal.fields.push_back({"header/signature-input", "required", name});
  if (!refusal.fields.empty()) return refusal;
  const std::size_t size = list.text("nonce")->size();
  if (size < kNonceMin || size > kNonceMax) return malformed(kInput, "a nonce of 16 to 128 characters is wanted");
  return Accepted{};
}

bool has_body(const Request& request) { return request.headers.find("content-length").value_or("0") != "0"; }

bool is_derived(std::string_view component) {
  constexpr std::string_view kDerived[] = {"@method", "@target-uri", "@authority", "@scheme", "@path", "@query"};
  return std::find(std::begin(kDerived), std::end(kDerived), component) != std::end(kDerived);
}

Refusal missing(std::string_view component) {
  return refuse("message-signature-components").at("header/signature-input", "required", std::string(component));
}

std::string_view scheme_of(std::string_view origin) { return origin.starts_with(kHttps) ? "https" : "http"; }

/// Without the port that the scheme implies.
std::string_view authority_of(std::string_view origin) {
  const bool is_https = origin.starts_with(kHttps);
  origin.remove_prefix(is_https ? kHttps.size() : kHttp.size());
  const std::string_view port = is_https ? ":443" : ":80";
  if (origin.ends_with(port)) origin.remove_suffix(port.size());
  return origin;
}

std::string value_of(std::string_view component, const Request& request, std::string_view origin) {
  const std::string scheme(scheme_of(origin)), authority(authority_of(origin));
  if (component == "@method") return std::string(name(request.method));
  if (component == "@target-uri") return scheme + "://" + authority + request.target;
  if (component == "@authority") return authority;
  if (component == "@scheme") return scheme;
  if (component == "@path") return request.path;
  if (component == "@query") {
    const auto mark = request.target.find('?');
    return mark == std::string::npos ? "?" : request.target.substr(mark);
  }
  return *request.headers.joined(component);
}

}  // namespace

bool is_signed(const Request& request) {
  return request.headers.count(kInput) != 0 || request.headers.count(kSignature) != 0;
}

Result<MessageSignature> read_message_signature(const Request& request) {
  const auto input = request.headers.joined(kInput), value = request.headers.joined(kSignature);
  if (!input) return malformed(kInput, "missing");
  if (!value) return malformed(kSignature, "missing");
  auto covered = parse_covered(*input);
  if (!covered) return malformed(kInput, "one signature is wanted: sig=(\"@method\" ...);created=...");
  auto bytes = parse_byte_sequences(*value);
  if (!bytes || bytes->size() != 1 || bytes->begin()->first != covered->first)
    return malformed(kSignature, "one signature is wanted, of the same label: sig=:base64:");
  const CoveredList& list = covered->second;
  TRY(check_parameters(list));
  return MessageSignature{
      list.components,     *list.number("created"), *list.number("expires"),           *list.text("keyid"),
      *list.text("nonce"), *list.text("alg"),       std::move(bytes->begin()->second), list.str()};
}

Check check_components(const MessageSignature& signature, const Request& request) {
  const std::set<std::string, std::less<>> covered(signature.components.begin(), signature.components.end());
  if (covered.size() != signature.components.size() || covered.size() > kComponentsMax)
    return refuse("message-signature-components").at("header/signature-input", "duplicate");
  for (const std::string& each : covered) {
    const bool is_field = is_token(each) && lower(each) == each && request.headers.count(each) != 0;
    if (!is_derived(each) && !is_field)
      return refuse("message-signature-components").at("header/signature-input", "unknown_field", each);
  }
  if (!covered.contains("@method")) return missing("@method");
  if (!covered.contains("@target-uri"))
    for (const std::string_view each : {"@authority", "@path", "@query"})
      if (!covered.contains(each)) return missing(each);
  if (request.headers.count(kPurpose) != 0 && !covered.contains(kPurpose)) return missing(kPurpose);
  if (has_body(request))
    for (const std::string_view each : {"content-digest", "content-type"})
      if (!covered.contains(each)) return missing(each);
  return Accepted{};
}

std::string signature_base(const MessageSignature& signature, const Request& request, std::string_view origin) {
  std::string out;
  for (const std::string& each : signature.components)
    out.append(quoted(each)).append(": ").append(value_of(each, request, origin)).append("\n");
  return out + "\"@signature-params\": " + signature.parameters;
}

}  // namespace api
