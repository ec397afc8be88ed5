#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "crypto/digest.h"
#include "crypto/key.h"

namespace crypto {

/// Why a chain of certificates shows nothing.
enum class ChainFault {
  /// No certificates, or more than the bounds allow; or one of more bytes.
  too_long,
  too_large,
  /// Bytes that are no X.509 v3 certificate in DER, or not exactly one.
  unreadable,
  /// A key or signature that is neither Ed25519, nor ECDSA with SHA-256 on P-256, nor SM2 with SM3. RSA, for instance.
  algorithm,
  not_yet_valid,
  expired,
  /// A certificate that signs others and is no CA by its basic constraints and key usage.
  not_a_ca,
  /// More intermediate certificates than a CA above them allows.
  path_length,
  /// Names or signatures do not lead from one certificate to the next, in this order; or an extension that must be
  /// understood is not.
  broken
};

struct ChainBounds {
  std::size_t certificates_max, certificate_bytes_max;
};

/// What a chain shows about its first certificate, if one trusts the last.
struct ShownCertificate {
  PublicKey key;
  /// Attributes of the subject in their order: dotted number, value in UTF-8.
  std::vector<std::pair<std::string, std::string>> subject;
  /// SHA-256 of the last certificate's DER.
  Digest anchor;
};

/// The key in a certificate, if it can be read and is of a suite; says nothing about who signed it.
std::optional<PublicKey> certificate_key(std::string_view der);

/// Checks DER certificates, each signed by the next, as RFC 5280 has it at this moment (seconds since 1970). The last
/// is taken at its word, so the caller must know `anchor`; it is a CA, and all are in their days. SM2 signatures are
/// under the ID 1234567812345678. Asks no lists of revoked certificates, no files and no clock: the same bytes at the
/// same moment always give the same answer. Throws CryptoFault only if OpenSSL itself fails.
std::variant<ShownCertificate, ChainFault> check_certificate_chain(std::span<const std::string> certificates,
                                                                   std::int64_t at_seconds, const ChainBounds& bounds);

}  // namespace crypto
