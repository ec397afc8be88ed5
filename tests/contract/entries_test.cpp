#include <catch2/catch.hpp>

#include "registry/log/leaf.h"
#include "tests/contract/maker.h"
#include "tests/contract/samples.h"

using namespace registry;
using namespace contract;

namespace {

void check_same(const EntryRow& a, const EntryRow& b) {
  CHECK(a.index == b.index);
  CHECK(a.leaf == b.leaf);
  CHECK(a.payload == b.payload);
  CHECK(a.outcome == b.outcome);
  CHECK(a.chain == b.chain);
  CHECK(a.cseq == b.cseq);
  CHECK(a.party == b.party);
  CHECK(a.type == b.type);
  CHECK(a.rtime == b.rtime);
  CHECK(a.id == b.id);
}

void insert_listed(AppendTx& tx, const std::vector<EntryRow>& entries) {
  tx.insert_entries(entries);
  std::vector<EntryPlace> places;
  for (const auto& entry : entries) places.push_back(place_of(entry));
  tx.list_entries(places);
}

void store_entries(Store& store, const std::vector<EntryRow>& entries) {
  auto tx = store.begin_append();
  const auto before = tx->state();
  insert_listed(*tx, entries);
  auto after = before;
  after.size += static_cast<std::int64_t>(entries.size());
  after.folded = after.size;
  tx->advance(before, after);
  tx->commit();
}

}  // namespace

TEST_CASE("a new store is empty and sound") {
  const auto place = make_place(GENERATE(from_range(kinds())));
  const auto store = place->create();
  const auto reader = store->begin_read();
  CHECK(reader->state().size == 0);
  CHECK(reader->state().head == crypto::Digest::zero());
  CHECK_FALSE(reader->entry(0));
  CHECK(reader->entries(0, 10).empty());
  CHECK_FALSE(reader->checkpoint());
  CHECK_FALSE(reader->tile(0, 0));
  CHECK(reader->moves(0, 10).empty());
  CHECK_FALSE(reader->index_of("none", 1));
  CHECK_FALSE(reader->index_of(crypto::Digest::zero()));
  CHECK(store->check_integrity() == std::vector<std::string>{});
}

