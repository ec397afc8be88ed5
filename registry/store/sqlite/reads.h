#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "registry/store/sqlite/session.h"
#include "registry/store/store.h"

namespace registry::sqlite {

/// The reading half of the port on one session, inside whatever transaction it is in.
class Reads {
 public:
  explicit Reads(Session& session) : session_(session) {}

  LogState state();
  std::optional<EntryRow> entry(std::int64_t index);
  std::vector<EntryRow> entries(std::int64_t from, std::size_t count);
  std::optional<std::int64_t> index_of(std::string_view chain, std::int64_t cseq);
  std::optional<Tile> tile(int level, std::uint64_t index);
  std::optional<CheckpointRow> checkpoint(std::optional<std::int64_t> size_max);
  std::vector<MoveRow> moves(std::int64_t from, std::size_t count);
  std::vector<Row> load(const TableSpec& table, std::span<const std::string> keys);
  std::vector<Row> query(std::string_view sql, std::span<const Value> values);

  /// The leaves alone, in order.
  std::vector<std::string> leaves(std::int64_t from, std::size_t count);

 private:
  Session& session_;
};

}  // namespace registry::sqlite
