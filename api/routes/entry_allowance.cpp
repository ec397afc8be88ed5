#include "api/routes/entry_allowance.h"

#include <map>
#include <nlohmann/json.hpp>

#include "api/http/network_of.h"
#include "crypto/json.h"

namespace api {
namespace {

constexpr std::string_view kHeaderFirst = R"({"header":")";
constexpr std::size_t kKeyDigits = 64;

std::optional<std::string> key_after(std::string_view header, std::string_view line_begin) {
  const auto at = header.find(line_begin);
  if (at == std::string_view::npos || header.size() - at - line_begin.size() < kKeyDigits) return {};
  return std::string(header.substr(at + line_begin.size(), kKeyDigits));
}

/// As most programs write it, so that it need not be parsed twice.
std::optional<std::string> quick_key(std::string_view entry) {
  if (!entry.starts_with(kHeaderFirst)) return {};
  entry.remove_prefix(kHeaderFirst.size());
  return key_after(entry.substr(0, entry.find('"')), R"(\nkey )");
}

}  // namespace

std::optional<std::string> claimed_key(std::string_view entry) {
  if (auto quick = quick_key(entry)) return quick;
  const auto read = crypto::read_json(entry);
  const auto* json = std::get_if<crypto::Json>(&read);
  if (!json || !json->is_object()) return {};
  const auto header = json->find("header");
  if (header == json->end() || !header->is_string()) return {};
  return key_after(header->get_ref<const std::string&>(), "\nkey ");
}

EntryAllowance::EntryAllowance(RateLimiter* rates, const Request& request, const std::vector<std::string_view>& entries)
    : rates_(rates), request_(request) {
  if (!rates_) return;
  for (const std::string_view entry : entries) keys_.push_back(claimed_key(entry));
}

std::optional<Allowance> EntryAllowance::exhausted() const {
  std::map<std::string_view, std::uint32_t> of_key;
  for (const auto& key : keys_)
    if (key) ++of_key[*key];
  for (const auto& [key, entries] : of_key)
    if (const Allowance left = rates_->look(Payer::key, key, entries); !left.granted()) return left;
  return {};
}

void EntryAllowance::settle(std::size_t entry, const registry::Result<registry::Receipt>& answer) const {
  if (!rates_) return;
  const auto& key = keys_.at(entry);
  if (answer && !answer->known && key) rates_->charge(Payer::key, *key, 1);
  // A single refusal is seen by the gateway.
  if (!answer && keys_.size() > 1 && is_failed_proof(answer.error().rule))
    rates_->charge_failure(network_of(request_.peer));
}

Response refused_for(const Allowance& allowance) {
  Response out = refused(too_many_requests(allowance));
  out.set_header("RateLimit", allowance.limit_field());
  out.set_header("RateLimit-Policy", allowance.policy_field());
  return out;
}

}  // namespace api
