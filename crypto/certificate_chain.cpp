#include "crypto/certificate_chain.h"

#include <openssl/err.h>
#include <openssl/objects.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <memory>
#include <optional>

#include "crypto/bytes.h"
#include "crypto/openssl.h"

namespace crypto {
namespace {

struct FreeStack {
  // The certificates belong to their owners.
  void operator()(STACK_OF(X509) * stack) const { sk_X509_free(stack); }
};
using CertificateOwner = std::unique_ptr<X509, FreeWith<X509_free>>;
using StackOwner = std::unique_ptr<STACK_OF(X509), FreeStack>;
using StoreOwner = std::unique_ptr<X509_STORE, FreeWith<X509_STORE_free>>;
using ContextOwner = std::unique_ptr<X509_STORE_CTX, FreeWith<X509_STORE_CTX_free>>;
using OctetsOwner = std::unique_ptr<ASN1_OCTET_STRING, FreeWith<ASN1_OCTET_STRING_free>>;

/// What foreign bytes leave in OpenSSL's queue of errors is no fault of ours.
struct QuietErrors {
  ~QuietErrors() { ERR_clear_error(); }
};

std::string der_of(X509* certificate) {
  unsigned char* bytes = nullptr;
  const int size = i2d_X509(certificate, &bytes);
  if (size <= 0) return {};
  std::string der(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
  OPENSSL_free(bytes);
  return der;
}

/// One spelling only: what is read and written again is the same bytes.
CertificateOwner read_certificate(std::string_view der) {
  const unsigned char* at = data_of(der);
  CertificateOwner out(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
  if (!out || at != data_of(der) + der.size() || der_of(out.get()) != der) return nullptr;
  return X509_get_version(out.get()) == X509_VERSION_3 ? std::move(out) : nullptr;
}

std::optional<PublicKey> key_of(X509* certificate) {
  unsigned char* bytes = nullptr;
  const int size = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate), &bytes);
  if (size <= 0) return {};
  const std::string spki(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
  OPENSSL_free(bytes);
  for (const Suite suite : {Suite::ed25519_sha256, Suite::p256_sha256, Suite::sm2_sm3})
    if (auto key = PublicKey::parse_spki(suite, spki)) return key;
  return {};
}

int signature_of(Suite signer) {
  switch (signer) {
    case Suite::ed25519_sha256:
      return NID_ED25519;
    case Suite::p256_sha256:
      return NID_ecdsa_with_SHA256;
    case Suite::sm2_sm3:
      return NID_SM2_with_SM3;
  }
  return NID_undef;
}

/// Every key is of a suite, and every signature is of the suite of the key above it. The last one's own is not asked.
bool has_good_algorithms(const std::vector<CertificateOwner>& chain,
                         const std::vector<std::optional<PublicKey>>& keys) {
  for (std::size_t i = 0; i < chain.size(); ++i) {
    if (!keys[i]) return false;
    if (i > 0 && X509_get_signature_nid(chain[i - 1].get()) != signature_of(keys[i]->suite())) return false;
  }
  return true;
}

void set_sm2_id(X509* certificate) {
  OctetsOwner id(ASN1_OCTET_STRING_new());
  require_openssl(id && ASN1_OCTET_STRING_set(id.get(), data_of(kSm2Id), static_cast<int>(kSm2Id.size())) == 1,
                  "ASN1_OCTET_STRING_set");
  X509_set0_distinguishing_id(certificate, id.release());
}

/// OpenSSL asks the ID of the certificate that is signed, and bears none where the key above is no SM2 key.
void set_sm2_ids(const std::vector<CertificateOwner>& chain, const std::vector<std::optional<PublicKey>>& keys) {
  for (std::size_t i = 0; i + 1 < chain.size(); ++i)
    if (keys[i + 1]->suite() == Suite::sm2_sm3) set_sm2_id(chain[i].get());
}

/// By basic constraints and, where there is one, key usage; older ways to be a CA do not count.
bool are_cas(const std::vector<CertificateOwner>& chain) {
  return std::all_of(chain.begin() + 1, chain.end(), [](const auto& each) { return X509_check_ca(each.get()) == 1; });
}

ChainFault fault_of(int error) {
  switch (error) {
    case X509_V_ERR_CERT_NOT_YET_VALID:
      return ChainFault::not_yet_valid;
    case X509_V_ERR_CERT_HAS_EXPIRED:
      return ChainFault::expired;
    case X509_V_ERR_INVALID_CA:
    case X509_V_ERR_KEYUSAGE_NO_CERTSIGN:
      return ChainFault::not_a_ca;
    case X509_V_ERR_PATH_LENGTH_EXCEEDED:
      return ChainFault::path_length;
    default:
      return ChainFault::broken;
  }
}

StackOwner stack_of(const std::vector<CertificateOwner>& chain, std::size_t from, std::size_t to) {
  StackOwner stack(sk_X509_new_null());
  require_openssl(stack != nullptr, "sk_X509_new_null");
  for (std::size_t i = from; i < to; ++i)
    require_openssl(sk_X509_push(stack.get(), chain[i].get()) > 0, "sk_X509_push");
  return stack;
}

/// OpenSSL must have gone from one certificate to the next as they are given, and used all of them.
bool is_whole_chain(X509_STORE_CTX* context, const std::vector<CertificateOwner>& chain) {
  const STACK_OF(X509)* used = X509_STORE_CTX_get0_chain(context);
  if (static_cast<std::size_t>(sk_X509_num(used)) != chain.size()) return false;
  for (std::size_t i = 0; i < chain.size(); ++i)
    if (X509_cmp(sk_X509_value(used, static_cast<int>(i)), chain[i].get()) != 0) return false;
  return true;
}

std::optional<ChainFault> find_fault(const std::vector<CertificateOwner>& chain, std::int64_t at_seconds) {
  const StackOwner trusted = stack_of(chain, chain.size() - 1, chain.size());
  const StackOwner between = stack_of(chain, 1, chain.size() - 1);
  const StoreOwner store(X509_STORE_new());
  const ContextOwner context(X509_STORE_CTX_new());
  require_openssl(
      store && context && X509_STORE_CTX_init(context.get(), store.get(), chain.front().get(), between.get()) == 1,
      "X509_STORE_CTX_init");
  X509_STORE_CTX_set0_trusted_stack(context.get(), trusted.get());
  X509_VERIFY_PARAM* wish = X509_STORE_CTX_get0_param(context.get());
  X509_VERIFY_PARAM_set_time(wish, static_cast<time_t>(at_seconds));
  X509_VERIFY_PARAM_set_depth(wish, static_cast<int>(chain.size()));
  // A CA below a root may be the anchor; a check of lists and of hosts is not asked.
  X509_VERIFY_PARAM_set_flags(wish, X509_V_FLAG_PARTIAL_CHAIN | X509_V_FLAG_NO_ALT_CHAINS);
  if (X509_verify_cert(context.get()) != 1) return fault_of(X509_STORE_CTX_get_error(context.get()));
  if (!is_whole_chain(context.get(), chain)) return ChainFault::broken;
  return {};
}

std::string dotted(const ASN1_OBJECT* object) {
  char text[80];
  const int size = OBJ_obj2txt(text, sizeof text, object, 1);
  return size > 0 && static_cast<std::size_t>(size) < sizeof text ? std::string(text) : std::string();
}

std::vector<std::pair<std::string, std::string>> subject_of(X509* certificate) {
  std::vector<std::pair<std::string, std::string>> out;
  const X509_NAME* name = X509_get_subject_name(certificate);
  for (int i = 0; i < X509_NAME_entry_count(name); ++i) {
    const X509_NAME_ENTRY* entry = X509_NAME_get_entry(name, i);
    unsigned char* text = nullptr;
    const int size = ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(entry));
    if (size < 0) continue;
    out.emplace_back(dotted(X509_NAME_ENTRY_get_object(entry)),
                     std::string(reinterpret_cast<const char*>(text), static_cast<std::size_t>(size)));
    OPENSSL_free(text);
  }
  return out;
}

/// A certificate for signing: where it says what its key is for, signatures are among it.
bool may_sign(X509* certificate) {
  const std::uint32_t usage = X509_get_key_usage(certificate);
  return usage == UINT32_MAX || (usage & (KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION)) != 0;
}

std::optional<ChainFault> find_excess(std::span<const std::string> certificates, const ChainBounds& bounds) {
  if (certificates.size() < 2 || certificates.size() > bounds.certificates_max) return ChainFault::too_long;
  for (const std::string& der : certificates)
    if (der.size() > bounds.certificate_bytes_max) return ChainFault::too_large;
  return {};
}

}  // namespace

std::optional<PublicKey> certificate_key(std::string_view der) {
  const QuietErrors quiet;
  const CertificateOwner certificate = read_certificate(der);
  return certificate ? key_of(certificate.get()) : std::nullopt;
}

std::variant<ShownCertificate, ChainFault> check_certificate_chain(std::span<const std::string> certificates,
                                                                   std::int64_t at_seconds, const ChainBounds& bounds) {
  const QuietErrors quiet;
  if (const auto excess = find_excess(certificates, bounds)) return *excess;
  std::vector<CertificateOwner> chain;
  std::vector<std::optional<PublicKey>> keys;
  for (const std::string& der : certificates) {
    chain.push_back(read_certificate(der));
    if (!chain.back()) return ChainFault::unreadable;
    keys.push_back(key_of(chain.back().get()));
  }
  if (!has_good_algorithms(chain, keys)) return ChainFault::algorithm;
  set_sm2_ids(chain, keys);
  if (!are_cas(chain)) return ChainFault::not_a_ca;
  if (const auto fault = find_fault(chain, at_seconds)) return *fault;
  if (!may_sign(chain.front().get())) return ChainFault::broken;
  return ShownCertificate{*keys.front(), subject_of(chain.front().get()), sha256(certificates.back())};
}

}  // namespace crypto
