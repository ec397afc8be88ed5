#include <catch2/catch.hpp>
#include <filesystem>
#include <thread>

#include "tests/contract/maker.h"
#include "tests/contract/samples.h"

using namespace registry;
using namespace contract;

TEST_CASE("a transaction that ends without commit leaves nothing behind") {
  const auto place = make_place(GENERATE(from_range(kinds())));
  const auto store = place->create();
  SampleLog log(*store);
  log.append(3);
  const auto before = dump(*store->begin_read());
  log.begin(5).reset();
  CHECK(dump(*store->begin_read()) == before);
  CHECK(store->begin_read()->state() == log.state());
  CHECK(store->begin_read()->moves(0, 100).size() == 3);
  // Names that were new in it are forgotten with it.
  log.append(8);
  CHECK(store->begin_read()->moves(0, 100).size() == 11);
  CHECK(store->begin_read()->moves(10, 1).front().move.lot == "L2");
  CHECK(store->check_integrity() == std::vector<std::string>{});
}

TEST_CASE("a reader sees the state of its beginning") {
  const auto place = make_place(GENERATE(from_range(kinds())));
  const auto store = place->create();
  SampleLog log(*store);
  log.append(1);
  const auto early = store->begin_read();
  auto tx = log.begin(2);
  CHECK(store->begin_read()->state().size == 1);
  CHECK(tx->state().size == 3);
  tx->commit();
  CHECK(early->state().size == 1);
  CHECK(early->entries(0, 10).size() == 1);
  CHECK(early->query("SELECT count(*) FROM move") == std::vector<Row>{{1}});
  CHECK(store->begin_read()->state().size == 3);
}

TEST_CASE("state survives closing") {
  const auto place = make_place(GENERATE(from_range(kinds())));
  LogState state;
  std::string tables;
  {
    const auto store = place->create();
    SampleLog log(*store);
    log.append(300);
    state = log.state();
    tables = dump(*store->begin_read());
  }
  const auto store = place->open();
  CHECK(store->begin_read()->state() == state);
  CHECK(dump(*store->begin_read()) == tables);
  CHECK(store->next_epoch() == state.epoch + 1);
  SampleLog(*store).append(1);
  CHECK(store->check_integrity() == std::vector<std::string>{});
}

TEST_CASE("a commit on another size or of an older epoch is refused") {
  const auto place = make_place(GENERATE(from_range(kinds())));
  const auto store = place->create();
  SampleLog log(*store);
  log.append(2);
  auto tx = store->begin_append();
  auto after = log.state();
  ++after.size;
  auto stale = log.state();
  stale.size = 1;
  CHECK(fault_of([&] { tx->advance(stale, after); }) == StoreError::conflict);
  tx.reset();
  CHECK(store->next_epoch() == log.state().epoch + 1);
  CHECK(fault_of([&] { log.append(1); }) == StoreError::conflict);
  CHECK(store->begin_read()->state().size == 2);
}

TEST_CASE("there is one writing transaction at a time") {
  const auto place = make_place(GENERATE(from_range(kinds())));
  const auto store = place->create();
  auto first = store->begin_append();
  CHECK(fault_of([&] { store->begin_append(); }) == StoreError::busy);
  CHECK(fault_of([&] { store->next_epoch(); }) == StoreError::busy);
  first.reset();
  store->begin_append()->commit();
}

TEST_CASE("nothing is written after a commit") {
  const auto place = make_place(GENERATE(from_range(kinds())));
  const auto store = place->create();
  auto tx = store->begin_append();
  tx->commit();
  CHECK(fault_of([&] { tx->insert_checkpoint({1, "late"}); }) == StoreError::unavailable);
  CHECK(fault_of([&] { tx->commit(); }) == StoreError::unavailable);
}

TEST_CASE("a store is made once, and opened only where there is one") {
  const auto place = make_place(GENERATE(from_range(kinds())));
  CHECK(fault_of([&] { place->open(); }) == StoreError::unavailable);
  CHECK(fault_of([&] { place->open_read_only(); }) == StoreError::unavailable);
  place->create().reset();
  CHECK(fault_of([&] { place->create(); }) == StoreError::unavailable);
}

TEST_CASE("a store opened for reading cannot be written") {
  const auto place = make_place(GENERATE(from_range(kinds())));
  const auto writer = place->create();
  SampleLog(*writer).append(2);
  const auto store = place->open_read_only();
  CHECK(fault_of([&] { store->begin_append(); }) == StoreError::unavailable);
  CHECK(fault_of([&] { store->next_epoch(); }) == StoreError::unavailable);
  store->maintain();
  CHECK(store->begin_read()->state().size == 2);
  CHECK_THROWS_AS(store->begin_read()->query("DELETE FROM lot"), StoreFault);
  CHECK_THROWS_AS(writer->begin_read()->query("DELETE FROM lot"), StoreFault);
  CHECK(store->begin_read()->query("SELECT count(*) FROM lot") == std::vector<Row>{{1}});
}

TEST_CASE("a backup taken while entries are appended is whole") {
  const auto place = make_place(GENERATE(from_range(kinds())));
  const auto store = place->create();
  SampleLog log(*store);
  log.append(200);
  std::string problem;
  std::thread copying([&] {
    for (int i = 0; i < 3; ++i) try {
        store->backup_to(place->folder() + "/copy" + std::to_string(i));
      } catch (const StoreFault& fault) {
        problem = fault.what();
      }
  });
  for (int i = 0; i < 30; ++i) log.append(10), store->maintain();
  copying.join();
  CHECK(problem.empty());
  for (int i = 0; i < 3; ++i) {
    const auto copy = place->open_backup(place->folder() + "/copy" + std::to_string(i));
    const auto reader = copy->begin_read();
    const auto size = reader->state().size;
    CHECK((size >= 200 && size <= 500));
    CHECK(reader->checkpoint()->size == size);
    CHECK(static_cast<std::int64_t>(reader->entries(0, 2'000).size()) == size);
    CHECK(copy->check_integrity() == std::vector<std::string>{});
  }
  CHECK(fault_of([&] { store->backup_to(place->folder() + "/copy0"); }) == StoreError::unavailable);
}

TEST_CASE("a backup at rest equals its store") {
  const auto place = make_place(GENERATE(from_range(kinds())));
  const auto store = place->create();
  SampleLog log(*store);
  log.append(40);
  const std::string path = place->folder() + "/copy";
  store->backup_to(path);
  CHECK_FALSE(std::filesystem::exists(path + "-wal"));
  CHECK_FALSE(std::filesystem::exists(path + ".part"));
  const auto copy = place->open_backup(path);
  CHECK(copy->begin_read()->state() == log.state());
  CHECK(dump(*copy->begin_read()) == dump(*store->begin_read()));
}
