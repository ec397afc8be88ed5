#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "crypto/digest.h"
#include "registry/base/result.h"
#include "registry/log/tile_nodes.h"
#include "registry/store/store.h"

namespace registry {

/// The tree's nodes from stored tiles and, for the right edge, from leaves. Borrows the reader.
TileNodes stored_nodes(Reader& reader);

/// Hashes of a tile, `width` of them: what c2sp.org/tlog-tiles serves. Throws StoreFault corrupt when they are not
/// there.
std::string tile_hashes(Reader& reader, int level, std::uint64_t index, std::uint64_t width);

/// Audit path of an entry in the tree of the first `size` leaves. Refuses (not-found) what lies outside.
Result<std::vector<crypto::Digest>> inclusion_proof(Reader& reader, std::uint64_t index, std::uint64_t size);
/// Proof that the tree of `from` leaves is a prefix of that of `to`.
Result<std::vector<crypto::Digest>> consistency_proof(Reader& reader, std::uint64_t from, std::uint64_t to);

}  // namespace registry
