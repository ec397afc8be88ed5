#pragma once

#include <map>
#include <string>
#include <string_view>

#include "api/http/message.h"
#include "registry/base/result.h"

namespace api {

/// Filters a cursor is bound to; "cursor" and "limit" themselves are left out by of_query.
using Filters = std::map<std::string, std::string, std::less<>>;

/// The place where the next page starts, as a token clients cannot read meaning into or alter: base64url of JSON and
/// its HMAC-SHA256 (RFC 2104), over the operation and the filters too.
class Cursors {
 public:
  /// Throws std::invalid_argument for a key of less than 32 bytes.
  explicit Cursors(std::string key);

  std::string seal(std::string_view operation, const Filters& filters, const Json& position) const;
  /// Refuses with bad-cursor: altered, of another operation, of other filters, or sealed with another key.
  registry::Result<Json> open(std::string_view operation, const Filters& filters, std::string_view token) const;

  /// The query without "cursor" and "limit".
  static Filters of_query(const Request& request);

 private:
  std::string key_;
};

/// HMAC-SHA256, 32 raw bytes.
std::string hmac_sha256(std::string_view key, std::string_view message);

/// Puts {"data", "next_cursor", "has_more"} together and, when there is a next page, Link: <...>; rel="next" (RFC
/// 8288). `next_cursor` empty: the last page.
Response page_response(const Request& request, Json rows, std::string_view next_cursor);

}  // namespace api
