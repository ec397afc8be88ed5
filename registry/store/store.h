#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/digest.h"
#include "registry/base/fault.h"
#include "registry/base/time.h"
#include "registry/domain/outcome.h"
#include "registry/domain/table.h"
#include "registry/log/tree.h"

namespace registry {

class History;

/// The end of the log as the last commit left it.
struct LogState {
  std::int64_t size = 0;
  /// Root of the tree over all leaves.
  crypto::Digest root;
  /// Leaf hash of the last entry; zero for none.
  crypto::Digest head;
  UtcTime rtime;
  /// Index of the policy entry in force.
  std::int64_t policy = 0;
  /// The read tables, moves and look-ups take in the first `folded` entries. They follow the log.
  std::int64_t folded = 0;
  /// Raised at every start; a commit of an older epoch is refused.
  std::int64_t epoch = 0;
  friend bool operator==(const LogState&, const LogState&) = default;
};

/// One entry as it is kept. The columns after `outcome` are found in the leaf too; they are there to look entries up.
/// Read back from a leaf that is damaged, `id` is zero.
struct EntryRow {
  std::int64_t index = 0;
  std::string leaf, payload, outcome;
  std::string chain;
  std::int64_t cseq = 0;
  std::string party, type;
  UtcTime rtime;
  crypto::Digest id;
};

/// What lists of entries show, and where an entry stands in its chain.
struct EntryPlace {
  std::int64_t index = 0;
  std::string chain;
  std::int64_t cseq = 0;
  std::string party, type;
  UtcTime rtime;
};

inline EntryPlace place_of(const EntryRow& row) {
  return {row.index, row.chain, row.cseq, row.party, row.type, row.rtime};
}

/// A signed tree head. One is stored for each commit.
struct CheckpointRow {
  std::int64_t size = 0;
  std::string note;
};

/// A move of an entry, as read back.
struct MoveRow {
  std::int64_t index = 0;
  /// Place among the moves of the entry, from 0.
  std::int64_t n = 0;
  Move move;
};

/// What both kinds of transaction can read: the state as of their beginning. `state`, `entry`, `entries`, `tile`,
/// `checkpoint` and look-up by id see the whole log; all else sees the first `state().folded` entries.
class Reader {
 public:
  virtual ~Reader() = default;

  virtual LogState state() = 0;
  virtual std::optional<EntryRow> entry(std::int64_t index) = 0;
  /// Up to `count` entries from `from` on, in order.
  virtual std::vector<EntryRow> entries(std::int64_t from, std::size_t count) = 0;
  virtual std::optional<std::int64_t> index_of(std::string_view chain, std::int64_t cseq) = 0;
  virtual std::optional<std::int64_t> index_of(const crypto::Digest& entry_id) = 0;
  /// A complete tile.
  virtual std::optional<Tile> tile(int level, std::uint64_t index) = 0;
  /// The newest, or the newest of at most that size.
  virtual std::optional<CheckpointRow> checkpoint(std::optional<std::int64_t> size_max = {}) = 0;
  /// All moves of the `count` entries from `from` on, in order: counted in entries, so that none is cut in two.
  virtual std::vector<MoveRow> moves(std::int64_t from, std::size_t count) = 0;

  /// Rows of a read table by key; keys that are not there are left out. One statement or a few, never one a key on a
  /// networked store.
  virtual std::vector<Row> load(const TableSpec& table, std::span<const std::string> keys) = 0;

  /// One SELECT in the common part of SQL, placeholders $1, $2 … in order of first appearance, values bound. Column
  /// order as selected; text columns as text, all others as integers. NULL is a fault: coalesce it in the query. The
  /// views entry_text and move_text give entries and moves with their names.
  virtual std::vector<Row> query(std::string_view sql, std::span<const Value> values) = 0;
  std::vector<Row> query(std::string_view sql, std::initializer_list<Value> values = {}) {
    return query(sql, std::span<const Value>(values.begin(), values.size()));
  }
};

/// The one writing transaction. Destroyed without commit, it leaves nothing behind.
class AppendTx : public Reader {
 public:
  virtual void insert_entries(std::span<const EntryRow> entries) = 0;
  /// Of entries that are stored: from now on they are found by chain, party and type.
  virtual void list_entries(std::span<const EntryPlace> entries) = 0;
  /// `n` is the place in its entry.
  virtual void insert_moves(std::span<const MoveRow> moves) = 0;
  virtual void insert_tiles(std::span<const Tile> tiles) = 0;
  virtual void insert_checkpoint(const CheckpointRow& checkpoint) = 0;
  /// Puts rows or takes their place; fixed columns of a row that is there stay as they are.
  virtual void upsert(const TableSpec& table, std::span<const Row> rows) = 0;
  virtual void erase(const TableSpec& table, std::span<const std::string> keys) = 0;
  /// Throws StoreFault conflict unless size and epoch of the stored state are those of `before`.
  virtual void advance(const LogState& before, const LogState& after) = 0;
  /// Durable when it returns. Throws StoreFault unknown_outcome when that is not certain: then nothing more may be
  /// written until the process has started anew and read what happened.
  virtual void commit() = 0;
};

/// A place where one ledger is kept. Throws StoreFault and nothing else.
class Store {
 public:
  virtual ~Store() = default;

  /// For the one sequencer thread.
  virtual std::unique_ptr<AppendTx> begin_append() = 0;
  /// For the same thread and what can be made anew from the log: its commit is visible at once and durable with the
  /// next commit of an append.
  virtual std::unique_ptr<AppendTx> begin_fold() = 0;
  /// A snapshot in which every entry is folded; never blocks the writer. Waits for a free session and for the fold to
  /// catch up. One thread at a time.
  virtual std::unique_ptr<Reader> begin_read() = 0;
  /// The same for who reads the log alone: the fold may be behind, and is not waited for.
  virtual std::unique_ptr<Reader> begin_log_read() = 0;

  /// Somebody waits for the fold.
  virtual bool fold_wanted() const = 0;
  /// `wake` is called, on any thread, when somebody begins to wait for the fold; an empty one ends this.
  virtual void on_fold_wanted(std::function<void()> wake) = 0;
  /// The fold cannot catch up for now: readers get what there is until an append or fold commits again.
  virtual void give_up_fold() = 0;

  /// Takes the next epoch; called once at start.
  virtual std::int64_t next_epoch() = 0;
  /// Housekeeping after commits: moves the write-ahead log into the file when it has grown, fills the index of entry
  /// ids. Beside the writer; one thread at a time.
  virtual void maintain() = 0;
  /// A consistent copy while in use; throws if the target exists.
  virtual void backup_to(const std::string& path) = 0;
  /// What is wrong with the file or schema itself, one line each; empty when sound.
  virtual std::vector<std::string> check_integrity() = 0;
  /// The read tables as they were, opened when first asked for; it must end before the store. One at a time.
  virtual std::unique_ptr<History> open_history() = 0;
};

}  // namespace registry
