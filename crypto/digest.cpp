#include "crypto/digest.h"

#include <ostream>

#include "crypto/bytes.h"
#include "crypto/encoding.h"
#include "crypto/openssl.h"

namespace crypto {

namespace {

MdOwner fetch(const char* algorithm) {
  MdOwner md(EVP_MD_fetch(nullptr, algorithm, nullptr));
  require_openssl(md != nullptr, algorithm);
  return md;
}

// Fetched once: EVP_sha256() looks its implementation up again at every use.
const EVP_MD* md_of(HashAlg alg) {
  static const MdOwner sha256_md = fetch("SHA256");
  static const MdOwner sm3_md = fetch("SM3");
  return alg == HashAlg::sm3 ? sm3_md.get() : sha256_md.get();
}

MdContext make_context() {
  MdContext context(EVP_MD_CTX_new());
  require_openssl(context != nullptr, "EVP_MD_CTX_new");
  return context;
}

// A context bound to one algorithm restarts without allocating, so each thread keeps one of each.
EVP_MD_CTX* thread_context(HashAlg alg) {
  thread_local const MdContext sha256_context = make_context();
  thread_local const MdContext sm3_context = make_context();
  return alg == HashAlg::sm3 ? sm3_context.get() : sha256_context.get();
}

void start(EVP_MD_CTX* context, HashAlg alg) {
  require_openssl(EVP_DigestInit_ex2(context, md_of(alg), nullptr) == 1, "EVP_DigestInit_ex2");
}

void add(EVP_MD_CTX* context, std::string_view bytes) {
  require_openssl(EVP_DigestUpdate(context, bytes.data(), bytes.size()) == 1, "EVP_DigestUpdate");
}

Digest finish_hash(EVP_MD_CTX* context) {
  Digest digest;
  require_openssl(EVP_DigestFinal_ex(context, digest.bytes.data(), nullptr) == 1, "EVP_DigestFinal_ex");
  return digest;
}

std::optional<Digest> from_decoded(const std::optional<std::string>& bytes) {
  return bytes ? Digest::parse_raw(*bytes) : std::nullopt;
}

}  // namespace

std::string Digest::hex() const { return to_hex(view()); }

std::string Digest::base64() const { return to_base64(view()); }

std::optional<Digest> Digest::parse_raw(std::string_view bytes) {
  Digest digest;
  if (bytes.size() != digest.bytes.size()) return std::nullopt;
  std::memcpy(digest.bytes.data(), bytes.data(), bytes.size());
  return digest;
}

std::optional<Digest> Digest::parse_hex(std::string_view text) {
  if (text.size() != 64) return std::nullopt;
  return from_decoded(crypto::parse_hex(text));
}

std::optional<Digest> Digest::parse_base64(std::string_view text) {
  if (text.size() != 44) return std::nullopt;
  return from_decoded(crypto::parse_base64(text));
}

std::ostream& operator<<(std::ostream& out, const Digest& digest) { return out << digest.hex(); }

Digest hash(HashAlg alg, std::string_view bytes) {
  EVP_MD_CTX* context = thread_context(alg);
  start(context, alg);
  add(context, bytes);
  return finish_hash(context);
}

Digest hash(HashAlg alg, std::initializer_list<std::string_view> parts) {
  EVP_MD_CTX* context = thread_context(alg);
  start(context, alg);
  for (std::string_view part : parts) add(context, part);
  return finish_hash(context);
}

Digest sha256(std::string_view bytes) { return hash(HashAlg::sha256, bytes); }

Digest sm3(std::string_view bytes) { return hash(HashAlg::sm3, bytes); }

struct Hasher::Context {
  HashAlg alg;
  MdContext md;
};

Hasher::Hasher(HashAlg alg) : context_(std::make_unique<Context>(Context{alg, make_context()})) {
  start(context_->md.get(), alg);
}

Hasher::~Hasher() = default;
Hasher::Hasher(Hasher&&) noexcept = default;
Hasher& Hasher::operator=(Hasher&&) noexcept = default;

void Hasher::update(std::string_view bytes) { add(context_->md.get(), bytes); }

Digest Hasher::finish() {
  Digest digest = finish_hash(context_->md.get());
  start(context_->md.get(), context_->alg);
  return digest;
}

}  // namespace crypto
