#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <fstream>
#include <thread>

#include "registry/service/registry.h"
#include "registry/views/refold.h"
#include "tests/contract/faulty_store.h"
#include "tests/unit/service/ledger.h"

namespace service_test {
namespace {

/// Operations of one entry's commit, counted by a run that does not fail.
int operations_of_an_entry() {
  Ledger ledger;
  Hand founder("operator", 'o');
  ledger.open();
  REQUIRE(ledger.found(founder));
  contract::FaultyStore counting(ledger.store(), 0, contract::Strike::before);
  ledger.open(&counting);
  REQUIRE(ledger.submit(founder, "policy.set", Ledger::note("x")));
  // What is folded behind the answer counts too.
  ledger.close();
  return counting.count();
}

}  // namespace

TEST_CASE("recovery: whichever operation fails, nothing is acknowledged that is not there", "[service][recovery]") {
  const int operations = operations_of_an_entry();
  REQUIRE(operations > 3);
  for (const auto strike : {contract::Strike::before, contract::Strike::after}) {
    for (int n = 1; n <= operations; ++n) {
      INFO("operation " << n);
      Ledger ledger;
      Hand founder("operator", 'o');
      ledger.open();
      REQUIRE(ledger.found(founder));
      contract::FaultyStore faulty(ledger.store(), n, strike);
      bool acknowledged = false;
      try {
        ledger.open(&faulty);
        acknowledged = ledger.submit(founder, "policy.set", Ledger::note("x")).has_value();
      } catch (const StoreFault&) {
        // The fault struck while the registry was opening.
      }
      ledger.close();
      Registry& again = ledger.open();
      CHECK_FALSE(again.status().quarantine);
      const auto size = again.status().state.size;
      CHECK((size == 1 || size == 2));
      if (acknowledged) CHECK(size == 2);
    }
  }
}

TEST_CASE("recovery: after an unclear commit nothing more is written, reads go on", "[service][recovery]") {
  const int commit = operations_of_an_entry();
  Ledger ledger;
  Hand founder("operator", 'o');
  ledger.open();
  REQUIRE(ledger.found(founder));
  bool stopped = false;
  for (int n = 1; n <= commit && !stopped; ++n) {
    contract::FaultyStore faulty(ledger.store(), n, contract::Strike::after);
    Registry* registry = nullptr;
    try {
      registry = &ledger.open(&faulty);
      const auto answer = ledger.submit(founder, "policy.set", Ledger::note("x"));
      stopped = !answer && answer.error().rule == "writer-stopped";
    } catch (const StoreFault&) {
      // The fault struck while the registry was opening.
    }
    if (!stopped) {
      ledger.close();
      continue;
    }
    CHECK(registry->status().stopped);
    const auto next = ledger.submit(founder, "policy.set", Ledger::note("y"));
    REQUIRE_FALSE(next);
    CHECK(next.error().rule == "writer-stopped");
    CHECK(registry->read()->entry(0));
    ledger.close();
  }
  CHECK(stopped);
}

namespace {

/// A store that loses its power before anything is folded.
class NeverFolds final : public contract::FaultyStore {
 public:
  explicit NeverFolds(Store& store) : FaultyStore(store, 0, contract::Strike::before) {}
  std::unique_ptr<AppendTx> begin_fold() override { throw StoreFault(StoreError::busy, "not now"); }
};

}  // namespace

TEST_CASE("recovery: what was not folded before the end is folded at the next start", "[service][recovery]") {
  Ledger ledger;
  Hand founder("operator", 'o');
  ledger.open();
  REQUIRE(ledger.found(founder));
  NeverFolds store(ledger.store());
  ledger.open(&store);
  for (int i = 0; i < 3; ++i) REQUIRE(ledger.submit(founder, "policy.set", Ledger::note("n" + std::to_string(i))));
  ledger.release();

  Registry& registry = ledger.open();
  CHECK_FALSE(registry.status().quarantine);
  const auto reader = registry.read();
  CHECK(reader->state().size == 4);
  CHECK(reader->state().folded == 4);
  const auto scratch = SqliteStore::scratch();
  refold(*reader, *scratch);
  CHECK(compare_views(*reader, *scratch->begin_read()).empty());
  CHECK(ledger.store().check_integrity() == std::vector<std::string>{});
  REQUIRE(ledger.submit(founder, "policy.set", Ledger::note("goes on")));
}

namespace {

/// A store whose housekeeping fails.
class NeverTidies final : public contract::FaultyStore {
 public:
  NeverTidies(Store& store, StoreError error) : FaultyStore(store, 0, contract::Strike::before), error_(error) {}
  void maintain() override {
    ++tries_;
    throw StoreFault(error_, "the log cannot be moved");
  }
  int tries() const { return tries_; }

