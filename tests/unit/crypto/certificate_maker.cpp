#include "certificate_maker.h"

#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <stdexcept>

#include "crypto/digest.h"

namespace certificates {
namespace {

template <auto free_function>
struct Free {
  template <class T>
  void operator()(T* object) const {
    free_function(object);
  }
};
using Pkey = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>>;

void require(bool good, const char* what) {
  if (!good) throw std::runtime_error(what);
}

void add_name(X509_NAME* name, const Card& card) {
  const auto add = [&](const char* type, const std::string& value) {
    require(X509_NAME_add_entry_by_txt(name, type, MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(value.data()),
                                       static_cast<int>(value.size()), -1, 0) == 1,
            "a name");
  };
  add("2.5.4.3", card.name);
  for (const auto& [type, value] : card.attributes) add(type.c_str(), value);
}

void add_extension(X509* certificate, int nid, const std::string& value) {
  if (value.empty()) return;
  const std::unique_ptr<X509_EXTENSION, Free<X509_EXTENSION_free>> extension(
      X509V3_EXT_conf_nid(nullptr, nullptr, nid, value.c_str()));
  require(extension && X509_add_ext(certificate, extension.get(), -1) == 1, "an extension");
}

void add_strange(X509* certificate) {
  const std::unique_ptr<ASN1_OBJECT, Free<ASN1_OBJECT_free>> type(OBJ_txt2obj("1.2.3.4.5.6", 1));
  const std::unique_ptr<ASN1_OCTET_STRING, Free<ASN1_OCTET_STRING_free>> value(ASN1_OCTET_STRING_new());
  ASN1_OCTET_STRING_set(value.get(), reinterpret_cast<const unsigned char*>("\x05\x00"), 2);
  const std::unique_ptr<X509_EXTENSION, Free<X509_EXTENSION_free>> extension(
      X509_EXTENSION_create_by_OBJ(nullptr, type.get(), 1, value.get()));
  require(extension && X509_add_ext(certificate, extension.get(), -1) == 1, "a strange extension");
}

const EVP_MD* digest_of(EVP_PKEY* by, bool sha384) {
  if (EVP_PKEY_is_a(by, "ED25519")) return nullptr;
  if (EVP_PKEY_is_a(by, "SM2")) return EVP_sm3();
  return sha384 ? EVP_sha384() : EVP_sha256();
}

void sign(X509* certificate, EVP_PKEY* by, bool sha384) {
  const std::unique_ptr<EVP_MD_CTX, Free<EVP_MD_CTX_free>> context(EVP_MD_CTX_new());
  EVP_PKEY_CTX* key_context = nullptr;
  require(EVP_DigestSignInit(context.get(), &key_context, digest_of(by, sha384), nullptr, by) == 1, "a signature");
  if (EVP_PKEY_is_a(by, "SM2")) require(EVP_PKEY_CTX_set1_id(key_context, "1234567812345678", 16) == 1, "the ID");
  require(X509_sign_ctx(certificate, context.get()) > 0, "a signed certificate");
}

crypto::PrivateKey key_called(crypto::Suite suite, const std::string& name) {
  return crypto::PrivateKey::from_seed(suite, crypto::sha256("certificates/" + name).view());
}

}  // namespace

struct KeyPair::State {
  Pkey key;
};

KeyPair KeyPair::of(const crypto::PrivateKey& key) {
  const std::string pem = key.pem();
  const std::unique_ptr<BIO, Free<BIO_free>> bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  Pkey read(PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr));
  require(read != nullptr, "a key");
  return KeyPair(std::make_shared<const State>(State{std::move(read)}));
}

KeyPair KeyPair::rsa() {
  Pkey key(EVP_RSA_gen(2048));
  require(key != nullptr, "an RSA key");
  return KeyPair(std::make_shared<const State>(State{std::move(key)}));
}

KeyPair KeyPair::p384() {
  Pkey key(EVP_EC_gen("P-384"));
  require(key != nullptr, "a P-384 key");
  return KeyPair(std::make_shared<const State>(State{std::move(key)}));
}

Card ca(const std::string& name, int below) {
  Card card{name};
  card.basic_constraints = "critical,CA:TRUE" + (below < 0 ? std::string() : ",pathlen:" + std::to_string(below));
  card.key_usage = "critical,keyCertSign,cRLSign";
  return card;
}

std::string issue(const Card& card, const KeyPair& key, const Card& issuer, const KeyPair& by) {
  const std::unique_ptr<X509, Free<X509_free>> made(X509_new());
  X509* certificate = made.get();
  static long serial = 1;
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), ++serial);
  X509_set_version(certificate, X509_VERSION_3);
  add_name(X509_get_subject_name(certificate), card);
  add_name(X509_get_issuer_name(certificate), issuer);
  ASN1_TIME_set(X509_getm_notBefore(certificate), static_cast<time_t>(card.from));
  ASN1_TIME_set(X509_getm_notAfter(certificate), static_cast<time_t>(card.to));
  require(X509_set_pubkey(certificate, key.state().key.get()) == 1, "a public key");
  add_extension(certificate, NID_basic_constraints, card.basic_constraints);
  add_extension(certificate, NID_key_usage, card.key_usage);
  if (card.strange) add_strange(certificate);
  sign(certificate, by.state().key.get(), card.sha384);
  unsigned char* bytes = nullptr;
  const int size = i2d_X509(certificate, &bytes);
  require(size > 0, "DER");
  std::string der(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
  OPENSSL_free(bytes);
  return der;
}

Chain::Chain(crypto::Suite suite, const crypto::PrivateKey& unit_key)
    : root(KeyPair::of(key_called(suite, "root"))),
      middle(KeyPair::of(key_called(suite, "middle"))),
      unit(KeyPair::of(unit_key)) {}

std::vector<std::string> Chain::ders() const {
  return {issue(unit_card, unit, ca_card, middle), issue(ca_card, middle, root_card, root),
          issue(root_card, root, root_card, root)};
}

}  // namespace certificates
