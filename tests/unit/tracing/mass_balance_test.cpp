#include "registry/tracing/mass_balance.h"

#include <catch2/catch.hpp>
#include <map>
#include <random>

#include "ledger.h"
#include "registry/tracing/statistics.h"
#include "registry/tracing/uncertainty.h"

using namespace tracing_test;

namespace {

MassBalanceLine line_of(const MassBalance& balance, const std::string& who, const std::string& substance = kAnhydride) {
  for (const MassBalanceLine& line : balance.lines)
    if (line.who == who && line.substance == substance) return line;
  return {};
}

MassBalance party(Ledger& ledger, const std::string& who, UtcTime from = {INT64_MIN}, UtcTime to = {INT64_MAX}) {
  return mass_balance(*ledger.read(), rules(), {BalanceScope::party, who, {}, from, to, true});
}

MassBalance whole(Ledger& ledger) { return mass_balance(*ledger.read(), rules(), {BalanceScope::ledger}); }

}  // namespace

TEST_CASE("balance: opening and what came in is what went out and what is there", "[tracing]") {
  Ledger ledger;
  trade(ledger);
  ledger.dispatch("C-1", "L-1", "10");
  ledger.count("C-1", "L-1", "10");
  ledger.accept("C-1");
  ledger.submit("use.record", "BUYER",
                "{'site':'S-BUYER','lot':'L-1','quantity':" + quantity("4") + ",'purpose':'x','used_on':'2026-03-01'}");
  const MassBalanceLine seller = line_of(party(ledger, "SELLER"), "SELLER");
  CHECK(seller.opening == 0);
  CHECK(seller.column(BalanceColumn::opened) == 500 * kKg);
  CHECK(seller.column(BalanceColumn::dispatched) == 10 * kKg);
  CHECK(seller.closing == 490 * kKg);
  CHECK(seller.residual() == 0);
  const MassBalanceLine buyer = line_of(party(ledger, "BUYER"), "BUYER");
  CHECK(buyer.column(BalanceColumn::received) == 10 * kKg);
  CHECK(buyer.column(BalanceColumn::used) == 4 * kKg);
  CHECK(buyer.closing == 6 * kKg);
  CHECK(buyer.residual() == 0);
  CHECK(buyer.unaccounted() == 0);
}

TEST_CASE("balance: a period opens with what the one before closed with", "[tracing]") {
  Ledger ledger;
  trade(ledger);
  ledger.wait(3'600'000);
  ledger.dispatch("C-1", "L-1", "10");
  const UtcTime middle = ledger.now();
  ledger.wait(3'600'000);
  ledger.count_stock("L-1", "489.9");
  const MassBalanceLine before = line_of(party(ledger, "SELLER", {INT64_MIN}, middle), "SELLER");
  const MassBalanceLine after = line_of(party(ledger, "SELLER", middle), "SELLER");
  CHECK(before.closing == 500 * kKg);
  CHECK(after.opening == before.closing);
  CHECK(after.column(BalanceColumn::dispatched) == 10 * kKg);
  CHECK(after.column(BalanceColumn::count_shortage) == kKg / 10);
  CHECK(after.residual() == 0);
  CHECK(before.residual() == 0);
  CHECK(after.sigma > 0);
  CHECK(after.unit == BaseUnit::mg);
  MassBalanceQuery quick{BalanceScope::party, "SELLER", {}, middle, {INT64_MAX}, false};
  CHECK(line_of(mass_balance(*ledger.read(), rules(), quick), "SELLER").opening == after.opening);
}

