#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "api/http/limits.h"
#include "registry/base/refusal.h"

namespace api {

/// Whose allowance a request is taken from.
enum class Payer : unsigned char {
  /// A client that has not proved who it is: an IPv4 address, or the /64 network of an IPv6 one.
  address,
  /// Whoever signed in, or brought a token.
  session,
  /// A key, for the entries it signed.
  key,
};
std::string_view name(Payer payer);

/// What is left to one payer.
struct Allowance {
  Payer payer = Payer::address;
  /// Units in a minute; 0 without a limit.
  std::uint32_t quota = 0;
  std::uint32_t remaining = 0;
  /// Until all of the quota is there again.
  std::uint32_t full_in_s = 0;
  /// Until what was asked for is there; 0 when it was granted.
  std::uint32_t retry_after_s = 0;
  bool granted() const { return retry_after_s == 0; }
  /// As draft-ietf-httpapi-ratelimit-headers-10 writes them: `"address";r=2999;t=1` and `"address";q=3000;w=60`.
  std::string limit_field() const;
  std::string policy_field() const;
};

/// "too-many-requests", with who reached which quota.
registry::Refusal too_many_requests(const Allowance& allowance);

/// True for the refusal of a signature or secret that is not right, whatever its status.
bool is_failed_proof(std::string_view rule);

/// Allowances that run down with use and refill evenly over a minute (GCRA). Nobody can use up that of another: a key
/// pays only for entries that bear its signature, and what failed to prove anything is paid by the address it came
/// from. Holds a bounded number of payers; beyond it those who owe least are forgotten, which only they gain by.
/// Thread-safe; a look-up takes one of many locks for some tens of nanoseconds.
class RateLimiter {
 public:
  using Clock = std::chrono::steady_clock;

  explicit RateLimiter(const Limits& limits);

  /// Takes `units` when all of them are there, else none.
  Allowance take(Payer payer, std::string_view who, std::uint32_t units, Clock::time_point now = Clock::now());
  /// Takes what is there, to no less than nothing.
  void charge(Payer payer, std::string_view who, std::uint32_t units, Clock::time_point now = Clock::now());
  /// Somebody claimed to be who it is not: the address pays for it.
  void charge_failure(std::string_view network, Clock::time_point now = Clock::now());
  /// Whether `units` are there, taking none.
  Allowance look(Payer payer, std::string_view who, std::uint32_t units, Clock::time_point now = Clock::now()) const;

  /// Payers that owe something, or did a moment ago.
  std::size_t size() const;

 private:
  static constexpr std::size_t kShards = 64;
  static constexpr std::size_t kPayersPerShardMax = 4'096;
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  /// When all of the quota is there again.
  using FullAt = std::unordered_map<std::string, Clock::time_point, Hash, std::equal_to<>>;
  struct Shard {
    mutable std::mutex mutex;
    /// One a kind of payer, so that no name of one kind can be that of another. Under the mutex.
    std::array<FullAt, 3> full_at;
  };

  std::uint32_t quota(Payer payer) const { return quotas_.at(static_cast<std::size_t>(payer)); }
  Clock::duration cost(Payer payer, std::uint32_t units) const;
  Allowance state(Payer payer, std::uint32_t units, Clock::time_point full_at, Clock::time_point now) const;
  Shard& shard_of(std::string_view who) { return shards_.at(Hash{}(who) % kShards); }
  const Shard& shard_of(std::string_view who) const { return shards_.at(Hash{}(who) % kShards); }
  static void store(FullAt& all, std::string_view who, Clock::time_point full_at, Clock::time_point now);

  std::array<std::uint32_t, 3> quotas_;
  std::uint32_t failure_cost_;
  std::array<Shard, kShards> shards_;
};

}  // namespace api
