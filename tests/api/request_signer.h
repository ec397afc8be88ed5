#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tests/api/city.h"

namespace city {

/// Signs requests as RFC 9421 says, independently of the server's own code; each member may be spoilt.
struct RequestSigner {
  crypto::PrivateKey key;
  std::string origin;
  std::int64_t created = 0, expires = 0;
  std::string algorithm = "ed25519", key_id{}, nonce{}, tag{};
  std::vector<std::string> components{"@method", "@target-uri"};
  /// What is covered beside method and target: name and value of fields.
  std::vector<std::pair<std::string, std::string>> fields{};

  /// With the city's clock and address, good for a minute, with a nonce of its own.
  static RequestSigner of(City& city, const crypto::PrivateKey& key);
  /// (...);created=...
  std::string parameters() const;
  std::string base(const std::string& method, const std::string& target) const;
  /// Sets Signature-Input and Signature, and the fields, on the link.
  void sign(Link& link, const std::string& method, const std::string& target) const;
};

std::string content_digest(const std::string& body);

}  // namespace city
