#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "crypto/key.h"
#include "registry/base/time.h"

namespace tools {

/// What of a request is signed.
struct RequestToSign {
  std::string method;
  /// "https://registry.example/v1/permits?limit=5"
  std::string target_uri;
  /// Empty for none.
  std::string purpose, content_type;
  std::string_view body;
};

/// The fields that sign a request with an enrolled key (RFC 9421 and 9530): Content-Digest where there is a body,
/// Signature-Input and Signature; good for a minute, with a nonce of their own.
std::vector<std::pair<std::string, std::string>> signature_fields(const RequestToSign& request,
                                                                  const crypto::PrivateKey& key, registry::UtcTime now);

}  // namespace tools
