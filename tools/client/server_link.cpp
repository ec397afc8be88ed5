#include "tools/client/server_link.h"

#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/StreamCopier.h>
#include <Poco/URI.h>

#include <stdexcept>

namespace tools {
namespace {

constexpr long kTimeoutS = 60;

Poco::URI parse(const std::string& url) {
  try {
    Poco::URI uri(url);
    if (uri.getScheme() == "http" && !uri.getHost().empty()) return uri;
  } catch (const Poco::Exception&) {
  }
  throw LinkError("not an address of a registry: " + url + " (http://host:port is wanted)");
}

}  // namespace

struct ServerLink::Session {
  explicit Session(const Poco::URI& uri) : http(uri.getHost(), uri.getPort()) {
    http.setKeepAlive(true);
    http.setTimeout(Poco::Timespan(kTimeoutS, 0));
  }
  Poco::Net::HTTPClientSession http;
};

ServerLink::ServerLink(std::string_view url, std::string token)
    : url_(url), token_(std::move(token)), session_(std::make_unique<Session>(parse(url_))) {}
ServerLink::~ServerLink() = default;
ServerLink::ServerLink(ServerLink&&) noexcept = default;

Answer ServerLink::get(std::string_view path) { return send("GET", path, {}, {}); }

Answer ServerLink::post(std::string_view path, std::string_view content_type, std::string_view body) {
  return send("POST", path, content_type, body);
}

Answer ServerLink::send(const std::string& method, std::string_view path, std::string_view content_type,
                        std::string_view body) {
  try {
    Poco::Net::HTTPRequest request(method, std::string(path), Poco::Net::HTTPMessage::HTTP_1_1);
    if (!token_.empty()) request.set("Authorization", "Bearer " + token_);
    if (!content_type.empty()) {
      request.setContentType(std::string(content_type));
      request.setContentLength64(static_cast<Poco::Int64>(body.size()));
    }
    auto& out = session_->http.sendRequest(request);
    out.write(body.data(), static_cast<std::streamsize>(body.size()));
    Poco::Net::HTTPResponse response;
    auto& in = session_->http.receiveResponse(response);
    Answer answer{static_cast<int>(response.getStatus()), response.getContentType(), {}};
    Poco::StreamCopier::copyToString(in, answer.body);
    return answer;
  } catch (const Poco::Exception& fault) {
    session_ = std::make_unique<Session>(parse(url_));
    throw LinkError("no answer from " + url_ + ": " + fault.displayText());
  }
}

std::string url_encode(std::string_view value) {
  std::string out;
  Poco::URI::encode(std::string(value), "!#$&'()*+,/:;=?@[]%\"<>\\^`{|}", out);
  return out;
}

}  // namespace tools
