#include <catch2/catch.hpp>

#include "registry/store/dump.h"
#include "tests/contract/maker.h"
#include "tests/contract/samples.h"

using namespace registry;
using namespace contract;

namespace {

/// Puts a row with every column set, loads it, changes it, erases it.
/// The last column that may change; fixed ones stay as they were put.
std::size_t last_changing(const TableSpec& spec) {
  std::size_t last = spec.columns.size() - 1;
  while (spec.columns[last].fixed) --last;
  return last;
}

template <class T>
void check_table(Store& store) {
  const TableSpec& spec = table_spec<T>();
  INFO(spec.name);
  Row row;
  std::int64_t n = 9'007'199'254'740'992;
  for (const auto& column : spec.columns)
    row.push_back(column.integer ? Value(n++) : Value("值 '" + std::string(column.name) + "\""));
  std::string key = std::get<std::string>(row[0]);
  for (std::size_t i = 1; i < spec.key_columns; ++i) key += kKeySeparator + std::get<std::string>(row[i]);
  const std::vector<std::string> keys = {"absent", key};
  auto tx = store.begin_append();
  tx->upsert(spec, {&row, 1});
  CHECK(tx->load(spec, keys) == std::vector<Row>{row});
  const std::size_t last = last_changing(spec);
  row[last] = spec.columns[last].integer ? Value(std::int64_t{1}) : Value("changed");
  tx->upsert(spec, {&row, 1});
  tx->commit();
  CHECK(store.begin_read()->load(spec, keys) == std::vector<Row>{row});
  tx = store.begin_append();
  tx->erase(spec, keys.size() == 2 ? std::span(keys).last(1) : keys);
  tx->commit();
  CHECK(store.begin_read()->load(spec, keys).empty());
}

template <class... T>
struct EachTable {
  static void check(Store& store) { (check_table<T>(store), ...); }
};

}  // namespace

TEST_CASE("every read table stores, changes and erases rows") {
  const auto place = make_place(GENERATE(from_range(kinds())));
  AllTables<EachTable>::check(*place->create());
}

TEST_CASE("text keeps every byte, numbers every digit") {
  const auto place = make_place(GENERATE(from_range(kinds())));
  const auto store = place->create();
  auto tx = store->begin_append();
  const std::vector<std::string> names = {"", "药品监督管理局", "a'b\"c;--", "123", " 7", std::string("n\0l", 3)};
  for (std::size_t i = 0; i < names.size(); ++i) put(*tx, Setting{"k" + std::to_string(i), names[i], INT64_MIN});
  put(*tx, Setting{"big", "9223372036854775807", INT64_MAX});
  tx->commit();
  const auto reader = store->begin_read();
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto found = load<Setting>(*reader, {"k" + std::to_string(i)});
    REQUIRE(found.size() == 1);
    CHECK(found[0].value == names[i]);
    CHECK(found[0].seq == INT64_MIN);
  }
  CHECK(reader->query("SELECT value, seq FROM setting WHERE name = $1", {std::string("big")}) ==
        std::vector<Row>{{std::string("9223372036854775807"), INT64_MAX}});
}

TEST_CASE("a key that no row can have finds none") {
  const auto place = make_place(GENERATE(from_range(kinds())));
  const auto store = place->create();
  CHECK(load<Lot>(*store->begin_read(), {"a\x1f"
                                         "b",
                                         ""})
            .empty());
  CHECK(load<Balance>(*store->begin_read(), {"a"}).empty());
}

TEST_CASE("an account that holds something never falls below zero, the outside world may") {
  const auto place = make_place(GENERATE(from_range(kinds())));
  const auto store = place->create();
  auto tx = store->begin_append();
  put(*tx, Balance{"produced", "CN2-02", "L1", -5});
  put(*tx, Balance{"site:S1", "CN2-02", "L1", 0});
  CHECK(fault_of([&] { put(*tx, Balance{"site:S1", "CN2-02", "L1", -1}); }) == StoreError::conflict);
  CHECK(fault_of([&] { put(*tx, Balance{"permit:X", "CN2-02", "", -1}); }) == StoreError::conflict);
}

TEST_CASE("a query gives numbers as numbers and texts as texts, whatever they look like") {
  const auto place = make_place(GENERATE(from_range(kinds())));
  const auto store = place->create();
  auto tx = store->begin_append();
  for (int i = 0; i < 3; ++i) put(*tx, Lot{std::to_string(i), "CN2-02", "P-1", "", i, {}, 10 + i});
  tx->commit();
  const auto reader = store->begin_read();
  CHECK(reader->query("SELECT id, seq FROM lot WHERE seq >= $1 AND maker = $2 ORDER BY id", {11, std::string("P-1")}) ==
        std::vector<Row>{{std::string("1"), 11}, {std::string("2"), 12}});
  CHECK(reader->query("SELECT count(*), sum(seq), max(id), coalesce(max(maker), '') FROM lot") ==
        std::vector<Row>{{3, 33, std::string("2"), std::string("P-1")}});
  CHECK(reader->query("SELECT id FROM lot WHERE id = $1 OR parents = $1 OR seq = $2", {std::string("0"), 12}).size() ==
        2);
  CHECK(reader->query("SELECT id FROM lot WHERE id = 'none'").empty());
  CHECK(fault_of([&] { reader->query("SELECT max(seq) FROM lot WHERE id = 'none'"); }) == StoreError::unavailable);
  CHECK(fault_of([&] { reader->query("SELECT nothing FROM lot"); }) == StoreError::unavailable);
}

TEST_CASE("placeholders are bound in the order in which they first appear") {
  const auto place = make_place(GENERATE(from_range(kinds())));
  const auto store = place->create();
  CHECK(store->begin_read()->query("SELECT $1 || '-' || $2 || '-' || $1", {std::string("a"), std::string("b")}) ==
        std::vector<Row>{{std::string("a-b-a")}});
}

TEST_CASE("a dump is in key order, page after page, and says the same for the same rows") {
  const auto place = make_place(GENERATE(from_range(kinds())));
  const auto store = place->create();
  auto tx = store->begin_append();
  for (int i = 2'499; i >= 0; --i) put(*tx, Balance{"site:S", std::to_string(i % 7), std::to_string(i), i});
  tx->commit();
  std::vector<std::string> lines;
  dump_table(*store->begin_read(), table_spec<Balance>(), [&](std::string_view line) { lines.emplace_back(line); });
  REQUIRE(lines.size() == 2'501);
  CHECK(lines[0] == "\"balance\": \"account\", \"substance\", \"lot\", \"amount\"\n");
  CHECK(lines[1] == "6:site:S 1:0 1:0 0\n");
  CHECK(lines[2] == "6:site:S 1:0 4:1001 1001\n");
  const auto other = make_place("sqlite");
  const auto second = other->create();
  tx = second->begin_append();
  for (int i = 0; i < 2'500; ++i) put(*tx, Balance{"site:S", std::to_string(i % 7), std::to_string(i), i});
  tx->commit();
  CHECK(dump(*store->begin_read()) == dump(*second->begin_read()));
}