 private:
  const StoreError error_;
  std::atomic<int> tries_ = 0;
};

template <class F>
bool comes_true(F&& holds) {
  for (int i = 0; i < 500; ++i) {
    if (holds()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

}  // namespace

TEST_CASE("recovery: housekeeping that finds the file damaged stops the writing, one that finds it busy does not",
          "[service][recovery]") {
  const auto [error, stops] = GENERATE(
      table<StoreError, bool>({{StoreError::corrupt, true}, {StoreError::busy, false}, {StoreError::full, false}}));
  Ledger ledger;
  Hand founder("operator", 'o');
  ledger.open();
  REQUIRE(ledger.found(founder));
  NeverTidies store(ledger.store(), error);
  Registry& registry = ledger.open(&store);
  REQUIRE(ledger.submit(founder, "policy.set", Ledger::note("x")));
  REQUIRE(comes_true([&] { return store.tries() > 0; }));
  if (stops) {
    CHECK(comes_true([&] { return registry.status().stopped.has_value(); }));
    const auto next = ledger.submit(founder, "policy.set", Ledger::note("y"));
    REQUIRE_FALSE(next);
    CHECK(next.error().rule == "writer-stopped");
  } else {
    CHECK(ledger.submit(founder, "policy.set", Ledger::note("y")));
    CHECK_FALSE(registry.status().stopped);
  }
  ledger.close();
}

TEST_CASE("recovery: an entry that is sent again is known before it is folded", "[service][recovery]") {
  Ledger ledger;
  Hand founder("operator", 'o');
  ledger.open();
  REQUIRE(ledger.found(founder));
  NeverFolds store(ledger.store());
  Registry& registry = ledger.open(&store);
  const auto text = format_submission(founder.make(ledger.clock.now(), "policy.set", Ledger::note("once")));
  const auto first = registry.submit(text), second = registry.submit(text);
  REQUIRE(first);
  REQUIRE(second);
  CHECK(second->known);
  CHECK(second->index == first->index);
  CHECK(registry.status().state.size == 2);
  ledger.close();
}

TEST_CASE("recovery: a database older than its anchor opens for reading only", "[service][recovery]") {
  Ledger ledger;
  Hand founder("operator", 'o');
  ledger.open();
  REQUIRE(ledger.found(founder));
  const std::string old_copy = ledger.database() + ".old";
  ledger.store().backup_to(old_copy);
  REQUIRE(ledger.submit(founder, "policy.set", Ledger::note("newer")));
  ledger.release();
  for (const char* tail : {"", "-wal", "-shm"}) std::filesystem::remove(ledger.database() + tail);
  std::filesystem::rename(old_copy, ledger.database());

  Registry& registry = ledger.open();
  REQUIRE(registry.status().quarantine);
  CHECK(registry.status().quarantine->find("anchor") != std::string::npos);
  CHECK(registry.read()->entry(0));
  const auto answer = ledger.submit(founder, "policy.set", Ledger::note("again"));
  REQUIRE_FALSE(answer);
  CHECK(answer.error().rule == "quarantine");
}

TEST_CASE("recovery: an old anchor is normal, a lost one too", "[service][recovery]") {
  Ledger ledger;
  Hand founder("operator", 'o');
  ledger.open();
  REQUIRE(ledger.found(founder));
  std::filesystem::copy_file(ledger.anchor_path(), ledger.anchor_path() + ".old");
  REQUIRE(ledger.submit(founder, "policy.set", Ledger::note("newer")));
  ledger.release();
  SECTION("old") {
    std::filesystem::rename(ledger.anchor_path() + ".old", ledger.anchor_path());
    CHECK_FALSE(ledger.open().status().quarantine);
  }
  SECTION("lost") {
    std::filesystem::remove(ledger.anchor_path());
    CHECK_FALSE(ledger.open().status().quarantine);
  }
  SECTION("torn: the other slot still counts") {
    std::fstream file(ledger.anchor_path(), std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(30);
    file.put('x');
    file.close();
    CHECK_FALSE(ledger.open().status().quarantine);
  }
}

TEST_CASE("recovery: a clock that was set back opens for reading only", "[service][recovery]") {
  Ledger ledger;
  Hand founder("operator", 'o');
  ledger.open();
  REQUIRE(ledger.found(founder));
  ledger.clock.set(ledger.clock.now().plus_ms(-5'000));
  CHECK_FALSE(ledger.open().status().quarantine);
  ledger.clock.set(ledger.clock.now().plus_ms(-1));
  CHECK(ledger.open().status().quarantine);
}

TEST_CASE("recovery: the registry's time never goes back while it runs", "[service][recovery]") {
  Ledger ledger;
  Hand founder("operator", 'o');
  ledger.open();
  const auto first = ledger.found(founder);
  REQUIRE(first);
  ledger.clock.set(ledger.clock.now().plus_ms(-60'000));
  const auto second = ledger.submit(founder, "policy.set", Ledger::note("x"));
  REQUIRE(second);
  CHECK(second->rtime >= first->rtime);
}

}  // namespace service_test
