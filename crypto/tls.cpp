#include "crypto/tls.h"

#include <arpa/inet.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <array>
#include <ctime>

#include "crypto/openssl.h"

namespace crypto {
namespace {

using CertificateOwner = std::unique_ptr<X509, FreeWith<X509_free>>;
using NamesOwner = std::unique_ptr<GENERAL_NAMES, FreeWith<GENERAL_NAMES_free>>;

constexpr const char* kSuites12 =
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:"
    "ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305";
constexpr const char* kSuites13 = "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256";
constexpr const char* kGroups = "X25519:P-256:P-384";
/// No SHA-1 and no SHA-224, which OpenSSL would still offer for TLS 1.2.
constexpr const char* kSignatures =
    "ECDSA+SHA256:ECDSA+SHA384:ed25519:RSA-PSS+SHA256:RSA-PSS+SHA384:RSA-PSS+SHA512:RSA+SHA256:RSA+SHA384:RSA+SHA512";
constexpr int kRsaBitsMin = 2048;
constexpr std::size_t kChainMax = 10;
constexpr std::size_t kPemBytesMax = 256 * 1024;

int refuse_password(char*, int, int, void*) { return -1; }

BioOwner reader(std::string_view text) {
  BioOwner bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
  require_openssl(bio != nullptr, "BIO_new_mem_buf");
  return bio;
}

std::vector<CertificateOwner> read_chain(std::string_view pem) {
  const BioOwner bio = reader(pem);
  std::vector<CertificateOwner> out;
  while (out.size() < kChainMax) {
    CertificateOwner next(PEM_read_bio_X509(bio.get(), nullptr, refuse_password, nullptr));
    if (!next) break;
    out.push_back(std::move(next));
  }
  ERR_clear_error();
  return out;
}

KeyOwner read_key(std::string_view pem) {
  const BioOwner bio = reader(pem);
  KeyOwner key(PEM_read_bio_PrivateKey(bio.get(), nullptr, refuse_password, nullptr));
  ERR_clear_error();
  return key;
}

/// Nothing when the key will do.
std::string fault_of_key(const EVP_PKEY* key) {
  if (EVP_PKEY_is_a(key, "ED25519")) return {};
  if (EVP_PKEY_is_a(key, "RSA"))
    return EVP_PKEY_get_bits(key) >= kRsaBitsMin ? "" : "its RSA key is shorter than 2048 bits";
  std::array<char, 64> curve{};
  std::size_t length = 0;
  if (EVP_PKEY_is_a(key, "EC") && EVP_PKEY_get_group_name(key, curve.data(), curve.size(), &length) == 1) {
    const std::string_view name(curve.data(), length);
    if (name == "prime256v1" || name == "secp384r1" || name == "P-256" || name == "P-384") return {};
  }
  return "its key is none of P-256, P-384, Ed25519 and RSA";
}

/// OpenSSL reads a certificate's extensions on demand and caches them in it.
std::string fault_of_certificate(X509* certificate) {
  if (X509_check_purpose(certificate, X509_PURPOSE_SSL_SERVER, 0) != 1) return "it is not a certificate for servers";
  const NamesOwner names(
      static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
  if (!names) return "it names no server (subjectAltName)";
  const EVP_PKEY* key = X509_get0_pubkey(certificate);
  return key ? fault_of_key(key) : "its key cannot be read";
}

std::int64_t seconds_of(const ASN1_TIME* time) {
  std::tm parts{};
  require_openssl(ASN1_TIME_to_tm(time, &parts) == 1, "ASN1_TIME_to_tm");
  return ::timegm(&parts);
}

std::string address_text(const ASN1_OCTET_STRING& bytes) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  const int family = ASN1_STRING_length(&bytes) == 4 ? AF_INET : AF_INET6;
  if (family == AF_INET6 && ASN1_STRING_length(&bytes) != 16) return {};
  return ::inet_ntop(family, ASN1_STRING_get0_data(&bytes), text.data(), text.size()) ? text.data() : "";
}

std::string text_of(const GENERAL_NAME& name) {
  if (name.type == GEN_IPADD) return address_text(*name.d.iPAddress);
  if (name.type != GEN_DNS) return {};
  const auto* text = reinterpret_cast<const char*>(ASN1_STRING_get0_data(name.d.dNSName));
  return {text, static_cast<std::size_t>(ASN1_STRING_length(name.d.dNSName))};
}

void prepare_both(ssl_ctx_st& context) {
  require_openssl(SSL_CTX_set_min_proto_version(&context, TLS1_2_VERSION) == 1, "SSL_CTX_set_min_proto_version");
  require_openssl(SSL_CTX_set_cipher_list(&context, kSuites12) == 1, "SSL_CTX_set_cipher_list");
  require_openssl(SSL_CTX_set_ciphersuites(&context, kSuites13) == 1, "SSL_CTX_set_ciphersuites");
  require_openssl(SSL_CTX_set1_groups_list(&context, kGroups) == 1, "SSL_CTX_set1_groups_list");
  require_openssl(SSL_CTX_set1_sigalgs_list(&context, kSignatures) == 1, "SSL_CTX_set1_sigalgs_list");
  SSL_CTX_set_options(&context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_IGNORE_UNEXPECTED_EOF);
}

}  // namespace

struct TlsIdentity::State {
  std::vector<CertificateOwner> chain;
  KeyOwner key;
};

std::variant<TlsIdentity, std::string> TlsIdentity::parse(std::string_view chain_pem, std::string_view key_pem) {
  if (chain_pem.size() > kPemBytesMax || key_pem.size() > kPemBytesMax) return "it is too large";
  auto state = std::make_shared<State>();
  state->chain = read_chain(chain_pem);
  if (state->chain.empty()) return "there is no certificate in PEM in it";
  state->key = read_key(key_pem);
  if (!state->key) return "the key file holds no private key in PEM, or one that is encrypted";
  X509* own = state->chain.front().get();
  if (std::string fault = fault_of_certificate(own); !fault.empty()) return fault;
  const bool belongs = X509_check_private_key(own, state->key.get()) == 1;
  ERR_clear_error();
  if (!belongs) return "the private key is not that of the first certificate";
  return TlsIdentity(std::move(state));
}

std::int64_t TlsIdentity::not_before() const { return seconds_of(X509_get0_notBefore(state_->chain.front().get())); }
std::int64_t TlsIdentity::not_after() const { return seconds_of(X509_get0_notAfter(state_->chain.front().get())); }

std::vector<std::string> TlsIdentity::names() const {
  const NamesOwner names(static_cast<GENERAL_NAMES*>(
      X509_get_ext_d2i(state_->chain.front().get(), NID_subject_alt_name, nullptr, nullptr)));
  std::vector<std::string> out;
  for (int i = 0; names && i < sk_GENERAL_NAME_num(names.get()); ++i)
    if (std::string text = text_of(*sk_GENERAL_NAME_value(names.get(), i)); !text.empty())
      out.push_back(std::move(text));
  return out;
}

void prepare_tls_server(ssl_ctx_st& context, const TlsIdentity& identity) {
  prepare_both(context);
  SSL_CTX_set_options(&context, SSL_OP_NO_TICKET | SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA);
  require_openssl(SSL_CTX_set_num_tickets(&context, 0) == 1, "SSL_CTX_set_num_tickets");
  SSL_CTX_set_session_cache_mode(&context, SSL_SESS_CACHE_OFF);
  // An idle connection keeps no buffers; a deadline can strike between two records.
  SSL_CTX_set_mode(&context, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE);
  const auto& state = *identity.state_;
  require_openssl(SSL_CTX_use_certificate(&context, state.chain.front().get()) == 1, "SSL_CTX_use_certificate");
  for (std::size_t i = 1; i < state.chain.size(); ++i)
    require_openssl(SSL_CTX_add1_chain_cert(&context, state.chain[i].get()) == 1, "SSL_CTX_add1_chain_cert");
  require_openssl(SSL_CTX_use_PrivateKey(&context, state.key.get()) == 1, "SSL_CTX_use_PrivateKey");
}

void prepare_tls_client(ssl_ctx_st& context, const std::string& host) {
  prepare_both(context);
  X509_VERIFY_PARAM* param = SSL_CTX_get0_param(&context);
  X509_VERIFY_PARAM_set_hostflags(param, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
  if (X509_VERIFY_PARAM_set1_ip_asc(param, host.c_str()) == 1) return;
  ERR_clear_error();
  require_openssl(X509_VERIFY_PARAM_set1_host(param, host.c_str(), host.size()) == 1, "X509_VERIFY_PARAM_set1_host");
}

}  // namespace crypto
