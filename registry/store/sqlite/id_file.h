#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "crypto/digest.h"
#include "registry/store/sqlite/session.h"

namespace registry::sqlite {

/// An entry id as the side file keeps it: its first eight bytes, and the log index of the entry.
struct ShortId {
  std::int64_t id8 = 0;
  std::int64_t seq = 0;
  friend auto operator<=>(const ShortId&, const ShortId&) = default;
};

std::int64_t first_bytes(const crypto::Digest& id);

/// The file beside the store that finds entries by id. All in it can be had from the store again.
class IdFile {
 public:
  /// How much of the log the file covers: the entries below `size`, of which the last has this leaf hash.
  struct Extent {
    std::int64_t size = 0;
    crypto::Digest head;
  };

  /// Opens the file, or makes it when it may write. Throws StoreFault.
  IdFile(const std::string& path, Access access);

  Extent extent();
  std::vector<std::int64_t> find(std::int64_t id8);
  /// Stores ids, best in order of id8; those that are there already are left.
  void insert(std::span<const ShortId> ids);
  void set_extent(const Extent& extent);

  static void remove(const std::string& path) noexcept;

 private:
  Session session_;
};

}  // namespace registry::sqlite
