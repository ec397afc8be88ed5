#include "registry/log/replay.h"

#include <catch2/catch.hpp>

#include "author.h"
#include "registry/log/outcome_facts.h"
#include "synthetic_log.h"

using namespace registry;
using namespace registry::testing;

namespace {

ReplayMove move(std::string from, std::string to, std::int64_t amount) {
  return {"CN2-02", "L1", amount, std::move(from), std::move(to)};
}

std::string complaint(std::string_view outcome) {
  const auto facts = parse_outcome_facts(outcome);
  if (facts) return "accepted";
  CHECK(facts.error().rule == "outcome-form");
  return facts.error().fields.at(0).pointer;
}

}  // namespace

TEST_CASE("replay: moves keep the sum of a substance at zero", "[log][replay]") {
  Replay replay;
  CHECK(replay.apply(std::vector{move("produced", "site:S1", 500), move("site:S1", "transit:C1", 200)}).empty());
  CHECK(replay.apply(std::vector{move("transit:C1", "site:S2", 199), move("transit:C1", "lost", 1)}).empty());
  CHECK(replay.balance("CN2-02", "site:S1") == 300);
  CHECK(replay.balance("CN2-02", "site:S2") == 199);
  CHECK(replay.balance("CN2-02", "produced") == -500);
  CHECK(replay.balance("CN2-02", "transit:C1") == 0);
  CHECK(replay.balance("other", "site:S1") == 0);
  CHECK(replay.sum("CN2-02") == 0);
}

TEST_CASE("replay: accounts of matter and quota never end below zero, the outside world may", "[log][replay]") {
  for (const auto* account : {"site:S1", "transit:C1", "permit:N1", "held:N1", "used:N1"}) {
    Replay replay;
    CHECK(is_bounded_account(account));
    REQUIRE(replay.apply(std::vector{move("granted", account, 5)}).empty());
    REQUIRE(replay.apply(std::vector{move(account, "lapsed", 6)}).size() == 1);
  }
  Replay replay;
  CHECK(!is_bounded_account("produced"));
  CHECK(replay.apply(std::vector{move("imported", "produced", 5)}).empty());
  CHECK(replay.apply(std::vector{move("site:S1", "used", 5), move("found", "site:S1", 5)}).empty());
}

TEST_CASE("replay: impossible amounts are named and not booked", "[log][replay]") {
  Replay replay;
  for (const std::int64_t amount : {std::int64_t{0}, std::int64_t{-5}, std::int64_t{9'000'000'000'000'001}})
    CHECK(replay.apply(std::vector{move("produced", "site:S1", amount)}).size() == 1);
  CHECK(replay.balance("CN2-02", "site:S1") == 0);
  CHECK(replay.sum("CN2-02") == 0);
}

TEST_CASE("outcome facts: read moves and keys, new ones active unless they say otherwise", "[log][replay]") {
  const auto key = key_of(crypto::Suite::sm2_sm3, '1').public_key();
  const auto put = parse_outcome_facts(enrolment(key, "P-1"));
  REQUIRE(put);
  REQUIRE(put->keys.size() == 1);
  CHECK(put->keys[0].id == key.id());
  CHECK(put->keys[0].active);
  CHECK(put->keys[0].party == "P-1");
  const auto set = parse_outcome_facts(revocation(key));
  REQUIRE(set);
  CHECK(!set->keys.at(0).active);
  CHECK(!set->keys.at(0).enrolled);
  const auto moves = parse_outcome_facts(
      R"({"moves":[{"amount":5000000,"from":"site:S1","lot":"L1","substance":"CN2-02","to":"transit:C1"}],)"
      R"("put":{"permit":[{"no":"N"}]},"set":{}})");
  REQUIRE(moves);
  CHECK(moves->moves.at(0).amount == 5'000'000);
  CHECK(moves->keys.empty());
}

TEST_CASE("outcome facts: refuse what is not canonical, not a move or not that key", "[log][replay]") {
  CHECK(complaint("{ }") == "");
  CHECK(complaint("[]") == "");
  CHECK(complaint(R"({"moves":[{"amount":"5","from":"a","lot":"L","substance":"s","to":"b"}]})") == "/moves/0");
  CHECK(complaint(R"({"moves":[5]})") == "/moves/0");
  CHECK(complaint(R"({"put":{"key":[5]}})") == "/put/key");
  auto other = enrolment(key_of(crypto::Suite::sm2_sm3, '1').public_key(), "P-1");
  auto& digit = other[other.find("\"id\":\"") + 6];
  digit = digit == 'a' ? 'b' : 'a';
  CHECK(complaint(other) == "/put/key");
}
