#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace Poco::Net {
class HTTPRequest;
}

namespace city {

/// A member that is a text.
std::string text(const nlohmann::json& json, const char* member);

/// An answer of the server.
struct Answer {
  int status = 0;
  std::string type, body, etag, link, cache, challenge, policy, retry_after, location, cookie, language;
  /// Every field of the head, a line each.
  std::string head;

  /// The body as JSON; discarded when it is none.
  nlohmann::json json() const { return nlohmann::json::parse(body, nullptr, false); }
  /// The refusal's rule id, empty when it is none.
  std::string rule() const;
  /// "409 chain-gap header/cseq", as tests of refusals read it: status, rule, pointers.
  std::string says() const;
};

/// One keep-alive connection.
class Link {
 public:
  explicit Link(std::uint16_t port);
  ~Link();

  Answer get(const std::string& path, const std::string& token = {}, const std::string& none_match = {});
  /// With these Accept and Accept-Language fields; an empty one is not sent.
  Answer get_as(const std::string& path, const std::string& accept, const std::string& language = {});
  Answer post(const std::string& path, const std::string& body, const std::string& type = "application/json",
              const std::string& token = {});
  Answer remove(const std::string& path);
  /// Sent with every request from now on; an empty value is not sent.
  void set_header(const std::string& name, const std::string& value) { headers_[name] = value; }

 private:
  Answer send(const std::string& method, const std::string& path, const std::string& body, const std::string& type,
              const std::string& token, const std::string& none_match);
  Answer exchange(Poco::Net::HTTPRequest& request, const std::string& body);
  struct Session;
  std::unique_ptr<Session> session_;
  std::map<std::string, std::string> headers_;
};

}  // namespace city
