#include "api/http/head.h"

#include <algorithm>
#include <charconv>

#include "api/http/text.h"

namespace api {
namespace {

using registry::Accepted;
using registry::Check;
using registry::refuse;

constexpr std::size_t kMethodBytesMax = 32;
/// Far above any limit of ours, and no sum of two such lengths overflows.
constexpr std::size_t kLengthDigitsMax = 18;

registry::Refusal malformed(std::string_view where, std::string_view code) {
  return refuse("malformed-request").at(std::string(where), std::string(code));
}

/// The next line without its CR LF.
std::string_view next_line(std::string_view& rest) {
  const std::string_view line = cut(rest, '\n');
  return line.substr(0, line.size() - (line.empty() ? 0 : 1));
}

/// Visible ASCII; the four left out are no part of a URI, and would end a quoted place it is copied to.
bool is_target(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return c > 0x20 && c < 0x7f && c != '#' && c != '"' && c != '<' && c != '>'; });
}

bool is_host(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return lower(c) != c || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
           std::string_view("-._~!$&'()*+,;=%:[]").find(c) != std::string_view::npos;
  });
}

Check read_version(Head& head, std::string_view text) {
  const bool shaped = text.size() == 8 && text.substr(0, 5) == "HTTP/" && is_digits(text.substr(5, 1)) &&
                      text[6] == '.' && is_digits(text.substr(7));
  if (!shaped) return malformed("request-line", "bad_request_line");
  if (text[5] != '1' || text[7] > '1') return refuse("http-version-not-supported");
  head.minor = text[7] - '0';
  head.keep_alive = head.minor == 1;
  return Accepted{};
}

/// Cuts scheme and authority off an absolute target (RFC 9112 section 3.2.2); gives the authority.
std::string_view cut_authority(std::string_view& target) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!same_text(target.substr(0, scheme.size()), scheme)) continue;
    target.remove_prefix(scheme.size());
    const auto authority = target.substr(0, target.find_first_of("/?"));
    target.remove_prefix(authority.size());
    return authority;
  }
  return {};
}

Check read_target(Head& head, std::string_view target, std::string& authority, const HeadLimits& limits) {
  if (target.size() > limits.target_bytes_max)
    return refuse("uri-too-long").with("limit", std::to_string(limits.target_bytes_max));
  if (!is_target(target)) return malformed("request-line", "bad_target");
  authority = cut_authority(target);
  if (!authority.empty() && target.empty()) target = "/";
  head.target = target;
  head.path = cut(target, '?');
  head.query = target;
  const bool star = head.path == "*" && head.method == "OPTIONS" && head.query.empty();
  if (!star && (head.path.empty() || head.path.front() != '/')) return malformed("request-line", "bad_target");
  return Accepted{};
}

Check read_request_line(Head& head, std::string_view line, std::string& authority, const HeadLimits& limits) {
  const auto first = line.find(' '), last = line.rfind(' ');
  if (first == std::string_view::npos || first == last) return malformed("request-line", "bad_request_line");
  const std::string_view method = line.substr(0, first);
  if (!is_token(method) || method.size() > kMethodBytesMax) return malformed("request-line", "bad_request_line");
  head.method = method;
  TRY(read_version(head, line.substr(last + 1)));
  return read_target(head, line.substr(first + 1, last - first - 1), authority, limits);
}

Check read_field(Head& head, std::string_view line) {
  if (line.front() == ' ' || line.front() == '\t') return malformed("header", "folded_field");
  const auto colon = line.find(':');
  const std::string_view name = line.substr(0, colon);
  if (colon == std::string_view::npos || !is_token(name)) return malformed("header", "bad_field");
  const std::string_view value = trim(line.substr(colon + 1));
  const bool clean = std::none_of(value.begin(), value.end(), [](char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f;
  });
  if (!clean) return malformed("header/" + lower(name), "bad_field_value");
  head.headers.add(name, value);
  return Accepted{};
}

/// Fields that must not be read two ways.
Check check_single(const Head& head) {
  for (const std::string_view name : {"host", "content-length", "content-type", "authorization", "expect", "if-match",
                                      "idempotency-key", "x-request-id", "range"})
    if (head.headers.count(name) > 1) return malformed("header/" + std::string(name), "duplicate");
  return Accepted{};
}

Check check_host(const Head& head, std::string_view authority) {
  const auto host = head.headers.find("host");
  if (!host && head.minor == 1) return malformed("header/host", "required");
  if (host && !is_host(*host)) return malformed("header/host", "bad_host");
  if (host && !authority.empty() && !same_text(*host, authority)) return malformed("header/host", "bad_host");
  return Accepted{};
}

Check read_length(Head& head) {
  const auto text = head.headers.find("content-length");
  if (head.headers.count("transfer-encoding") != 0) {
    if (text || head.minor == 0) return malformed("header/content-length", "conflicting_length");
    return refuse("not-implemented").with("what", "Transfer-Encoding");
  }
  if (!text) return Accepted{};
  if (!is_digits(*text) || text->size() > kLengthDigitsMax) return malformed("header/content-length", "bad_length");
  std::uint64_t value = 0;
  std::from_chars(text->data(), text->data() + text->size(), value);
  head.content_length = value;
  return Accepted{};
}

Check read_connection(Head& head) {
  const std::string_view wish = head.headers.find("connection").value_or("");
  if (list_has(wish, "close") || head.headers.count("connection") > 1)
    head.keep_alive = false;
  else if (list_has(wish, "keep-alive"))
    head.keep_alive = true;
  const auto expect = head.headers.find("expect");
  if (expect && !same_text(*expect, "100-continue")) return refuse("expectation-failed");
  return Accepted{};
}

}  // namespace

registry::Result<Head> parse_head(std::string_view bytes, const HeadLimits& limits) {
  Head head;
  std::string authority;
  TRY(read_request_line(head, next_line(bytes), authority, limits));
  for (std::string_view line = next_line(bytes); !line.empty(); line = next_line(bytes)) {
    if (head.headers.size() == limits.fields_max)
      return refuse("header-too-large")
          .with("limit", std::to_string(limits.head_bytes_max))
          .with("fields", std::to_string(limits.fields_max));
    TRY(read_field(head, line));
  }
  TRY(check_single(head));
  TRY(check_host(head, authority));
  TRY(read_length(head));
  TRY(read_connection(head));
  return head;
}

}  // namespace api
