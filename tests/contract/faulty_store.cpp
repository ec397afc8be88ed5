#include "tests/contract/faulty_store.h"

#include <utility>

#include "registry/base/fault.h"

namespace contract {
namespace {

using namespace registry;

class FaultyAppend final : public AppendTx {
 public:
  FaultyAppend(FaultyStore& store, std::unique_ptr<AppendTx> tx) : store_(store), tx_(std::move(tx)) {}

  LogState state() override {
    return store_.run([&] { return tx_->state(); });
  }
  std::optional<EntryRow> entry(std::int64_t index) override {
    return store_.run([&] { return tx_->entry(index); });
  }
  std::vector<EntryRow> entries(std::int64_t from, std::size_t count) override {
    return store_.run([&] { return tx_->entries(from, count); });
  }
  std::optional<std::int64_t> index_of(std::string_view chain, std::int64_t cseq) override {
    return store_.run([&] { return tx_->index_of(chain, cseq); });
  }
  std::optional<std::int64_t> index_of(const crypto::Digest& id) override {
    return store_.run([&] { return tx_->index_of(id); });
  }
  std::optional<Tile> tile(int level, std::uint64_t index) override {
    return store_.run([&] { return tx_->tile(level, index); });
  }
  std::optional<CheckpointRow> checkpoint(std::optional<std::int64_t> size_max) override {
    return store_.run([&] { return tx_->checkpoint(size_max); });
  }
  std::vector<MoveRow> moves(std::int64_t from, std::size_t count) override {
    return store_.run([&] { return tx_->moves(from, count); });
  }
  std::vector<Row> load(const TableSpec& table, std::span<const std::string> keys) override {
    return store_.run([&] { return tx_->load(table, keys); });
  }
  std::vector<Row> query(std::string_view sql, std::span<const Value> values) override {
    return store_.run([&] { return tx_->query(sql, values); });
  }
  void insert_entries(std::span<const EntryRow> entries) override {
    store_.run([&] { tx_->insert_entries(entries); });
  }
  void list_entries(std::span<const EntryPlace> entries) override {
    store_.run([&] { tx_->list_entries(entries); });
  }
  void insert_moves(std::span<const MoveRow> moves) override {
    store_.run([&] { tx_->insert_moves(moves); });
  }
  void insert_tiles(std::span<const Tile> tiles) override {
    store_.run([&] { tx_->insert_tiles(tiles); });
  }
  void insert_checkpoint(const CheckpointRow& checkpoint) override {
    store_.run([&] { tx_->insert_checkpoint(checkpoint); });
  }
  void upsert(const TableSpec& table, std::span<const Row> rows) override {
    store_.run([&] { tx_->upsert(table, rows); });
  }
  void erase(const TableSpec& table, std::span<const std::string> keys) override {
    store_.run([&] { tx_->erase(table, keys); });
  }
  void advance(const LogState& before, const LogState& after) override {
    store_.run([&] { tx_->advance(before, after); });
  }
  void commit() override {
    store_.run([&] { tx_->commit(); }, true);
  }

 private:
  FaultyStore& store_;
  std::unique_ptr<AppendTx> tx_;
};

}  // namespace

std::unique_ptr<AppendTx> FaultyStore::begin_append() {
  return std::make_unique<FaultyAppend>(*this, run([&] { return store_.begin_append(); }));
}

std::unique_ptr<AppendTx> FaultyStore::begin_fold() {
  return std::make_unique<FaultyAppend>(*this, run([&] { return store_.begin_fold(); }));
}

std::unique_ptr<Reader> FaultyStore::begin_read() {
  return run([&] { return store_.begin_read(); });
}

std::unique_ptr<Reader> FaultyStore::begin_log_read() {
  return run([&] { return store_.begin_log_read(); });
}

std::int64_t FaultyStore::next_epoch() {
  return run([&] { return store_.next_epoch(); });
}

void FaultyStore::maintain() { store_.maintain(); }

void FaultyStore::backup_to(const std::string& path) {
  run([&] { store_.backup_to(path); });
}

void FaultyStore::fail(bool is_commit) const {
  throw StoreFault(is_commit ? StoreError::unknown_outcome : StoreError::busy, "the fault that was asked for");
}

}  // namespace contract
