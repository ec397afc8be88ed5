#pragma once

#include "registry/log/log_reader.h"
#include "registry/store/store.h"

namespace registry {

/// A store as the verifier reads it. Borrows the reader.
class StoredLog : public LogReader {
 public:
  explicit StoredLog(Reader& reader);
  /// What the state says, as far as there are entries: a damaged number must not send the verifier on an endless walk.
  std::uint64_t size() const override { return size_; }
  std::vector<StoredEntry> entries(std::uint64_t first, std::size_t count) const override;
  std::vector<StoredCheckpoint> checkpoints(std::uint64_t from_size, std::size_t count) const override;
  bool keeps_tiles() const override { return true; }
  std::optional<Tile> tile(int level, std::uint64_t index) const override;
  std::optional<LogHead> head() const override;

 private:
  Reader& reader_;
  std::uint64_t size_;
};

}  // namespace registry
