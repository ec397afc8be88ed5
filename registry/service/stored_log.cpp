#include "registry/service/stored_log.h"

#include <algorithm>

namespace registry {
namespace {

constexpr std::string_view kExtentSql = "SELECT coalesce(max(seq), -1), count(*) FROM entry";
/// Entries that are not there are named one by one up to this many.
constexpr std::int64_t kMissingMax = 1'000'000;

std::uint64_t believable_size(Reader& reader) {
  const auto rows = reader.query(kExtentSql, {});
  const std::int64_t last = std::get<std::int64_t>(rows.at(0).at(0)), count = std::get<std::int64_t>(rows[0].at(1));
  const std::int64_t most = std::min(reader.state().size, count + kMissingMax);
  const std::int64_t size = last < most ? last + 1 : most;
  return static_cast<std::uint64_t>(std::max<std::int64_t>(size, 0));
}

constexpr std::string_view kCheckpointsSql =
    "SELECT size, note FROM checkpoint WHERE size >= $1 ORDER BY size LIMIT $2";

}  // namespace

StoredLog::StoredLog(Reader& reader) : reader_(reader), size_(believable_size(reader)) {}

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
  for (const Row& row :
       reader_.query(kCheckpointsSql, {static_cast<std::int64_t>(from_size), static_cast<std::int64_t>(count)}))
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
