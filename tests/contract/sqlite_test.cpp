#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <thread>

#include "registry/store/sqlite/session.h"
#include "registry/store/sqlite/sqlite_store.h"
#include "tests/contract/maker.h"
#include "tests/contract/samples.h"

using namespace registry;
using namespace contract;
using registry::sqlite::Access;
using registry::sqlite::Session;

namespace {

std::string file_of(const Place& place) { return place.folder() + "/store.db"; }

/// A place with a closed store of `count` entries.
std::unique_ptr<Place> filled_place(int count) {
  auto place = make_place("sqlite");
  const auto store = place->create();
  SampleLog(*store).append(count);
  return place;
}

/// What the checks say after somebody with the file changed it.
std::vector<std::string> defects_after(const std::string& script) {
  const auto place = filled_place(5);
  Session(file_of(*place), Access::write).execute(script);
  return SqliteStore::open(file_of(*place), OpenMode::read_only)->check_integrity();
}

std::string joined(const std::vector<std::string>& lines) {
  std::string out;
  for (const auto& line : lines) out += line + "\n";
  return out;
}

template <class... T>
struct EachTable {
  static void check_columns(Session& session) { (check_one(session, table_spec<T>()), ...); }
  static void check_one(Session& session, const TableSpec& spec) {
    INFO(spec.name);
    const std::string from = " FROM pragma_table_info('" + std::string(spec.name) + "') ";
    std::vector<std::string> names, types, key, key_found;
    for (const auto& column : spec.columns) {
      names.emplace_back(column.name), types.emplace_back(column.integer ? "INTEGER" : "TEXT");
      if (key.size() < spec.key_columns) key.emplace_back(column.name);
    }
    CHECK(session.column("SELECT name" + from + "ORDER BY cid") == names);
    CHECK(session.column("SELECT type" + from + "ORDER BY cid") == types);
    CHECK(session.column("SELECT name" + from + "WHERE pk > 0 ORDER BY pk") == key);
    CHECK(session.column("SELECT name" + from + "WHERE \"notnull\" = 0").empty());
  }
};

}  // namespace

TEST_CASE("each SQL table has the columns of its row type") {
  const auto place = filled_place(0);
  Session session(file_of(*place), Access::read);
  AllTables<EachTable>::check_columns(session);
  CHECK(session.number("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'") ==
        7 + std::tuple_size_v<AllTables<std::tuple>>);
  CHECK(session.number("SELECT count(*) FROM pragma_table_list WHERE strict = 0 AND type = 'table' "
                       "AND name NOT LIKE 'sqlite%'") == 0);
}

