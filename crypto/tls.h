#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

struct ssl_ctx_st;

namespace crypto {

/// The certificate chain and the private key that a server shows, known to belong together. Copies share immutable
/// state.
class TlsIdentity {
 public:
  /// Reads PEM: the server's certificate first, then its issuers; the key as PKCS#8 or SEC 1, unencrypted. In place of
  /// an identity, what is wrong with it: no certificate, no key, a key of another certificate, RSA under 2048 bits, a
  /// curve other than P-256, P-384 and Ed25519, a certificate not for servers.
  static std::variant<TlsIdentity, std::string> parse(std::string_view chain_pem, std::string_view key_pem);

  /// Seconds since 1970. A certificate outside of these is no fault of form: ask before showing it.
  std::int64_t not_before() const;
  std::int64_t not_after() const;
  /// DNS names and addresses it is for.
  std::vector<std::string> names() const;

  struct State;

 private:
  friend void prepare_tls_server(ssl_ctx_st& context, const TlsIdentity& identity);
  explicit TlsIdentity(std::shared_ptr<const State> state) : state_(std::move(state)) {}
  std::shared_ptr<const State> state_;
};

/// Sets a fresh OpenSSL context up as a server: TLS 1.2 with ECDHE and AEAD only, or TLS 1.3; the server chooses; no
/// renegotiation, compression, tickets or session cache. Throws CryptoFault when OpenSSL refuses.
void prepare_tls_server(ssl_ctx_st& context, const TlsIdentity& identity);

/// Sets a context up as a client of one server: the same protocols, and the certificate must name `host`, a DNS name or
/// an address. Chain and trust are the context's own. Throws CryptoFault when OpenSSL refuses.
void prepare_tls_client(ssl_ctx_st& context, const std::string& host);

}  // namespace crypto
