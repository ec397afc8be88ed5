#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "registry/base/time.h"
#include "registry/store/store.h"

namespace registry {

/// What an entry's leaf says about who signed it and when.
struct SignedEntry {
  std::int64_t index = 0;
  std::string type, party;
  /// As the author claims, and by the registry.
  UtcTime time, rtime;
  /// Key ids of the signers, hex, the author's first. None when the leaf is damaged.
  std::vector<std::string> keys;
};

/// Entries by index, each read once.
class SignedEntries {
 public:
  explicit SignedEntries(Reader& reader) : reader_(reader) {}
  /// Throws StoreFault corrupt for an entry that is not there.
  const SignedEntry& at(std::int64_t index);

 private:
  Reader& reader_;
  std::unordered_map<std::int64_t, SignedEntry> entries_;
};

SignedEntry signed_entry(const EntryRow& row);

}  // namespace registry