TEST_CASE("an entry is read back byte for byte") {
  const auto place = make_place(GENERATE(from_range(kinds())));
  const auto store = place->create();
  std::vector<EntryRow> entries = {sample_entry(0, 1, 1, ""), sample_entry(1, 1, 2, std::string("a\0b\0", 4)),
                                   sample_entry(2, 2, 1, R"({"name":"盐酸麻黄碱"})"),
                                   sample_entry(3, 2, 2, std::string(200'000, 'x'))};
  entries[0].outcome.clear();
  entries[1].outcome = std::string("\0\xff\x00", 3);
  store_entries(*store, entries);
  const auto reader = store->begin_read();
  for (const auto& entry : entries) check_same(reader->entry(entry.index).value(), entry);
  const auto page = reader->entries(1, 2);
  REQUIRE(page.size() == 2);
  check_same(page[1], entries[2]);
  CHECK(reader->entries(3, 10).size() == 1);
}

TEST_CASE("an entry is found by its place in its chain and by its id") {
  const auto place = make_place(GENERATE(from_range(kinds())));
  const auto entries = std::vector{sample_entry(0, 1, 1), sample_entry(1, 2, 1), sample_entry(2, 1, 2)};
  {
    const auto store = place->create();
    auto tx = store->begin_append();
    insert_listed(*tx, entries);
    CHECK(tx->index_of(entries[2].id) == 2);
    CHECK(tx->index_of(entries[2].chain, 2) == 2);
    tx.reset();
    CHECK_FALSE(store->begin_read()->index_of(entries[2].id));
    store_entries(*store, entries);
    const auto reader = store->begin_read();
    CHECK(reader->index_of(entries[1].chain, 1) == 1);
    CHECK(reader->index_of(entries[0].chain, 2) == 2);
    CHECK_FALSE(reader->index_of(entries[0].chain, 3));
    CHECK(reader->index_of(entries[1].id) == 1);
    CHECK_FALSE(reader->index_of(crypto::sha256("another")));
  }
  CHECK(place->open()->begin_read()->index_of(entries[0].id) == 0);
  place->lose_id_index();
  CHECK(place->open_read_only()->begin_read()->index_of(entries[2].id) == 2);
  CHECK(place->open()->begin_read()->index_of(entries[2].id) == 2);
}

TEST_CASE("a reader does not find an entry that is younger than its snapshot") {
  const auto place = make_place(GENERATE(from_range(kinds())));
  const auto store = place->create();
  const auto early = store->begin_read();
  store_entries(*store, {sample_entry(0)});
  CHECK_FALSE(early->index_of(sample_entry(0).id));
  CHECK(store->begin_read()->index_of(sample_entry(0).id) == 0);
}

TEST_CASE("neither an index nor a place in a chain is given twice") {
  const auto place = make_place(GENERATE(from_range(kinds())));
  const auto store = place->create();
  store_entries(*store, {sample_entry(0, 1, 1)});
  CHECK(fault_of([&] { store_entries(*store, {sample_entry(0, 1, 2)}); }) == StoreError::conflict);
  CHECK(fault_of([&] { store_entries(*store, {sample_entry(1, 1, 1)}); }) == StoreError::conflict);
  CHECK(store->begin_read()->state().size == 1);
}

TEST_CASE("moves come back in the order of entries and places") {
  const auto place = make_place(GENERATE(from_range(kinds())));
  const auto store = place->create();
  const std::vector<MoveRow> moves = {{4, 0, {"CN2-02", "批-1", "produced", "site:S1", 9'007'199'254'740'992}},
                                      {4, 1, {"CN2-02", "批-1", "site:S1", "used", 1}},
                                      {9, 0, {"CN1-01", "", "granted", "permit:X", 7}}};
  auto tx = store->begin_append();
  tx->insert_moves(std::vector{moves[2], moves[1], moves[0]});
  tx->commit();
  const auto reader = store->begin_read();
  const auto found = reader->moves(0, 100);
  REQUIRE(found.size() == 3);
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(found[i].index == moves[i].index);
    CHECK(found[i].n == moves[i].n);
    CHECK(found[i].move == moves[i].move);
  }
  CHECK(reader->moves(4, 1).size() == 2);
  CHECK(reader->moves(5, 4).empty());
  CHECK(reader->moves(5, 5).size() == 1);
  CHECK(reader->query("SELECT amount FROM move_text WHERE lot = $1 ORDER BY n", {std::string("批-1")}) ==
        std::vector<Row>{{9'007'199'254'740'992}, {1}});
}

TEST_CASE("tiles and checkpoints come back as stored") {
  const auto place = make_place(GENERATE(from_range(kinds())));
  const auto store = place->create();
  std::string hashes;
  for (std::size_t i = 0; i < kTileWidth; ++i) hashes += crypto::sha256(std::to_string(i)).view();
  const Tile tile{1, 7, hashes, crypto::sha256("root")};
  auto tx = store->begin_append();
  tx->insert_tiles({&tile, 1});
  tx->insert_checkpoint({3, "three\n— 签名\n"});
  tx->insert_checkpoint({5, "five\n"});
  tx->commit();
  const auto reader = store->begin_read();
  const auto found = reader->tile(1, 7);
  REQUIRE(found);
  CHECK(found->hashes == hashes);
  CHECK(found->root == tile.root);
  CHECK((found->level == 1 && found->index == 7));
  CHECK_FALSE(reader->tile(0, 7));
  CHECK(reader->checkpoint()->size == 5);
  CHECK(reader->checkpoint(4)->note == "three\n— 签名\n");
  CHECK_FALSE(reader->checkpoint(2));
}
