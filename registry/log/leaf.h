#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/digest.h"
#include "registry/base/result.h"
#include "registry/base/time.h"
#include "registry/log/signature.h"

namespace registry {

/// What the registry adds to a signed header.
struct LeafFrame {
  std::uint64_t seq = 0;
  /// Leaf hash of seq - 1; zero for the first.
  crypto::Digest prev;
  /// Server time, never decreasing.
  UtcTime rtime;
  /// Index of the policy entry in force.
  std::uint64_t policy = 0;
  std::uint64_t outcome_bytes = 0;
  /// SHA-256 of the outcome, under every suite.
  crypto::Digest outcome_hash;
};

/// What the tree hashes.
struct Leaf {
  LeafFrame frame;
  std::string header_text;
  std::vector<EntrySignature> signatures;
};

/// The leaf's bytes. Needs a header within kHeaderBytesMax, one to kSignersMax signatures, and then always fits
/// kLeafBytesMax; what is longer is a bug and ends the process.
std::string format_leaf(const LeafFrame& frame, std::string_view header_text,
                        std::span<const EntrySignature> signatures);
std::string format_leaf(const Leaf& leaf);

/// Strict, as parse_header; the header inside is not read. Refuses with rule leaf-form and a field "leaf/<line>".
Result<Leaf> parse_leaf(std::string_view bytes);

/// Merkle leaf hash SHA-256(00 leaf); also what the next leaf's prev line names.
crypto::Digest leaf_hash(std::string_view leaf_bytes);

}  // namespace registry
