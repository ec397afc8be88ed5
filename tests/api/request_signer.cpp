#include "tests/api/request_signer.h"

#include "crypto/encoding.h"
#include "crypto/random.h"
#include "crypto/raw_signature.h"

namespace city {
namespace {

constexpr std::int64_t kLifeS = 60;
constexpr std::size_t kNonceBytes = 16;

}  // namespace

RequestSigner RequestSigner::of(City& city, const crypto::PrivateKey& key) {
  RequestSigner out{key, "http://127.0.0.1:" + std::to_string(city.port())};
  out.created = city.now().ms / 1'000;
  out.expires = out.created + kLifeS;
  out.key_id = key.public_key().id().hex();
  out.nonce = crypto::random_hex(kNonceBytes);
  if (key.suite() == crypto::Suite::p256_sha256) out.algorithm = "ecdsa-p256-sha256";
  if (key.suite() == crypto::Suite::sm2_sm3) out.algorithm = "sm2-sm3";
  return out;
}

std::string RequestSigner::parameters() const {
  std::string out = "(";
  for (const std::string& each : components) out += (out.size() == 1 ? "\"" : " \"") + each + "\"";
  out += ");created=" + std::to_string(created) + ";expires=" + std::to_string(expires) + ";keyid=\"" + key_id +
         "\";nonce=\"" + nonce + "\";alg=\"" + algorithm + "\"";
  return tag.empty() ? out : out + ";tag=\"" + tag + "\"";
}

std::string RequestSigner::base(const std::string& method, const std::string& target) const {
  const auto mark = std::min(target.find('?'), target.size());
  std::string out;
  for (const std::string& each : components) {
    std::string value;
    if (each == "@method") value = method;
    if (each == "@target-uri") value = origin + target;
    if (each == "@authority") value = origin.substr(origin.find("//") + 2);
    if (each == "@path") value = target.substr(0, mark);
    if (each == "@query") value = mark == target.size() ? "?" : target.substr(mark);
    for (const auto& [name, text] : fields)
      if (name == each) value = text;
    out += "\"" + each + "\": " + value + "\n";
  }
  return out + "\"@signature-params\": " + parameters();
}

void RequestSigner::sign(Link& link, const std::string& method, const std::string& target) const {
  std::string bytes = key.sign(base(method, target));
  if (key.suite() == crypto::Suite::p256_sha256) bytes = crypto::to_raw_p256(bytes).value();
  for (const auto& [name, value] : fields) link.set_header(name, value);
  link.set_header("Signature-Input", "sig1=" + parameters());
  link.set_header("Signature", "sig1=:" + crypto::to_base64(bytes) + ":");
}

std::string content_digest(const std::string& body) {
  return "sha-256=:" + crypto::to_base64(crypto::sha256(body).view()) + ":";
}

}  // namespace city
