#pragma once

#include <optional>
#include <string>

#include "registry/domain/working_set.h"
#include "registry/log/header.h"

namespace registry {

/// Where an entry stands towards its author's chain.
enum class PlaceKind {
  next,   ///< follows the head
  known,  ///< its place is taken: by the same entry, or by another one, which is a fork
};

/// Decides it from the chain's row (null for a chain that is not there). Refusals name the head that we hold:
/// chain-gap, chain-frozen, chain-of-other-key, second-chain.
Result<PlaceKind> place_of(const Header& header, const Chain* chain);

/// The chain with this entry as its head.
Chain extended(const Header& header, const crypto::Digest& entry_id, const Chain* chain, std::int64_t index);

/// A key's first chain has the first 32 hex digits of the key's id as its own, so that a key has one chain.
std::string first_chain_of(const crypto::Digest& key);

}  // namespace registry
