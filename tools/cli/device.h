#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "registry/domain/rows.h"
#include "registry/log/header.h"

namespace tools {

/// What the device of a key remembers between two runs, in a file beside the key: how far its chain has come, the
/// newest checkpoint it has verified and under which log key, and an entry that got no answer. With it the author is a
/// witness: a registry that forgets or rewrites is noticed before anything more is signed.
struct DeviceMemory {
  std::string ledger, log_key;
  /// The chain's head; nothing for a key that has not signed.
  std::optional<registry::Chain> chain;
  registry::SeenCheckpoint seen = registry::SeenCheckpoint::none();
  /// Wire form of an entry that was sent and may or may not be stored; empty for none.
  std::string pending;

  /// KEY.memory
  static std::filesystem::path path_for(const std::filesystem::path& key_file);
  /// Empty when there is no file; throws UsageError for one that cannot be read.
  static DeviceMemory load(const std::filesystem::path& path);
  void save(const std::filesystem::path& path) const;
};

}  // namespace tools
