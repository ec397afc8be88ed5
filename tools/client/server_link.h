#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "crypto/key.h"

namespace tools {

/// An answer of a server.
struct Answer {
  int status = 0;
  std::string content_type, body;
  bool good() const { return status >= 200 && status < 300; }
};

/// The server cannot be reached or speaks something else than HTTP.
class LinkError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// One keep-alive connection to a registry, by HTTP or HTTPS (TLS 1.2 or 1.3, the certificate checked against the name
/// or address in the URL; there is no way to skip that). Connects again by itself when the server closed it between two
/// requests, and waits and asks again, up to ten times, when the server answers 429. For one thread at a time.
class ServerLink {
 public:
  /// "http://127.0.0.1:8360" or "https://...". `ca`: PEM file of the authorities to trust, else those of the system.
  /// Throws LinkError for anything else.
  explicit ServerLink(std::string_view url, std::string token = {}, std::string ca = {});
  ~ServerLink();
  ServerLink(ServerLink&&) noexcept;

  /// From now on each request is signed with this enrolled key (RFC 9421).
  void sign_with(crypto::PrivateKey key) { key_ = std::move(key); }
  /// Why an official looks: "case PX-1", "inspection", "routine"; empty says nothing.
  void say_purpose(std::string purpose) { purpose_ = std::move(purpose); }

  Answer get(std::string_view path);
  Answer post(std::string_view path, std::string_view content_type, std::string_view body);

  const std::string& url() const { return url_; }

 private:
  struct Session;
  Answer send(const std::string& method, std::string_view path, std::string_view content_type, std::string_view body);
  /// The answer, and its Retry-After.
  std::pair<Answer, std::chrono::seconds> send_once(const std::string& method, std::string_view path,
                                                    std::string_view content_type, std::string_view body);
  std::string url_, token_, ca_, purpose_;
  std::optional<crypto::PrivateKey> key_;
  std::unique_ptr<Session> session_;
};

/// A query parameter's value, percent-encoded.
std::string url_encode(std::string_view value);

}  // namespace tools
