#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "crypto/digest.h"
#include "registry/base/time.h"
#include "registry/domain/outcome.h"
#include "registry/domain/table.h"
#include "registry/store/store.h"

// The read tables as they were: every row with the log index from which it stood so, and the event time of the entry
// that made it so. Folded from the log like the read tables, behind the commits and in a file of its own, so that it
// costs appending nothing and can be thrown away.
namespace registry {

/// From where the past is looked at.
struct Moment {
  /// What was known when this entry was the newest.
  std::int64_t known_at = 0;
  /// Of that only what had happened by this time; without it everything that was known.
  std::optional<UtcTime> as_of = {};
};

struct HistoryState {
  /// Entries that are folded, from the first on.
  std::int64_t folded = 0;
  /// Leaf hash of the last of them; zero for none. Tells another log.
  crypto::Digest head;
};

/// Adds entries in log order. Destroyed without commit, it leaves nothing behind.
class HistoryTx {
 public:
  virtual ~HistoryTx() = default;
  /// The newest rows of these keys, as Reader::load.
  virtual std::vector<Row> load(const TableSpec& table, std::span<const std::string> keys) = 0;
  /// Event time of a folded entry.
  virtual std::optional<UtcTime> event_of(std::int64_t index) = 0;

  virtual void add_event(std::int64_t index, UtcTime event) = 0;
  /// Rows of any table but balance, as the entry left them. Rows of these tables are never erased.
  virtual void put(const TableSpec& table, std::span<const Row> rows, std::int64_t index, UtcTime event) = 0;
  /// The moves of the entry; balances are their sums.
  virtual void add_moves(std::span<const Move> moves, std::int64_t index, UtcTime event) = 0;
  virtual void commit(const HistoryState& after) = 0;
};

/// Throws StoreFault and nothing else. Folding is for one thread at a time, reading for any.
class History {
 public:
  virtual ~History() = default;

  virtual HistoryState state() = 0;
  /// Forgets everything.
  virtual void clear() = 0;
  virtual std::unique_ptr<HistoryTx> begin_fold() = 0;
  /// A reader that sees the log and all read tables as of a moment, `then` being the end of the log at it: every query
  /// that runs on Store::begin_read runs on it unchanged. Besides, queries find the view event (seq, time) there, the
  /// event time of each entry in milliseconds. The entries up to `moment.known_at` must be folded.
  virtual std::unique_ptr<Reader> begin_read(const Moment& moment, const LogState& then) = 0;
};

}  // namespace registry
