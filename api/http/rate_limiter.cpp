#include "api/http/rate_limiter.h"

#include <algorithm>
#include <vector>

namespace api {
namespace {

using Clock = RateLimiter::Clock;
using Duration = Clock::duration;

constexpr std::chrono::seconds kWindow{60};

std::uint32_t seconds_up(Duration time) {
  if (time <= Duration::zero()) return 0;
  return static_cast<std::uint32_t>(std::chrono::ceil<std::chrono::seconds>(time).count());
}

/// Drops who owes nothing more; when most still do, half of them, those who owe least.
void make_room(auto& all, Clock::time_point now, std::size_t most) {
  std::erase_if(all, [now](const auto& each) { return each.second <= now; });
  if (all.size() <= most / 2) return;
  std::vector<Clock::time_point> ends;
  for (const auto& each : all) ends.push_back(each.second);
  const auto middle = ends.begin() + static_cast<std::ptrdiff_t>(ends.size() / 2);
  std::nth_element(ends.begin(), middle, ends.end());
  std::erase_if(all, [end = *middle](const auto& each) { return each.second <= end; });
}

std::string_view name_zh(Payer payer) {
  switch (payer) {
    case Payer::address:
      return "网络地址";
    case Payer::session:
      return "登录用户";
    case Payer::key:
      return "密钥";
  }
  return {};
}

}  // namespace

std::string_view name(Payer payer) {
  switch (payer) {
    case Payer::address:
      return "address";
    case Payer::session:
      return "session";
    case Payer::key:
      return "key";
  }
  return {};
}

std::string Allowance::limit_field() const {
  return '"' + std::string(name(payer)) + "\";r=" + std::to_string(remaining) + ";t=" + std::to_string(full_in_s);
}

std::string Allowance::policy_field() const {
  return '"' + std::string(name(payer)) + "\";q=" + std::to_string(quota) + ";w=" + std::to_string(kWindow.count());
}

registry::Refusal too_many_requests(const Allowance& allowance) {
  return registry::refuse("too-many-requests")
      .with("who", std::string(name(allowance.payer)))
      .with("who_zh", std::string(name_zh(allowance.payer)))
      .with("quota", std::to_string(allowance.quota))
      .with("retry_after_s", std::to_string(allowance.retry_after_s));
}

bool is_failed_proof(std::string_view rule) {
  static constexpr std::array<std::string_view, 4> kRules{"bad-signature", "key-possession", "sign-in-refused",
                                                          "border-link-tampered"};
  return std::find(kRules.begin(), kRules.end(), rule) != kRules.end();
}

RateLimiter::RateLimiter(const Limits& limits)
    : quotas_{limits.address_requests_per_minute, limits.session_requests_per_minute, limits.key_entries_per_minute},
      failure_cost_(limits.failed_proof_cost) {}

Duration RateLimiter::cost(Payer payer, std::uint32_t units) const {
  return std::chrono::duration_cast<Duration>(kWindow) / quota(payer) * units;
}

/// As it stands before the units are taken.
Allowance RateLimiter::state(Payer payer, std::uint32_t units, Clock::time_point full_at, Clock::time_point now) const {
  const Duration owed = std::max(full_at - now, Duration::zero());
  const Duration free = std::max(kWindow - owed, Duration::zero());
  const std::uint32_t most = std::min(units, quota(payer));
  Allowance out{payer, quota(payer), 0, seconds_up(owed), 0};
  out.remaining = static_cast<std::uint32_t>(std::min<Duration::rep>(free / cost(payer, 1), quota(payer)));
  if (free < cost(payer, most)) out.retry_after_s = std::max(1U, seconds_up(cost(payer, most) - free));
  return out;
}

void RateLimiter::store(FullAt& all, std::string_view who, Clock::time_point full_at, Clock::time_point now) {
  if (const auto at = all.find(who); at != all.end()) return void(at->second = full_at);
  if (all.size() >= kPayersPerShardMax) make_room(all, now, kPayersPerShardMax);
  all.emplace(who, full_at);
}

Allowance RateLimiter::take(Payer payer, std::string_view who, std::uint32_t units, Clock::time_point now) {
  if (quota(payer) == 0) return {payer};
  Shard& shard = shard_of(who);
  const std::lock_guard lock(shard.mutex);
  FullAt& all = shard.full_at.at(static_cast<std::size_t>(payer));
  const auto at = all.find(who);
  const Clock::time_point full_at = at == all.end() ? now : std::max(at->second, now);
  const Allowance before = state(payer, units, full_at, now);
  if (!before.granted()) return before;
  const auto after = full_at + cost(payer, std::min(units, quota(payer)));
  store(all, who, after, now);
  return state(payer, 0, after, now);
}

void RateLimiter::charge(Payer payer, std::string_view who, std::uint32_t units, Clock::time_point now) {
  if (quota(payer) == 0 || units == 0) return;
  Shard& shard = shard_of(who);
  const std::lock_guard lock(shard.mutex);
  FullAt& all = shard.full_at.at(static_cast<std::size_t>(payer));
  const auto at = all.find(who);
  const Clock::time_point full_at = at == all.end() ? now : std::max(at->second, now);
  store(all, who, std::min(full_at + cost(payer, std::min(units, quota(payer))), now + kWindow), now);
}

void RateLimiter::charge_failure(std::string_view network, Clock::time_point now) {
  charge(Payer::address, network, failure_cost_, now);
}

Allowance RateLimiter::look(Payer payer, std::string_view who, std::uint32_t units, Clock::time_point now) const {
  if (quota(payer) == 0) return {payer};
  const Shard& shard = shard_of(who);
  const std::lock_guard lock(shard.mutex);
  const FullAt& all = shard.full_at.at(static_cast<std::size_t>(payer));
  const auto at = all.find(who);
  return state(payer, units, at == all.end() ? now : at->second, now);
}

std::size_t RateLimiter::size() const {
  std::size_t out = 0;
  for (const Shard& shard : shards_) {
    const std::lock_guard lock(shard.mutex);
    for (const FullAt& all : shard.full_at) out += all.size();
  }
  return out;
}

}  // namespace api
