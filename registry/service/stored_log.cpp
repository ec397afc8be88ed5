#include "registry/service/stored_log.h"

namespace registry {
namespace {

constexpr std::string_view kCheckpointsSql =
    "SELECT size, note FROM checkpoint WHERE size >= $1 ORDER BY size LIMIT $2";

}  // namespace

std::uint64_t StoredLog::size() const { return static_cast<std::uint64_t>(reader_.state().size); }

std::vector<StoredEntry> StoredLog::entries(std::uint64_t first, std::size_t count) const {
  std::vector<StoredEntry> out;
  for (EntryRow& row : reader_.entries(static_cast<std::int64_t>(first), count)) {
    StoredEntry entry;
    entry.index = static_cast<std::uint64_t>(row.index);
    entry.leaf = std::move(row.leaf);
    entry.outcome = std::move(row.outcome);
    entry.payload = std::move(row.payload);
    out.push_back(std::move(entry));
  }
  return out;
}

std::vector<StoredCheckpoint> StoredLog::checkpoints(std::uint64_t from_size, std::size_t count) const {
  std::vector<StoredCheckpoint> out;
  for (const Row& row : reader_.query(kCheckpointsSql, {static_cast<std::int64_t>(from_size),
                                                        static_cast<std::int64_t>(count)}))
    out.push_back({static_cast<std::uint64_t>(std::get<std::int64_t>(row[0])), std::get<std::string>(row[1])});
  return out;
}

std::optional<Tile> StoredLog::tile(int level, std::uint64_t index) const { return reader_.tile(level, index); }

std::optional<LogHead> StoredLog::head() const {
  const LogState state = reader_.state();
  return LogHead{static_cast<std::uint64_t>(state.size), state.root, state.rtime, state.head,
                 static_cast<std::uint64_t>(state.policy)};
}

}  // namespace registry
