#include "registry/service/startup.h"

#include "crypto/checkpoint.h"
#include "registry/log/leaf.h"
#include "registry/service/proofs.h"
#include "registry/service/seen_roots.h"
#include "registry/views/refold.h"

namespace registry {
namespace {

/// Leaves whose chain is followed again at each start.
constexpr std::int64_t kRecheckedLeaves = 10'000;
constexpr std::size_t kLeavesAtOnce = 500;
/// The clock may have been set back this much since the last entry.
constexpr std::int64_t kClockBackMaxMs = 5'000;

using Doubt = std::optional<std::string>;

LogTree load_tree(Reader& reader, std::int64_t size) {
  return LogTree(static_cast<std::uint64_t>(size), [&](int level, std::uint64_t first, std::uint64_t count) {
    std::vector<crypto::Digest> hashes;
    if (level == 0) {
      for (const EntryRow& row : reader.entries(static_cast<std::int64_t>(first), count))
        hashes.push_back(leaf_hash(row.leaf));
      return hashes;
    }
    for (std::uint64_t i = first; i < first + count; ++i)
      if (const auto tile = reader.tile(level - 1, i)) hashes.push_back(tile->root);
    return hashes;
  });
}

/// One leaf: reads, stands at its place, names the one before.
Doubt check_leaf(const EntryRow& row, std::int64_t index, const std::optional<crypto::Digest>& prev) {
  const auto leaf = parse_leaf(row.leaf);
  const std::string place = "entry " + std::to_string(index);
  if (row.index != index) return place + " is missing";
  if (!leaf || leaf->frame.seq != static_cast<std::uint64_t>(index)) return place + " cannot be read";
  if (prev && leaf->frame.prev != *prev) return place + " does not name the entry before it";
  if (crypto::sha256(row.outcome) != leaf->frame.outcome_hash) return "the outcome of " + place + " was changed";
  return {};
}

Doubt check_newest_leaves(Reader& reader, const LogState& state) {
  std::optional<crypto::Digest> prev;
  std::int64_t next = std::max<std::int64_t>(0, state.size - kRecheckedLeaves);
  if (next == 0) prev = crypto::Digest::zero();
  while (next < state.size) {
    const auto rows = reader.entries(next, kLeavesAtOnce);
    if (rows.empty()) return "entry " + std::to_string(next) + " is missing";
    for (const EntryRow& row : rows) {
      if (auto doubt = check_leaf(row, next, prev)) return doubt;
      prev = leaf_hash(row.leaf);
      ++next;
    }
  }
  if (next != state.size) return "there are more entries than the log's size";
  if (state.size > 0 && *prev != state.head) return "the last entry is not the one that was committed";
  return {};
}

Doubt check_checkpoint(Reader& reader, const LogState& state, const crypto::NoteVerifier& log) {
  const auto newest = reader.checkpoint();
  if (!newest) return "there is no checkpoint";
  const auto opened = crypto::open_checkpoint(newest->note, log);
  if (!opened) return "the newest checkpoint is not signed by this log's key";
  if (opened->size != static_cast<std::uint64_t>(state.size) || opened->root != state.root)
    return "the newest checkpoint is not that of the stored log";
  return {};
}

Doubt check_anchor(Reader& reader, const LogState& state, const AnchorFile& anchor) {
  const auto point = anchor.read();
  if (!point || point->size == 0) return {};
  if (point->size > static_cast<std::uint64_t>(state.size))
    return "the anchor knows " + std::to_string(point->size) + " entries, the database only " +
           std::to_string(state.size) + ": an old copy was put back";
  if (root_at(reader, point->size) != point->root)
    return "the anchor knows another log of " + std::to_string(point->size) + " entries";
  return {};
}

Doubt check_log_key(Reader& reader, const crypto::NoteVerifier& log) {
  const std::string key[] = {"log_key"};
  const auto rows = reader.load(table_spec<Setting>(), key);
  const auto row = rows.empty() ? std::nullopt : from_row<Setting>(rows.front());
  if (!row || row->value != log.vkey()) return "the configured log key is not the one of this ledger";
  return {};
}

Doubt check_clock(const LogState& state, const Clock& clock) {
  if (clock.now().ms + kClockBackMaxMs < state.rtime.ms)
    return "the clock (" + clock.now().str() + ") is before the last entry (" + state.rtime.str() + ")";
  return {};
}

/// About the log itself, which must be as it was before anything is made from it.
Doubt first_doubt(Reader& reader, const LogState& state, const LogTree& tree, const AnchorFile& anchor,
                  const crypto::NoteVerifier& log, const Clock& clock) {
  if (tree.root() != state.root) return "the stored tree does not give the stored root";
  if (auto doubt = check_newest_leaves(reader, state)) return doubt;
  if (auto doubt = check_checkpoint(reader, state, log)) return doubt;
  if (auto doubt = check_anchor(reader, state, anchor)) return doubt;
  return check_clock(state, clock);
}

}  // namespace

StartReport check_at_start(Store& store, const AnchorFile& anchor, const crypto::NoteVerifier& log,
                           const Clock& clock) {
  StartReport report;
  store.next_epoch();
  const auto reader = store.begin_read();
  report.state = reader->state();
  if (report.state.size == 0) {
    if (const auto point = anchor.read(); point && point->size > 0)
      report.quarantine = "the anchor knows " + std::to_string(point->size) + " entries, the database none";
    return report;
  }
  try {
    report.tree = load_tree(*reader, report.state.size);
    report.quarantine = first_doubt(*reader, report.state, report.tree, anchor, log, clock);
    if (!report.quarantine) report.state.folded = catch_up(store);
    if (!report.quarantine) report.quarantine = check_log_key(*store.begin_read(), log);
  } catch (const std::exception& fault) {
    report.quarantine = fault.what();
  }
  return report;
}

}  // namespace registry
