#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "crypto/digest.h"
#include "registry/base/time.h"
#include "registry/log/tile.h"

namespace registry {

/// One entry with what is stored beside it.
struct StoredEntry {
  std::uint64_t index = 0;
  std::string leaf;
  std::string outcome;
  /// Nothing where a copy of the log comes without payloads.
  std::optional<std::string> payload;
  /// All commitments in order, where they are kept; also after values were erased.
  std::optional<std::vector<crypto::Digest>> commitments;
  /// A receipt given out for it, where one is kept.
  std::optional<std::string> receipt;
};

struct StoredCheckpoint {
  std::uint64_t size = 0;
  /// The signed note.
  std::string note;
};

/// Where a store says its log ends.
struct LogHead {
  std::uint64_t size = 0;
  crypto::Digest root;
  UtcTime rtime;
  /// Leaf hash of the last entry; zero for an empty log.
  crypto::Digest last_leaf;
  /// Index of the policy entry in force; nothing where the store does not say.
  std::optional<std::uint64_t> policy = {};
};

/// A stored log as the verifier reads it: a database, a backup, a folder of tiles. Called from one thread. What cannot
/// be read is left out and becomes a defect; only a store that fails altogether throws Fault.
class LogReader {
 public:
  virtual ~LogReader() = default;

  /// How many entries it says it has.
  virtual std::uint64_t size() const = 0;
  /// Those of entries first, first + 1 ... first + count - 1 that exist, ascending.
  virtual std::vector<StoredEntry> entries(std::uint64_t first, std::size_t count) const = 0;
  /// The first `count` stored checkpoints of size >= from_size, ascending.
  virtual std::vector<StoredCheckpoint> checkpoints(std::uint64_t from_size, std::size_t count) const = 0;
  /// False for a reader without stored tiles; then none are asked for.
  virtual bool keeps_tiles() const = 0;
  virtual std::optional<Tile> tile(int level, std::uint64_t index) const = 0;
  /// Nothing for a copy without a state row.
  virtual std::optional<LogHead> head() const = 0;
};

}  // namespace registry
