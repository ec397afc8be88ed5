#include "api/access/key_set.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "crypto/json.h"

namespace api {
namespace {

using namespace registry;
using crypto::Json;

constexpr std::int64_t kAgeMaxMs = 3'600'000, kPauseMs = 60'000;
constexpr std::size_t kKeysMax = 100;

}  // namespace

std::optional<std::vector<crypto::JwsKey>> KeySet::parse(std::string_view set) {
  if (set.size() > kBytesMax) return {};
  const auto read = crypto::read_json(set, {kBytesMax, 8, true});
  const auto* json = std::get_if<Json>(&read);
  if (!json || !json->is_object() || !json->contains("keys")) return {};
  const Json& list = json->at("keys");
  if (!list.is_array() || list.size() > kKeysMax) return {};
  std::vector<crypto::JwsKey> out;
  for (const Json& each : list) {
    auto key = crypto::JwsKey::parse(each);
    if (!key) continue;
    if (std::any_of(out.begin(), out.end(), [&](const auto& other) { return other.kid() == key->kid(); })) return {};
    out.push_back(std::move(*key));
  }
  return out;
}

std::optional<crypto::JwsKey> KeySet::known(std::string_view kid) const {
  const std::lock_guard lock(mutex_);
  for (const crypto::JwsKey& key : keys_)
    if (key.kid() == kid) return key;
  return {};
}

bool KeySet::takes_turn(bool wanted) {
  const std::lock_guard lock(mutex_);
  const UtcTime now = clock_.now();
  const bool is_old = !fetched_ || now.ms - fetched_->ms > kAgeMaxMs;
  if (!wanted && !is_old) return false;
  if (asked_ && now.ms - asked_->ms < kPauseMs) return false;
  asked_ = now;
  return true;
}

/// A set that cannot be had or read leaves the old one.
void KeySet::fetch() {
  const auto text = fetch_();
  auto keys = text ? parse(*text) : std::nullopt;
  if (!keys) return;
  const std::lock_guard lock(mutex_);
  keys_ = std::move(*keys);
  fetched_ = clock_.now();
}

Result<crypto::JwsKey> KeySet::find(std::string_view kid) {
  if (takes_turn(!known(kid))) fetch();
  if (auto key = known(kid)) return std::move(*key);
  const std::lock_guard lock(mutex_);
  return refuse(fetched_ ? "oidc-key-unknown" : "oidc-keys-unavailable");
}

}  // namespace api
