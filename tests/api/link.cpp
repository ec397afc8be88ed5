#include "tests/api/link.h"

#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/StreamCopier.h>

#include <istream>
#include <ostream>

namespace city {

struct Link::Session : Poco::Net::HTTPClientSession {
  using HTTPClientSession::HTTPClientSession;
};

std::string text(const nlohmann::json& json, const char* member) { return json.at(member).get<std::string>(); }

std::string Answer::rule() const {
  const auto body_json = json();
  return body_json.is_object() ? body_json.value("rule", "") : "";
}

std::string Answer::says() const {
  std::string out = std::to_string(status) + " " + rule();
  const auto body_json = json();
  if (body_json.is_object() && body_json.contains("errors"))
    for (const auto& error : body_json["errors"]) {
      const std::string pointer = text(error, "pointer"), code = text(error, "code");
      out += " " + pointer + (code == rule() ? "" : ":" + code);
    }
  return out;
}

Link::Link(std::uint16_t port) : session_(std::make_unique<Session>("127.0.0.1", port)) {
  session_->setKeepAlive(true);
  session_->setTimeout(Poco::Timespan(20, 0));
}

Link::~Link() = default;

Answer Link::get(const std::string& path, const std::string& token, const std::string& none_match) {
  return send("GET", path, {}, {}, token, none_match);
}

Answer Link::post(const std::string& path, const std::string& body, const std::string& type, const std::string& token) {
  return send("POST", path, body, type, token, {});
}

Answer Link::remove(const std::string& path) { return send("DELETE", path, {}, {}, {}, {}); }

Answer Link::send(const std::string& method, const std::string& path, const std::string& body, const std::string& type,
                  const std::string& token, const std::string& none_match) {
  Poco::Net::HTTPRequest request(method, path, Poco::Net::HTTPMessage::HTTP_1_1);
  if (!token.empty()) request.set("Authorization", "Bearer " + token);
  if (!none_match.empty()) request.set("If-None-Match", none_match);
  for (const auto& [name, value] : headers_)
    if (!value.empty()) request.set(name, value);
  if (method == "POST") {
    request.setContentType(type);
    request.setContentLength64(static_cast<Poco::Int64>(body.size()));
  }
  return exchange(request, body);
}

Answer Link::get_as(const std::string& path, const std::string& accept, const std::string& language) {
  Poco::Net::HTTPRequest request("GET", path, Poco::Net::HTTPMessage::HTTP_1_1);
  if (!accept.empty()) request.set("Accept", accept);
  if (!language.empty()) request.set("Accept-Language", language);
  return exchange(request, {});
}

Answer Link::exchange(Poco::Net::HTTPRequest& request, const std::string& body) {
  session_->sendRequest(request) << body;
  Poco::Net::HTTPResponse response;
  Answer answer;
  Poco::StreamCopier::copyToString(session_->receiveResponse(response), answer.body);
  answer.status = response.getStatus();
  answer.type = response.get("Content-Type", "");
  answer.etag = response.get("ETag", "");
  answer.link = response.get("Link", "");
  answer.cache = response.get("Cache-Control", "");
  answer.challenge = response.get("WWW-Authenticate", "");
  answer.policy = response.get("Content-Security-Policy", "");
  answer.retry_after = response.get("Retry-After", "");
  answer.cookie = response.get("Set-Cookie", "");
  answer.location = response.get("Location", "");
  answer.language = response.get("Content-Language", "");
  for (const auto& [name, value] : response) answer.head += name + ": " + value + "\n";
  return answer;
}

}  // namespace city
