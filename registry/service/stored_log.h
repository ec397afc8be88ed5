#pragma once

#include "registry/log/log_reader.h"
#include "registry/store/store.h"

namespace registry {

/// A store as the verifier reads it. Borrows the reader.
class StoredLog : public LogReader {
 public:
  explicit StoredLog(Reader& reader) : reader_(reader) {}
  std::uint64_t size() const override;
  std::vector<StoredEntry> entries(std::uint64_t first, std::size_t count) const override;
  std::vector<StoredCheckpoint> checkpoints(std::uint64_t from_size, std::size_t count) const override;
  bool keeps_tiles() const override { return true; }
  std::optional<Tile> tile(int level, std::uint64_t index) const override;
  std::optional<LogHead> head() const override;

 private:
  Reader& reader_;
};

}  // namespace registry
