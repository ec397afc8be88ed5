#include <atomic>
#include <catch2/catch.hpp>
#include <thread>

#include "tests/contract/maker.h"
#include "tests/contract/samples.h"

using namespace registry;
using namespace contract;

namespace {

/// Appends one entry and leaves its fold for later.
LogState append_unfolded(Store& store, const LogState& before) {
  const auto tx = store.begin_append();
  const EntryRow entry = sample_entry(before.size);
  LogState after = before;
  ++after.size;
  after.head = crypto::sha256("head " + std::to_string(after.size));
  after.rtime = entry.rtime;
  tx->insert_entries({&entry, 1});
  tx->insert_checkpoint({after.size, "note"});
  tx->advance(before, after);
  tx->commit();
  return after;
}

LogState fold_all(Store& store, const LogState& before) {
  const auto tx = store.begin_fold();
  for (std::int64_t index = before.folded; index < before.size; ++index) {
    const EntryPlace place = place_of(sample_entry(index));
    tx->list_entries({&place, 1});
  }
  LogState after = before;
  after.folded = before.size;
  tx->advance(before, after);
  tx->commit();
  return after;
}

}  // namespace

TEST_CASE("who reads waits until every stored entry is folded, and then sees all of it") {
  const auto place = make_place(GENERATE(from_range(kinds())));
  const auto store = place->create();
  SampleLog log(*store);
  log.append(1);
  const LogState behind = append_unfolded(*store, log.state());
  CHECK_FALSE(store->fold_wanted());

  std::atomic<bool> seen{false};
  std::thread reader([&] {
    const auto tx = store->begin_read();
    const LogState state = tx->state();
    seen = state.size == 2 && state.folded == 2 && tx->index_of(sample_entry(1).chain, 2) == 1;
  });
  while (!store->fold_wanted()) std::this_thread::yield();
  CHECK_FALSE(seen);
  fold_all(*store, behind);
  reader.join();
  CHECK(seen);
  CHECK(store->check_integrity() == std::vector<std::string>{});
}

TEST_CASE("who reads the log alone does not wait for the fold") {
  const auto place = make_place(GENERATE(from_range(kinds())));
  const auto store = place->create();
  SampleLog log(*store);
  log.append(1);
  append_unfolded(*store, log.state());
  const auto tx = store->begin_log_read();
  CHECK(tx->state().size == 2);
  CHECK(tx->state().folded == 1);
  CHECK(tx->entry(1));
  CHECK(tx->index_of(sample_entry(1).id) == 1);
  CHECK_FALSE(tx->index_of(sample_entry(1).chain, 2));
}

TEST_CASE("whoever waits for the fold is heard, and gets what there is when the fold cannot come") {
  const auto place = make_place(GENERATE(from_range(kinds())));
  const auto store = place->create();
  SampleLog log(*store);
  log.append(1);
  std::atomic<int> calls{0};
  store->on_fold_wanted([&] { ++calls; });
  append_unfolded(*store, log.state());
  std::atomic<std::int64_t> folded{-1};
  std::thread reader([&] { folded = store->begin_read()->state().folded; });
  while (calls == 0) std::this_thread::yield();
  store->give_up_fold();
  reader.join();
  CHECK(folded == 1);
  store->on_fold_wanted({});
  CHECK(store->begin_read()->state().folded == 1);
}

TEST_CASE("a transaction that fails leaves readers where they were") {
  const auto place = make_place(GENERATE(from_range(kinds())));
  const auto store = place->create();
  SampleLog log(*store);
  log.append(1);
  {
    const auto tx = store->begin_append();
    LogState after = log.state();
    ++after.size;
    const EntryRow entry = sample_entry(1);
    tx->insert_entries({&entry, 1});
    tx->advance(log.state(), after);
  }
  CHECK(store->begin_read()->state().size == 1);
}

TEST_CASE("the fold never goes back and never runs ahead of the log") {
  const auto place = make_place(GENERATE(from_range(kinds())));
  const auto store = place->create();
  SampleLog log(*store);
  log.append(2);
  const auto refused = [&](std::int64_t folded) {
    LogState after = log.state();
    after.folded = folded;
    CHECK_THROWS_AS(store->begin_fold()->advance(log.state(), after), StoreFault);
  };
  refused(1);
  refused(3);
}

TEST_CASE("who only reads a file sees how far its fold goes when its writer is gone") {
  const auto place = make_place(GENERATE(from_range(kinds())));
  {
    const auto store = place->create();
    SampleLog log(*store);
    log.append(1);
    append_unfolded(*store, log.state());
  }
  const auto store = place->open_read_only();
  CHECK(store->begin_read()->state().size == 2);
  CHECK(store->begin_read()->state().folded == 1);
  CHECK(store->check_integrity() == std::vector<std::string>{});
}
