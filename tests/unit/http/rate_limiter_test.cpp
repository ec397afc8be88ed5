#include "api/http/rate_limiter.h"

#include <catch2/catch.hpp>
#include <chrono>

using namespace api;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

Limits quotas(std::uint32_t address, std::uint32_t session, std::uint32_t key) {
  Limits out;
  out.address_requests_per_minute = address;
  out.session_requests_per_minute = session;
  out.key_entries_per_minute = key;
  out.failed_proof_cost = 10;
  return out;
}

constexpr RateLimiter::Clock::time_point kStart{seconds{1'000'000}};

int granted(RateLimiter& rates, std::string_view who, int tries, RateLimiter::Clock::time_point now) {
  int out = 0;
  for (int i = 0; i < tries; ++i) out += rates.take(Payer::address, who, 1, now).granted() ? 1 : 0;
  return out;
}

}  // namespace

TEST_CASE("rates: a quota may be used at once and comes back evenly", "[http][rates]") {
  RateLimiter rates(quotas(60, 0, 0));
  CHECK(granted(rates, "a", 100, kStart) == 60);
  CHECK(granted(rates, "b", 100, kStart) == 60);
  CHECK(granted(rates, "a", 100, kStart + milliseconds{999}) == 0);
  CHECK(granted(rates, "a", 100, kStart + seconds{1}) == 1);
  CHECK(granted(rates, "a", 100, kStart + seconds{11}) == 10);
  CHECK(granted(rates, "a", 100, kStart + seconds{500}) == 60);
}

TEST_CASE("rates: the fields say what is left, when all is back, and when to come again", "[http][rates]") {
  RateLimiter rates(quotas(60, 5, 0));
  const Allowance first = rates.take(Payer::address, "a", 1, kStart);
  CHECK(first.limit_field() == "\"address\";r=59;t=1");
  CHECK(first.policy_field() == "\"address\";q=60;w=60");
  rates.take(Payer::address, "a", 59, kStart);
  const Allowance none = rates.take(Payer::address, "a", 1, kStart);
  CHECK(none.limit_field() == "\"address\";r=0;t=60");
  CHECK(none.retry_after_s == 1);
  CHECK(rates.look(Payer::address, "a", 30, kStart).retry_after_s == 30);
  CHECK(rates.look(Payer::address, "a", 1'000, kStart).retry_after_s == 60);
  CHECK(rates.take(Payer::session, "a", 1, kStart).limit_field() == "\"session\";r=4;t=12");
}

TEST_CASE("rates: what was refused costs nothing, and a look takes nothing", "[http][rates]") {
  RateLimiter rates(quotas(10, 0, 0));
  CHECK(granted(rates, "a", 1'000, kStart) == 10);
  CHECK(rates.take(Payer::address, "a", 1, kStart + seconds{6}).granted());
  for (int i = 0; i < 100; ++i) CHECK(rates.look(Payer::address, "b", 10, kStart).granted());
  CHECK(!rates.look(Payer::address, "a", 1, kStart + seconds{6}).granted());
}

TEST_CASE("rates: failures are paid by the address and never make it wait longer than a minute", "[http][rates]") {
  RateLimiter rates(quotas(30, 0, 5));
  for (int i = 0; i < 1'000; ++i) rates.charge_failure("a", kStart);
  CHECK(!rates.take(Payer::address, "a", 1, kStart).granted());
  CHECK(rates.take(Payer::address, "a", 1, kStart + seconds{2}).granted());
  CHECK(rates.look(Payer::key, "a", 5, kStart).granted());
  CHECK(rates.take(Payer::address, "b", 1, kStart).granted());
}

TEST_CASE("rates: no quota counts nobody", "[http][rates]") {
  RateLimiter rates(quotas(0, 0, 0));
  CHECK(granted(rates, "a", 10'000, kStart) == 10'000);
  rates.charge(Payer::key, "k", 7, kStart);
  CHECK(rates.size() == 0);
}

TEST_CASE("rates: a flood of addresses takes bounded memory and frees nobody who has used up its own",
          "[http][rates]") {
  RateLimiter rates(quotas(10, 0, 0));
  CHECK(granted(rates, "greedy", 10, kStart) == 10);
  for (int i = 0; i < 600'000; ++i) rates.take(Payer::address, "flood-" + std::to_string(i), 1, kStart);
  CHECK(rates.size() <= 64U * 4'096U);
  CHECK(granted(rates, "greedy", 10, kStart) == 0);
}

TEST_CASE("rates: those who owe nothing any more are forgotten first", "[http][rates]") {
  RateLimiter rates(quotas(60, 0, 0));
  for (int i = 0; i < 200'000; ++i) rates.take(Payer::address, "early-" + std::to_string(i), 1, kStart);
  for (int i = 0; i < 100'000; ++i) rates.take(Payer::address, "late-" + std::to_string(i), 30, kStart + seconds{5});
  CHECK(granted(rates, "late-7", 60, kStart + seconds{5}) == 30);
}
