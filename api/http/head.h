#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "api/http/message.h"
#include "registry/base/result.h"

namespace api {

/// The head of a message, framing decided (RFC 9112 sections 2 to 6).
struct Head {
  std::string method;
  /// The target's path and query, neither decoded, and both as they stood: "/a?b=c".
  std::string path, query, target;
  /// 0 for HTTP/1.0, 1 for HTTP/1.1.
  int minor = 1;
  Headers headers;
  /// Nothing when the message states no length; then it has no body.
  std::optional<std::uint64_t> content_length;
  /// The client does not want the connection closed.
  bool keep_alive = true;
};

struct HeadLimits {
  std::size_t head_bytes_max = 16'384;
  std::size_t fields_max = 64;
  std::size_t target_bytes_max = 8'192;
};

/// Looks for the blank line that ends a head, as bytes come in. Each byte is looked at once, so a trickle costs
/// nothing.
class HeadScanner {
 public:
  enum class State { incomplete, complete, malformed };
  /// `buffer` is all bytes of the message so far; it only grows between calls. Malformed: a CR or LF without the other,
  /// or a NUL, so that no two readers can see different lines.
  State scan(std::string_view buffer);
  /// After complete: bytes of the head with its blank line.
  std::size_t head_bytes() const { return next_; }
  void reset() { *this = {}; }

 private:
  std::size_t line_ = 0;
  std::size_t next_ = 0;
};

/// Reads a complete head. Refuses with malformed-request, http-version-not-supported, not-implemented
/// (Transfer-Encoding), expectation-failed, uri-too-long, header-too-large.
registry::Result<Head> parse_head(std::string_view bytes, const HeadLimits& limits);

}  // namespace api
