#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "crypto/digest.h"
#include "crypto/suite.h"

namespace crypto {

/// A checked public key bound to one suite. Copies share immutable state; all calls are thread-safe.
class PublicKey {
 public:
  /// DER SubjectPublicKeyInfo (RFC 5480, RFC 8410, GM/T 0010) in its one canonical form: named curve, uncompressed
  /// point on the curve. Ed25519 points must be canonical and of prime order (SP 800-186 D.1.3), which refuses every
  /// low-order key: with the identity as key, one signature would fit all messages.
  static std::optional<PublicKey> parse_spki(Suite suite, std::string_view der);
  /// The bare point: 32 bytes for Ed25519, 04 || X || Y (65 bytes) for the others. Same checks.
  static std::optional<PublicKey> parse_raw(Suite suite, std::string_view point);

  Suite suite() const;
  const std::string& spki() const;
  /// The point alone, as parse_raw takes it.
  std::string_view raw() const;
  /// The ledger's key id: SHA-256("ledger.key/v1\n" suite name "\n" SPKI DER), under every suite.
  const Digest& id() const;

  /// True only for a signature of this key over exactly `message`, in the suite's one encoding. A signature is still no
  /// identity: its maker can always produce another one.
  bool verify(std::string_view message, std::string_view signature) const;
  /// The plain OpenSSL one-shot for Ed25519, the yardstick of the benchmark; false for other suites.
  bool verify_with_openssl(std::string_view message, std::string_view signature) const;

  friend bool operator==(const PublicKey& a, const PublicKey& b) { return a.id() == b.id(); }

  struct State;

 private:
  explicit PublicKey(std::shared_ptr<const State> state) : state_(std::move(state)) {}
  std::shared_ptr<const State> state_;
};

/// A signing key bound to one suite. Copies share immutable state; all calls are thread-safe.
class PrivateKey {
 public:
  static PrivateKey generate(Suite suite);
  /// Unencrypted PEM, PKCS#8 or SEC 1, whose algorithm and curve are the suite's; anything else is refused.
  static std::optional<PrivateKey> parse_pem(Suite suite, std::string_view pem);
  /// The same key for the same 32 bytes: for tests and demonstrations. Ed25519 takes the seed as RFC 8032 does, the
  /// others derive a scalar by hashing. Throws std::invalid_argument for another length.
  static PrivateKey from_seed(Suite suite, std::string_view seed);

  Suite suite() const;
  /// PKCS#8 PEM, unencrypted. Keep it off logs and answers.
  std::string pem() const;
  /// In the suite's encoding; P-256 always with low s. P-256 and SM2 differ at every call.
  std::string sign(std::string_view message) const;
  const PublicKey& public_key() const;

  struct State;

 private:
  explicit PrivateKey(std::shared_ptr<const State> state) : state_(std::move(state)) {}
  std::shared_ptr<const State> state_;
};

}  // namespace crypto
