#pragma once

#include <memory>
#include <string_view>

#include "api/access/nonces.h"
#include "api/access/sessions.h"
#include "api/http/message.h"

namespace api {

/// Requests that machines sign with an enrolled key (RFC 9421), each good once and for five minutes at most. Borrows
/// `holders` and `clock`. Thread-safe.
class SignedRequests {
 public:
  SignedRequests(KeyHolders& holders, const registry::Clock& clock)
      : holders_(holders), clock_(clock), started_(clock.now()) {}

  /// Who signed the request. Refuses with message-signature-form, -components, -time, -algorithm (a name that is
  /// none of ours, "none" too), -key-algorithm (not that of the key), -wrong (of no enrolled key over exactly this
  /// request) and -replayed; with too-many-requests, key-revoked and party-not-active. `origin` as origin_of gives it.
  registry::Result<std::shared_ptr<const Caller>> find(const Request& request, std::string_view origin);

 private:
  KeyHolders& holders_;
  const registry::Clock& clock_;
  const registry::UtcTime started_;
  Nonces nonces_;
};

}  // namespace api
