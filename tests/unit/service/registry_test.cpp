#include "registry/service/registry.h"

#include <catch2/catch.hpp>
#include <set>
#include <thread>

#include "registry/log/receipt.h"
#include "registry/service/audit.h"
#include "registry/service/past.h"
#include "registry/views/refold.h"
#include "tests/unit/service/ledger.h"

namespace service_test {

TEST_CASE("registry: the first entry opens the ledger, and nothing comes before it", "[service]") {
  Ledger ledger;
  Registry& registry = ledger.open();
  Hand founder("operator", 'o');
  const auto early = ledger.submit(founder, "policy.set", Ledger::note("early"));
  REQUIRE_FALSE(early);
  // A unit brings its own key and would need no other.
  Hand unit("PLANT", 'f');
  const auto registration = ledger.submit(unit, "party.register",
                                          {{"name", "厂"},
                                           {"kinds", {"user"}},
                                           {"uscc", "91360300Y123456793"},
                                           {"region", "360302"},
                                           {"address", "安源"},
                                           {"key", unit.key_json()}});
  REQUIRE_FALSE(registration);
  CHECK(registration.error().rule == "ledger-not-open");
  CHECK(registry.status().state.size == 0);

  const auto opened = ledger.found(founder);
  REQUIRE(opened);
  CHECK(opened->index == 0);
  CHECK(registry.status().state.size == 1);
  const auto again = ledger.found(founder);
  REQUIRE_FALSE(again);
  CHECK(registry.status().state.size == 1);
}

TEST_CASE("registry: a receipt proves its leaf under the log's key", "[service]") {
  Ledger ledger;
  Registry& registry = ledger.open();
  Hand founder("operator", 'o');
  REQUIRE(ledger.found(founder));
  for (int i = 0; i < 5; ++i) {
    const auto receipt = ledger.submit(founder, "policy.set", Ledger::note("n" + std::to_string(i)));
    REQUIRE(receipt);
    const auto place = verify_receipt(receipt->proof, receipt->leaf, registry.log_key());
    REQUIRE(place);
    CHECK(place->index == static_cast<std::uint64_t>(receipt->index));
  }
  const auto later = registry.receipt(2);
  REQUIRE(later);
  CHECK(verify_receipt(later->proof, later->leaf, registry.log_key()));
  CHECK_FALSE(registry.receipt(6));
  CHECK_FALSE(registry.receipt(-1));
}

TEST_CASE("registry: the same entry sent again gets the same index and is stored once", "[service]") {
  Ledger ledger;
  Registry& registry = ledger.open();
  Hand founder("operator", 'o');
  REQUIRE(ledger.found(founder));
  const auto text = format_submission(founder.make(ledger.clock.now(), "policy.set", Ledger::note("once")));
  const auto first = registry.submit(text);
  REQUIRE(first);
  CHECK_FALSE(first->known);
  const auto second = registry.submit(text);
  REQUIRE(second);
  CHECK(second->known);
  CHECK(second->index == first->index);
  CHECK(second->leaf == first->leaf);
  CHECK(registry.status().state.size == 2);

  SECTION("also when both copies come in one call") {
    Hand other("operator", 'o');
    const auto lines = registry.submit_all({text, text});
    REQUIRE(lines.size() == 2);
    REQUIRE(lines[0]);
    REQUIRE(lines[1]);
    CHECK(lines[0]->index == lines[1]->index);
    CHECK(registry.status().state.size == 2);
  }
}

TEST_CASE("registry: a good entry is stored although its neighbours are refused", "[service]") {
  Ledger ledger;
  Registry& registry = ledger.open();
  Hand founder("operator", 'o');
  REQUIRE(ledger.found(founder));
  const auto good = founder.make(ledger.clock.now(), "policy.set", Ledger::note("good"));
  auto bad = good;
  bad.signatures[0].signature[3] = static_cast<char>(bad.signatures[0].signature[3] ^ 1);
  const auto answers = registry.submit_all({format_submission(bad), "{}", format_submission(good)});
  REQUIRE_FALSE(answers[0]);
  CHECK(answers[0].error().rule == "bad-signature");
  CHECK_FALSE(answers[1]);
  REQUIRE(answers[2]);
  CHECK(answers[2]->index == 1);
}

TEST_CASE("registry: a gap in a chain is refused and names the head", "[service]") {
  Ledger ledger;
  Registry& registry = ledger.open();
  Hand founder("operator", 'o');
  REQUIRE(ledger.found(founder));
  const auto lost = founder.make(ledger.clock.now(), "policy.set", Ledger::note("lost"));
  founder.stored(lost);
  const auto next = founder.make(ledger.clock.now(), "policy.set", Ledger::note("next"));
  const auto answer = registry.submit(format_submission(next));
  REQUIRE_FALSE(answer);
  CHECK(answer.error().rule == "chain-gap");
  CHECK(registry.status().state.size == 1);
}

TEST_CASE("registry: two entries for one place are kept as evidence and freeze the chain", "[service]") {
  Ledger ledger;
  Registry& registry = ledger.open();
  Hand founder("operator", 'o');
  REQUIRE(ledger.found(founder));
  const auto kept = founder.make(ledger.clock.now(), "policy.set", Ledger::note("kept"));
  const auto other = founder.make(ledger.clock.now(), "policy.set", Ledger::note("other"));
  REQUIRE(registry.submit(format_submission(kept)));
  const auto fork = registry.submit(format_submission(other));
  REQUIRE_FALSE(fork);
  CHECK(fork.error().rule == "chain-fork");
  CHECK(registry.status().state.size == 3);
  const auto evidence = registry.read()->entry(2);
  REQUIRE(evidence);
  CHECK(evidence->type == "chain.fork");
  CHECK(evidence->payload.find(other.entry_id.hex()) != std::string::npos);

  SECTION("the same fork again adds nothing") {
    CHECK_FALSE(registry.submit(format_submission(other)));
    CHECK(registry.status().state.size == 3);
  }
  SECTION("nothing more is taken on that chain") {
    founder.stored(kept);
    const auto answer = ledger.submit(founder, "policy.set", Ledger::note("after"));
    REQUIRE_FALSE(answer);
    CHECK(answer.error().rule == "chain-frozen");
  }
  SECTION("the ledger stays sound") {
    const auto scratch = SqliteStore::scratch();
    const auto report = audit(ledger.store(), *scratch);
    for (const auto& line : report.store) UNSCOPED_INFO(line);
    for (const auto& defect : report.log.defects) UNSCOPED_INFO(defect.place + ' ' + defect.kind + ' ' + defect.detail);
    CHECK(report.clean());
  }
}

TEST_CASE("registry: many authors at once each get an index of their own", "[service]") {
  Ledger ledger;
  Registry& registry = ledger.open();
  Hand founder("operator", 'o');
  REQUIRE(ledger.found(founder));
  constexpr int kAuthors = 8, kEach = 20;
  std::vector<std::vector<std::int64_t>> indexes(kAuthors);
  std::vector<std::thread> threads;
  for (int a = 0; a < kAuthors; ++a)
    threads.emplace_back([&, a] {
      Hand unit("unit-" + std::to_string(a), static_cast<char>('a' + a));
      for (int i = 0; i < kEach; ++i) {
        const Json payload = i == 0 ? Json{{"name", "单位"},     {"kinds", {"user"}}, {"uscc", "91360300Y123456793"},
                                           {"region", "360302"}, {"address", "安源"}, {"key", unit.key_json()}}
                                    : Json{{"site", "s-" + std::to_string(a) + "-" + std::to_string(i)},
                                           {"name", "仓库"},
                                           {"kind", "store"},
                                           {"region", "360302"},
                                           {"address", "安源"}};
        const auto entry = unit.make(ledger.clock.now(), i == 0 ? "party.register" : "site.add", payload);
        const auto receipt = registry.submit(format_submission(entry));
        if (!receipt) return;
        unit.stored(entry);
        indexes[static_cast<std::size_t>(a)].push_back(receipt->index);
      }
    });
  for (auto& thread : threads) thread.join();
  std::set<std::int64_t> all;
  for (const auto& own : indexes) all.insert(own.begin(), own.end());
  CHECK(all.size() == kAuthors * kEach);
  CHECK(registry.status().state.size == 1 + kAuthors * kEach);

  const auto scratch = SqliteStore::scratch();
  refold(*registry.read(), *scratch);
  CHECK(compare_views(*registry.read(), *scratch->begin_read()).empty());
}

TEST_CASE("registry: an entry from the future is refused", "[service]") {
  Ledger ledger;
  Registry& registry = ledger.open();
  Hand founder("operator", 'o');
  REQUIRE(ledger.found(founder));
  const auto later = founder.make(ledger.clock.now().plus_ms(5 * 60'000 + 1), "policy.set", Ledger::note("x"));
  const auto answer = registry.submit(format_submission(later));
  REQUIRE_FALSE(answer);
  CHECK(answer.error().rule == "time-in-future");
  const auto edge = founder.make(ledger.clock.now().plus_ms(5 * 60'000), "policy.set", Ledger::note("x"));
  CHECK(registry.submit(format_submission(edge)));
}

TEST_CASE("past: a history that one request cannot wait for is refused until it is folded", "[service]") {
  Ledger ledger;
  ledger.open();
  Hand founder("operator", 'o');
  REQUIRE(ledger.found(founder));
  Past hasty(ledger.store(), std::chrono::milliseconds(-1));
  const auto behind = hasty.read({}, {});
  REQUIRE_FALSE(behind);
  CHECK(behind.error().rule == "history-behind");
  CHECK(Past(ledger.store()).read({}, {}));
}

}  // namespace service_test