TEST_CASE("files that are not of this store are refused") {
  const auto place = make_place("sqlite");
  const std::string path = place->folder() + "/other.db";
  const auto error_of_open = [&](OpenMode mode) { return fault_of([&] { SqliteStore::open(path, mode); }); };
  const auto mode = GENERATE(OpenMode::read_only, OpenMode::read_write);
  SECTION("another database") {
    Session(path, Access::create).execute("CREATE TABLE lot (id TEXT)");
    CHECK(error_of_open(mode) == StoreError::unavailable);
  }
  SECTION("not a database") {
    std::ofstream(path) << std::string(10'000, 'x');
    CHECK(error_of_open(mode) == StoreError::corrupt);
  }
  SECTION("an empty file") {
    std::ofstream(path).flush();
    CHECK(error_of_open(mode) == StoreError::unavailable);
  }
  SECTION("a changed file") {
    SqliteStore::create(path).reset();
    const auto script = GENERATE(as<std::string>(), "PRAGMA application_id = 1", "PRAGMA user_version = 99",
                                 "PRAGMA user_version = 0", "DROP TRIGGER entry_no_update", "DROP INDEX entry_by_chain",
                                 "CREATE TABLE extra (id TEXT)", "ALTER TABLE lot ADD COLUMN extra TEXT");
    INFO(script);
    Session(path, Access::write).execute(script);
    CHECK_THROWS_AS(SqliteStore::open(path, mode), StoreFault);
  }
}

TEST_CASE("a path may hold the characters of a URI") {
  const auto place = make_place("sqlite");
  const std::string path = place->folder() + "/账本 100%?#a=b.db";
  SqliteStore::create(path).reset();
  CHECK(std::filesystem::exists(path));
  CHECK(SqliteStore::open(path, OpenMode::read_write)->next_epoch() == 1);
}

TEST_CASE("what was written can be neither changed nor removed") {
  const auto place = filled_place(5);
  Session session(file_of(*place), Access::write);
  for (const std::string table : {"entry", "move", "checkpoint", "name"}) {
    INFO(table);
    const auto before = session.number("SELECT count(*) FROM " + table);
    CHECK(before > 0);
    CHECK(fault_of([&] { session.execute("DELETE FROM " + table); }) == StoreError::conflict);
    CHECK(session.number("SELECT count(*) FROM " + table) == before);
  }
  CHECK(fault_of([&] { session.execute("UPDATE entry SET rtime = 0"); }) == StoreError::conflict);
  CHECK(fault_of([&] { session.execute("UPDATE move SET amount = 1"); }) == StoreError::conflict);
  CHECK(fault_of([&] { session.execute("UPDATE checkpoint SET note = ''"); }) == StoreError::conflict);
  CHECK(fault_of([&] { session.execute("UPDATE state SET size = 1"); }) == StoreError::conflict);
  CHECK(fault_of([&] { session.execute("DELETE FROM state"); }) == StoreError::conflict);
}

TEST_CASE("the check names what somebody changed in the file") {
  const std::string open_up =
      "DROP TRIGGER entry_no_update; DROP TRIGGER entry_no_delete; DROP TRIGGER move_no_delete;";
  const std::string close =
      "CREATE TRIGGER entry_no_update BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'entry is append-only'); END;"
      "CREATE TRIGGER entry_no_delete BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'entry is append-only'); END;"
      "CREATE TRIGGER move_no_delete BEFORE DELETE ON move BEGIN SELECT RAISE(ABORT, 'move is append-only'); END;";
  const auto said = [&](const std::string& change) { return joined(defects_after(open_up + change + ";" + close)); };
  CHECK(said("SELECT 1") == "");
  CHECK(said("UPDATE entry SET rtime = 0 WHERE seq = 3") ==
        "entry_list 3 is not as the entry\nentry 3: column rtime differs from the leaf\n");
  CHECK(said("UPDATE entry SET party = chain WHERE seq = 2") ==
        "entry_list 2 is not as the entry\nentry 2: column party differs from the leaf\n");
  CHECK(said("UPDATE entry SET type = 999 WHERE seq = 1") ==
        "entry_list 1 is not as the entry\nentry 1: column type differs from the leaf\n");
  CHECK(said("UPDATE entry SET cseq = 70 WHERE seq = 1") ==
        "entry_list 1 is not as the entry\nentry 1: column cseq differs from the leaf\n");
  CHECK(said("UPDATE entry SET leaf = x'00' WHERE seq = 4") == "entry 4 has no readable leaf\n");
  CHECK(said("DELETE FROM entry WHERE seq = 4").find("state counts 5 entries, there are 4 up to 3") == 0);
  CHECK(said("INSERT INTO move VALUES (77, 0, 1, 1, 1, 1, 5)") == "move 77/0 belongs to no entry\n");
  CHECK(said("INSERT INTO move VALUES (1, 9, 999, 1, 1, 1, 5)") == "move 1/9 has a name that is not there\n");
}

TEST_CASE("a page of noise is noticed") {
  const auto place = filled_place(200);
  const auto path = file_of(*place);
  {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(static_cast<std::streamoff>(std::filesystem::file_size(path) - 8'192));
    file << std::string(8'192, '\x5a');
  }
  const auto store = SqliteStore::open(path, OpenMode::read_only);
  CHECK_FALSE(store->check_integrity().empty());
}

TEST_CASE("the index of entry ids is filled behind the commits and follows its log alone") {
  const auto place = make_place("sqlite");
  const auto ids = file_of(*place) + ".ids";
  constexpr int kEntries = 20'000;
  const auto fill = [&](const std::string& path) {
    const auto store = SqliteStore::create(path);
    SampleLog log(*store);
    for (int i = 0; i < 10; ++i) log.append(kEntries / 10);
    for (int i = 0; i < 40; ++i) store->maintain();
    return store->begin_read()->index_of(sample_entry(7).id);
  };
  CHECK(fill(file_of(*place)) == 7);
  const auto stored = Session(ids, Access::read).number("SELECT count(*) FROM id");
  CHECK(stored >= 16'384);
  CHECK(Session(ids, Access::read).number("SELECT size FROM extent") == stored);
  const auto found = [&] {
    const auto store = place->open();
    for (int i = 0; i < 40; ++i) store->maintain();
    const auto reader = store->begin_read();
    return std::vector{reader->index_of(sample_entry(7).id), reader->index_of(sample_entry(kEntries - 1).id)};
  };
  const auto all = std::vector<std::optional<std::int64_t>>{7, kEntries - 1};
  CHECK(found() == all);
  std::ofstream(ids) << std::string(100'000, 'x');
  CHECK(found() == all);
  Session(ids, Access::write).execute("DELETE FROM id; UPDATE extent SET head = zeroblob(32)");
  CHECK(found() == all);
  Session(ids, Access::write).execute("UPDATE extent SET size = 1000000");
  CHECK(found() == all);
}

TEST_CASE("the write-ahead log does not grow without bound while there is always somebody who reads") {
  const auto place = make_place("sqlite");
  const auto store = place->create();
  SampleLog log(*store);
  std::atomic<bool> ending = false;
  const auto read = [&] {
    while (!ending) {
      const auto reader = store->begin_read();
      reader->state();
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  };
  std::thread first(read), second(read), tidying([&] {
    while (!ending) store->maintain(), std::this_thread::sleep_for(std::chrono::milliseconds(1));
  });
  for (int i = 0; i < 130; ++i) log.append(150);
  ending = true;
  first.join(), second.join(), tidying.join();
  CHECK(store->begin_read()->state().size == 130 * 150);
  CHECK(store->check_integrity().empty());
  CHECK(std::filesystem::file_size(file_of(*place) + "-wal") < std::uintmax_t{80} << 20);
  CHECK(std::filesystem::file_size(file_of(*place)) > std::uintmax_t{16} << 20);
}

TEST_CASE("a scratch store is gone with its object") {
  std::string before;
  {
    const auto store = SqliteStore::scratch();
    SampleLog(*store).append(10);
    CHECK(store->begin_read()->state().size == 10);
    CHECK(store->check_integrity() == std::vector<std::string>{});
  }
  CHECK(SqliteStore::library_version().starts_with("3."));
}
