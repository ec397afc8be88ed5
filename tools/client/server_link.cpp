#include "tools/client/server_link.h"

#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/HTTPSClientSession.h>
#include <Poco/StreamCopier.h>
#include <Poco/URI.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <stdexcept>
#include <thread>

#include "crypto/tls.h"
#include "registry/base/time.h"
#include "tools/client/request_signature.h"

namespace tools {
namespace {

constexpr long kTimeoutS = 60;
constexpr int kChainDepth = 9;
/// An entry sent again is stored once, so every request may be.
constexpr int kTooManyRequests = 429, kTriesMax = 10;
constexpr std::chrono::seconds kWaitMax{60};

std::chrono::seconds seconds_of(std::string_view text) {
  int out = 0;
  std::from_chars(text.data(), text.data() + text.size(), out);
  return std::chrono::seconds(out);
}

Poco::URI parse(const std::string& url) {
  try {
    Poco::URI uri(url);
    if ((uri.getScheme() == "http" || uri.getScheme() == "https") && !uri.getHost().empty()) return uri;
  } catch (const Poco::Exception&) {
  }
  throw LinkError("not an address of a registry: " + url + " (http://host:port or https://host:port is wanted)");
}

/// As the server knows itself: scheme, host and a port that the scheme does not imply.
std::string origin_of(const std::string& url) {
  const Poco::URI uri = parse(url);
  return uri.getScheme() + "://" + uri.getAuthority();
}

/// The host and the chain are checked by OpenSSL; there is no switch to go on without.
Poco::Net::Context::Ptr trust(const std::string& host, const std::string& ca) {
  using Poco::Net::Context;
  if (!ca.empty() && !std::filesystem::is_regular_file(ca)) throw LinkError("there is no file of authorities: " + ca);
  Context::Ptr context(
      new Context(Context::TLS_CLIENT_USE, ca, Context::VERIFY_STRICT, kChainDepth, ca.empty(), "HIGH"));
  context->enableExtendedCertificateVerification(false);
  crypto::prepare_tls_client(*context->sslContext(), host);
  return context;
}

std::unique_ptr<Poco::Net::HTTPClientSession> connect(const Poco::URI& uri, const std::string& ca) {
  using namespace Poco::Net;
  if (uri.getScheme() == "http") return std::make_unique<HTTPClientSession>(uri.getHost(), uri.getPort());
  return std::make_unique<HTTPSClientSession>(uri.getHost(), uri.getPort(), trust(uri.getHost(), ca));
}

}  // namespace

struct ServerLink::Session {
  Session(const Poco::URI& uri, const std::string& ca) : http(connect(uri, ca)) {
    http->setKeepAlive(true);
    http->setTimeout(Poco::Timespan(kTimeoutS, 0));
  }
  std::unique_ptr<Poco::Net::HTTPClientSession> http;
};

ServerLink::ServerLink(std::string_view url, std::string token, std::string ca)
    : url_(url), token_(std::move(token)), ca_(std::move(ca)), session_(std::make_unique<Session>(parse(url_), ca_)) {}
ServerLink::~ServerLink() = default;
ServerLink::ServerLink(ServerLink&&) noexcept = default;

Answer ServerLink::get(std::string_view path) { return send("GET", path, {}, {}); }

Answer ServerLink::post(std::string_view path, std::string_view content_type, std::string_view body) {
  return send("POST", path, content_type, body);
}

Answer ServerLink::send(const std::string& method, std::string_view path, std::string_view content_type,
                        std::string_view body) {
  for (int tries = 1;; ++tries) {
    auto [answer, retry_after] = send_once(method, path, content_type, body);
    if (answer.status != kTooManyRequests || tries == kTriesMax) return std::move(answer);
    std::this_thread::sleep_for(std::clamp(retry_after, std::chrono::seconds(1), kWaitMax));
  }
}

std::pair<Answer, std::chrono::seconds> ServerLink::send_once(const std::string& method, std::string_view path,
                                                              std::string_view content_type, std::string_view body) {
  try {
    Poco::Net::HTTPRequest request(method, std::string(path), Poco::Net::HTTPMessage::HTTP_1_1);
    if (!token_.empty()) request.set("Authorization", "Bearer " + token_);
    if (!content_type.empty()) {
      request.setContentType(std::string(content_type));
      request.setContentLength64(static_cast<Poco::Int64>(body.size()));
    }
    if (!purpose_.empty()) request.set("Tallystick-Purpose", purpose_);
    if (key_) {
      const RequestToSign signed_parts{method, origin_of(url_) + std::string(path), purpose_, std::string(content_type),
                                       body};
      for (const auto& [name, value] : signature_fields(signed_parts, *key_, registry::SystemClock().now()))
        request.set(name, value);
    }
    auto& out = session_->http->sendRequest(request);
    out.write(body.data(), static_cast<std::streamsize>(body.size()));
    Poco::Net::HTTPResponse response;
    auto& in = session_->http->receiveResponse(response);
    Answer answer{static_cast<int>(response.getStatus()), response.getContentType(), {}};
    Poco::StreamCopier::copyToString(in, answer.body);
    return {std::move(answer), seconds_of(response.get("Retry-After", ""))};
  } catch (const Poco::Exception& fault) {
    session_ = std::make_unique<Session>(parse(url_), ca_);
    throw LinkError("no answer from " + url_ + ": " + fault.displayText());
  }
}

std::string url_encode(std::string_view value) {
  std::string out;
  Poco::URI::encode(std::string(value), "!#$&'()*+,/:;=?@[]%\"<>\\^`{|}", out);
  return out;
}

}  // namespace tools
