#pragma once

#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace crypto {

/// How a JSON Web Token is signed (RFC 7518, RFC 8037): EdDSA with Ed25519, ES256, RS256. Those with a shared secret
/// (HS256 ...) and `none` are not among them.
enum class JwsAlgorithm { eddsa, es256, rs256 };
std::string_view name(JwsAlgorithm algorithm);

/// A public key of a JWK set (RFC 7517). Its kind decides the algorithm, never the token. Copies share immutable state.
class JwsKey {
 public:
  /// Nothing for what is no good key for signatures: another kind or curve, a shared secret, a point not on the curve,
  /// RSA under 2048 or over 8192 bits, an `alg` or `use` for something else, no `kid`.
  static std::optional<JwsKey> parse(const nlohmann::json& jwk);

  const std::string& kid() const { return kid_; }
  JwsAlgorithm algorithm() const { return algorithm_; }
  /// `signature` as a JWS has it, after base64url: r and s for ES256.
  bool verify(std::string_view signed_text, std::string_view signature) const;

  struct State;

 private:
  std::string kid_;
  JwsAlgorithm algorithm_ = JwsAlgorithm::eddsa;
  std::shared_ptr<const State> state_;
};

}  // namespace crypto
