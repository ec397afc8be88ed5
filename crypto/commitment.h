#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/digest.h"

namespace crypto {

inline constexpr std::size_t kSaltBytes = 32;

/// One private value and its salt. Whoever holds both can show the value; without the salt the commitment says nothing.
struct PrivateValue {
  /// Where the value belongs, a JSON pointer in the payload.
  std::string path;
  std::string value;
  /// kSaltBytes random bytes, fresh for every value.
  std::string salt;
};

/// H("ledger.priv/v1" 00 salt len(path) path len(value) value), lengths as 8 bytes big endian. Throws
/// std::invalid_argument when the salt has another length.
Digest commit(HashAlg alg, const PrivateValue& value);

/// RFC 6962 root whose leaves are the 32-byte commitments; 32 zero bytes for none.
Digest commitments_root(HashAlg alg, std::span<const Digest> commitments);

/// Path from one commitment to the root. Needs index < commitments.size().
std::vector<Digest> commitment_path(HashAlg alg, std::span<const Digest> commitments, std::size_t index);

/// True if this value is commitment number `index` of `count` under `root`.
bool verify_disclosure(HashAlg alg, const PrivateValue& value, std::size_t index, std::size_t count,
                       std::span<const Digest> path, const Digest& root);

}  // namespace crypto