TEST_CASE("balance: what is missing on the road stands with its custodian until it is explained", "[tracing]") {
  Ledger ledger;
  trade(ledger);
  ledger.dispatch("C-1", "L-1", "10");
  ledger.carry("C-1", "L-1", "10");
  CHECK(line_of(party(ledger, "SELLER"), "SELLER").on_road == 10 * kKg);
  ledger.count("C-1", "L-1", "8.8");
  CHECK(line_of(party(ledger, "SELLER"), "SELLER").on_road == 88 * kKg / 10);
  CHECK(line_of(party(ledger, "CARRIER"), "CARRIER").missing_on_road == 12 * kKg / 10);
  ledger.accept("C-1");
  CHECK(line_of(party(ledger, "SELLER"), "SELLER").on_road == 0);
  const MassBalanceLine carrier = line_of(party(ledger, "CARRIER"), "CARRIER");
  CHECK(carrier.unaccounted() == 12 * kKg / 10);
  CHECK(carrier.residual() == 0);
  const MassBalanceLine all = line_of(whole(ledger), "");
  CHECK(all.missing_on_road == 12 * kKg / 10);
  CHECK(all.closing == 500 * kKg);
  ledger.submit("loss.report", "CARRIER",
                "{'consignment':'C-1','lot':'L-1','quantity':" + quantity("1.2") +
                    ",'kind':'stolen','discovered':'2026-03-02T02:00:00.000Z','circumstances':'x'}");
  CHECK(line_of(party(ledger, "CARRIER"), "CARRIER").unaccounted() == 0);
  CHECK(line_of(whole(ledger), "").column(BalanceColumn::lost) == 12 * kKg / 10);
}

TEST_CASE("balance: regions add up, and moves inside one cancel", "[tracing]") {
  Ledger ledger;
  ledger.site("S-SELLER-2", "SELLER", "360302");
  ledger.move("stock.open", "SELLER", {{kAnhydride, "L-1", "opening", "site:S-SELLER", 100}});
  ledger.move("storage.move", "SELLER", {{kAnhydride, "L-1", "site:S-SELLER", "site:S-SELLER-2", 30}});
  ledger.move("storage.move", "SELLER", {{kAnhydride, "L-1", "site:S-SELLER", "site:S-BUYER", 20}});
  const auto reader = ledger.read();
  const MassBalance city = mass_balance(*reader, rules(), {BalanceScope::region, "360300"});
  CHECK(line_of(city, "360300").closing == 100);
  CHECK(line_of(city, "360300").column(BalanceColumn::moved_out) == 0);
  const MassBalance counties = mass_balance(*reader, rules(), {BalanceScope::region});
  CHECK(line_of(counties, "360302").column(BalanceColumn::moved_out) == 20);
  CHECK(line_of(counties, "360323").column(BalanceColumn::moved_in) == 20);
  CHECK(line_of(counties, "360323").residual() == 0);
}

TEST_CASE("balance: a correction counts against what it corrects", "[tracing]") {
  Ledger ledger;
  const auto made = ledger.produce("L-9", "10");
  ledger.move("entry.correct", "MAKER", {{kAnhydride, "L-9", "site:S-MAKER", "produced", 10 * kKg},
                                         {kAnhydride, "L-9", "produced", "site:S-MAKER", 9 * kKg}});
  CHECK(made == 0);
  const MassBalanceLine maker = line_of(party(ledger, "MAKER"), "MAKER");
  CHECK(maker.column(BalanceColumn::produced) == 9 * kKg);
  CHECK(maker.residual() == 0);
}

TEST_CASE("balance: is empty where nothing was", "[tracing]") {
  Ledger ledger;
  CHECK(whole(ledger).lines.empty());
  trade(ledger);
  CHECK(party(ledger, "NO-SUCH").lines.empty());
  CHECK(mass_balance(*ledger.read(), rules(), {BalanceScope::region, "110000"}).lines.empty());
  CHECK(mass_balance(*ledger.read(), rules(), {BalanceScope::party, "SELLER", "CN1-01"}).lines.empty());
  CHECK(party(ledger, "SELLER", {5}, {4}).lines.empty());
}

TEST_CASE("balance: sees a balance that the moves do not explain", "[tracing]") {
  Ledger ledger;
  trade(ledger);
  ledger.add(Balance{"site:S-SELLER", kAnhydride, "L-1", 499 * kKg});
  ledger.move("storage.move", "SELLER", {{kAnhydride, "L-1", "site:S-SELLER", "site:S-BUYER", 1}});
  const MassBalance balance = party(ledger, "SELLER");
  CHECK(line_of(balance, "SELLER").residual() == kKg);
  const auto sums = sums_of_all_accounts(*ledger.read());
  REQUIRE(sums.size() == 1);
  CHECK(sums.front().amount == -kKg);
}

