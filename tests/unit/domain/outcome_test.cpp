#include "registry/domain/outcome.h"

#include <catch2/catch.hpp>
#include <limits>

#include "registry/domain/account.h"
#include "registry/domain/fold.h"
#include "registry/domain/working_set.h"

namespace registry {
namespace {

Permit sample_permit() {
  Permit permit;
  permit.no = "GB-1";
  permit.kind = "C23-BUY-N";
  permit.holder = "user-1";
  permit.substances = "CN2-02";
  permit.valid_from = Date::of(2026, 1, 1);
  permit.valid_to = Date::of(2026, 6, 30);
  permit.uses = PermitUses::multi;
  return permit;
}

/// Facts in which everything an outcome touches is known, and absent unless learnt before.
void know_all(WorkingSet& facts, const Outcome& outcome) {
  FactKeys keys;
  want_balances(outcome, keys);
  for (const std::string& key : keys.keys<Balance>()) facts.learn<Balance>(key, std::nullopt);
}

Outcome opening(std::int64_t amount) {
  Outcome outcome;
  outcome.move("CN2-02", "L1", outside::kOpening, site_account("S1"), amount);
  return outcome;
}

}  // namespace

TEST_CASE("outcome: is printed with only what differs from the default", "[domain][outcome]") {
  Outcome outcome;
  outcome.move("CN2-02", "L1", "site:S1", "transit:C1", 5'000'000);
  outcome.put(sample_permit());
  CHECK(format_outcome(outcome) ==
        R"({"moves":[{"amount":5000000,"from":"site:S1","lot":"L1","substance":"CN2-02","to":"transit:C1"}],)"
        R"("put":{"permit":[{"holder":"user-1","kind":"C23-BUY-N","no":"GB-1","substances":"CN2-02","uses":"multi",)"
        R"("valid_from":"2026-01-01","valid_to":"2026-06-30"}]}})");
}

TEST_CASE("outcome: states of a changed row only what changed", "[domain][outcome]") {
  Outcome outcome;
  Permit after = sample_permit();
  after.status = PermitStatus::used_up;
  outcome.update(sample_permit(), after);
  CHECK(format_outcome(outcome) == R"({"set":{"permit":[{"no":"GB-1","status":"used_up"}]}})");
}

TEST_CASE("outcome: nothing moves when the amount is zero", "[domain][outcome]") {
  Outcome outcome;
  outcome.move("CN2-02", "L1", "site:S1", "counted", 0);
  CHECK(format_outcome(outcome) == "{}");
}

TEST_CASE("fold: an outcome read back does to the rows what it did when it was decided", "[domain][fold]") {
  WorkingSet facts;
  facts.learn<Permit>("GB-1", sample_permit());
  Outcome outcome;
  Permit after = sample_permit();
  after.status = PermitStatus::closed;
  after.closed = 7;
  outcome.update(sample_permit(), after);
  outcome.move("CN2-02", "", permit_account("GB-1"), outside::kLapsed, 3);

  const auto stored = format_outcome(outcome);
  const auto keys = keys_of_stored(stored);
  REQUIRE(keys);
  const auto read = parse_outcome(stored, facts);
  REQUIRE(read);
  CHECK(format_outcome(*read) == stored);
  CHECK(to_row(read->changes<Permit>().front().after) == to_row(after));
}

TEST_CASE("fold: refuses bytes that are no outcome", "[domain][fold]") {
  const WorkingSet facts;
  const char* bad =
      GENERATE("", "[]", "{\"moves\":1}", "{\"else\":{}}", "{\"put\":{\"nothing\":[{}]}}",
               "{\"put\":{\"party\":[{\"id\":7}]}}", "{\"put\":{\"party\":[{\"idd\":\"x\"}]}}",
               "{\"moves\":[{\"amount\":0,\"from\":\"a\",\"lot\":\"\",\"substance\":\"s\",\"to\":\"b\"}]}");
  CHECK_FALSE(parse_outcome(bad, facts));
}

TEST_CASE("working set: what goes in and out balances, and rows at zero disappear", "[domain][facts]") {
  WorkingSet facts;
  know_all(facts, opening(10));
  REQUIRE(facts.apply(opening(10)));
  CHECK(facts.balance("site:S1", "CN2-02", "L1") == 10);
  CHECK(facts.balance("opening", "CN2-02", "L1") == -10);

  Outcome back;
  back.move("CN2-02", "L1", site_account("S1"), outside::kOpening, 10);
  REQUIRE(facts.apply(back));
  CHECK(facts.find<Balance>("site:S1", "CN2-02", "L1") == nullptr);
}

TEST_CASE("working set: no site falls below zero, and then nothing of the outcome happens", "[domain][facts]") {
  WorkingSet facts;
  know_all(facts, opening(10));
  REQUIRE(facts.apply(opening(10)));
  Outcome too_much;
  too_much.move("CN2-02", "L1", site_account("S1"), outside::kUsed, 11);
  too_much.put(sample_permit());
  know_all(facts, too_much);
  const auto answer = facts.apply(too_much);
  REQUIRE_FALSE(answer);
  CHECK(answer.error().rule == "insufficient-balance");
  CHECK(facts.balance("site:S1", "CN2-02", "L1") == 10);
  CHECK_FALSE(facts.knows<Permit>("GB-1"));
}

TEST_CASE("working set: asks only for what it does not know", "[domain][facts]") {
  WorkingSet facts;
  facts.learn<Permit>("GB-1", sample_permit());
  facts.learn<Permit>("GB-2", std::nullopt);
  FactKeys keys;
  keys.want<Permit>("GB-1");
  keys.want<Permit>("GB-2");
  CHECK_FALSE(facts.keep_unknown(keys));
  keys.want<Permit>("GB-3");
  CHECK(facts.keep_unknown(keys));
  CHECK(keys.keys<Permit>().size() == 1);
}

TEST_CASE("working set: lists changed rows once and rows that are gone as keys", "[domain][facts]") {
  WorkingSet facts;
  know_all(facts, opening(10));
  REQUIRE(facts.apply(opening(10)));
  std::size_t rows = 0, gone = 0;
  const auto count = [&](const TableSpec& table, const std::vector<Row>& changed,
                         const std::vector<std::string>& keys) {
    CHECK(table.name == "balance");
    rows += changed.size();
    gone += keys.size();
  };
  facts.each_dirty(count);
  CHECK(rows == 2);
  facts.mark_clean();
  Outcome back;
  back.move("CN2-02", "L1", site_account("S1"), outside::kOpening, 10);
  REQUIRE(facts.apply(back));
  facts.each_dirty(count);
  CHECK(rows == 2);
  CHECK(gone == 2);
}

TEST_CASE("working set: an amount beyond what can be counted is refused and changes nothing", "[domain][outcome]") {
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
  WorkingSet facts;
  know_all(facts, opening(kMost));
  REQUIRE(facts.apply(opening(kMost)));
  const Check more = facts.apply(opening(1));
  REQUIRE_FALSE(more);
  CHECK(more.error().rule == "amount-out-of-range");
  CHECK(facts.find<Balance>(site_account("S1"), "CN2-02", "L1")->amount == kMost);
  CHECK(facts.find<Balance>(outside::kOpening, "CN2-02", "L1")->amount == -kMost);
}

}  // namespace registry
