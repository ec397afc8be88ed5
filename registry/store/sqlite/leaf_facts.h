#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "crypto/digest.h"
#include "registry/base/time.h"

namespace registry::sqlite {

/// What the leaf says of the columns beside it.
struct LeafFacts {
  std::int64_t index = 0;
  std::string chain;
  std::int64_t cseq = 0;
  std::string party, type;
  UtcTime rtime;
  crypto::Digest id;
};

/// Nothing for bytes that are not a leaf.
std::optional<LeafFacts> read_leaf(std::string_view leaf);

/// The entry id alone; zero for bytes that are not a leaf.
crypto::Digest id_of_leaf(std::string_view leaf);

}  // namespace registry::sqlite
