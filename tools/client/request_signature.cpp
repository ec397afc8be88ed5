#include "tools/client/request_signature.h"

#include "crypto/encoding.h"
#include "crypto/random.h"
#include "crypto/raw_signature.h"

namespace tools {
namespace {

using crypto::Suite;

constexpr std::int64_t kLifeS = 60;
constexpr std::size_t kNonceBytes = 16;

std::string_view algorithm_of(Suite suite) {
  switch (suite) {
    case Suite::ed25519_sha256:
      return "ed25519";
    case Suite::p256_sha256:
      return "ecdsa-p256-sha256";
    case Suite::sm2_sm3:
      return "sm2-sm3";
  }
  return {};
}

std::string sign(const crypto::PrivateKey& key, const std::string& base) {
  std::string out = key.sign(base);
  return key.suite() == Suite::p256_sha256 ? crypto::to_raw_p256(out).value() : out;
}

/// Collects what is covered, line by line.
struct Base {
  std::string names, lines;
  void add(std::string_view name, std::string_view value) {
    names.append(names.empty() ? "\"" : " \"").append(name).append("\"");
    lines.append("\"").append(name).append("\": ").append(value).append("\n");
  }
};

}  // namespace

std::vector<std::pair<std::string, std::string>> signature_fields(const RequestToSign& request,
                                                                  const crypto::PrivateKey& key,
                                                                  registry::UtcTime now) {
  std::vector<std::pair<std::string, std::string>> out;
  Base base;
  base.add("@method", request.method);
  base.add("@target-uri", request.target_uri);
  if (!request.purpose.empty()) base.add("tallystick-purpose", request.purpose);
  if (!request.content_type.empty()) {
    out.emplace_back("Content-Digest", "sha-256=:" + crypto::to_base64(crypto::sha256(request.body).view()) + ":");
    base.add("content-digest", out.back().second);
    base.add("content-type", request.content_type);
  }
  const std::int64_t created = now.ms / 1'000;
  std::string input = "(" + base.names + ");created=" + std::to_string(created) +
                      ";expires=" + std::to_string(created + kLifeS) + ";keyid=\"" + key.public_key().id().hex() +
                      "\";nonce=\"" + crypto::random_hex(kNonceBytes) + "\";alg=\"";
  input.append(algorithm_of(key.suite())).append("\"");
  out.emplace_back("Signature-Input", "sig1=" + input);
  const std::string bytes = sign(key, base.lines + "\"@signature-params\": " + input);
  out.emplace_back("Signature", "sig1=:" + crypto::to_base64(bytes) + ":");
  return out;
}

}  // namespace tools
