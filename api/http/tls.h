#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>

#include "crypto/tls.h"

namespace api {

/// What the server shows to those who connect with TLS. A new certificate takes effect for the next connection; those
/// that are open keep what they have. Thread-safe.
class TlsServer {
 public:
  explicit TlsServer(const crypto::TlsIdentity& identity);
  ~TlsServer();

  void replace(const crypto::TlsIdentity& identity);
  /// End of the certificate's validity, seconds since 1970.
  std::int64_t expires() const;

  /// Poco's context, behind a name of ours: its header brings in all of OpenSSL.
  struct Context;
  std::shared_ptr<const Context> context() const;

 private:
  mutable std::mutex mutex_;
  /// Both under mutex_.
  std::shared_ptr<const Context> context_;
  std::int64_t expires_;
};

}  // namespace api