TEST_CASE("balance: whatever moves at random, nothing is left over for any party and substance", "[tracing]") {
  const unsigned seed = GENERATE(1u, 2u, 3u, 4u);
  INFO("seed " << seed);
  std::mt19937 random(seed);
  const auto pick = [&](auto count) { return std::uniform_int_distribution<std::int64_t>(0, std::int64_t{count} - 1)(random); };
  const std::string substances[] = {"CN2-02", "CN3-02", "N-18"};
  const std::string places[] = {"site:S-MAKER", "site:S-SELLER", "site:S-BUYER", "transit:C-1", "transit:C-2"};
  const std::string reasons[] = {"opening", "produced", "imported", "found",      "counted", "exported", "used",
                                 "dispensed", "destroyed", "lost", "process-loss", "seized"};
  std::map<std::string, std::int64_t> held;
  std::vector<std::vector<Move>> entries;
  for (int i = 0; i < 400; ++i) {
    const auto s = pick(3);
    const std::string& substance = substances[s];
    const std::string lot = "L-" + std::to_string(s * 3 + pick(3));
    const std::string from = pick(2) == 0 ? reasons[pick(12)] : places[pick(5)];
    const std::string to = from.find(':') == std::string::npos || pick(2) == 0 ? places[pick(5)] : reasons[pick(12)];
    const bool is_held = from.find(':') != std::string::npos;
    const std::int64_t book = held[from + substance + lot];
    const std::int64_t amount = is_held ? std::min(book, 1 + pick(1'000'000)) : 1 + pick(1'000'000);
    if (amount == 0 || from == to) continue;
    held[from + substance + lot] -= amount;
    held[to + substance + lot] += amount;
    entries.push_back({{substance, lot, from, to, amount}});
  }
  Ledger ledger;
  const UtcTime start = ledger.now();
  ledger.move_all("SELLER", entries);
  const std::int64_t span = ledger.now().ms - start.ms;
  for (const BalanceScope scope : {BalanceScope::party, BalanceScope::region, BalanceScope::ledger}) {
    const UtcTime from{start.ms + pick(span)}, to{from.ms + pick(span)};
    const MassBalance part = mass_balance(*ledger.read(), rules(), {scope, {}, {}, from, to, true});
    const MassBalance all = mass_balance(*ledger.read(), rules(), {scope});
    CHECK_FALSE(all.lines.empty());
    for (const MassBalance* balance : {&part, &all}) {
      for (const MassBalanceLine& line : balance->lines) {
        INFO(name_of(scope) << " " << line.who << " " << line.substance);
        CHECK(line.residual() == 0);
      }
      CHECK(balance->sum_of_all_accounts.size() == 3);
      for (const SubstanceSum& sum : balance->sum_of_all_accounts) CHECK(sum.amount == 0);
    }
    if (scope == BalanceScope::region) continue;
    for (const MassBalanceLine& line : all.lines) {
      std::int64_t expected = 0;
      for (const auto& [key, amount] : held)
        if (key.find(line.substance) != std::string::npos && key.find(':') != std::string::npos &&
            (scope == BalanceScope::ledger || key.starts_with("site:S-" + line.who)))
          expected += amount;
      CHECK(line.closing == expected);
    }
  }
}

TEST_CASE("uncertainty: grows with the root of the sum of squares and is rounded up", "[tracing]") {
  Uncertainty nothing(3'000);
  CHECK(nothing.sigma() == 0);
  Uncertainty one(1'000'000);
  one.add(3);
  CHECK(one.sigma() == 2);  // 3 / root of 3 = 1.73
  one.add(-3);
  CHECK(one.sigma() == 3);  // root of 6 = 2.45
  Uncertainty largest(1'000'000);
  for (int i = 0; i < 3; ++i) largest.add(9'000'000'000'000'000);
  CHECK(largest.sigma() == 9'000'000'000'000'000);
}

TEST_CASE("differences: small ones that no count shows add up", "[tracing]") {
  Ledger ledger;
  trade(ledger);
  ledger.count_stock("L-1", "499.9");
  ledger.count_stock("L-1", "499.8");
  ledger.count_stock("L-1", "499.85");
  const auto points = cumulative_difference(*ledger.read(), "SELLER", kAnhydride);
  REQUIRE(points.size() == 3);
  CHECK(points[1].cumulative == kKg / 5);
  CHECK(points[2].missing == -kKg / 20);
  CHECK(points[2].cumulative == 15 * kKg / 100);
  CHECK(cumulative_difference(*ledger.read(), "BUYER", kAnhydride).empty());
}
