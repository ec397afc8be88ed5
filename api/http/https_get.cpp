#include "api/http/https_get.h"

#include <Poco/Exception.h>
#include <Poco/Net/Context.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/HTTPSClientSession.h>
#include <Poco/URI.h>

#include <istream>
#include <memory>
#include <vector>

namespace api {
namespace {

namespace net = Poco::Net;

const Poco::Timespan kTimeout(5, 0);

bool is_here(const std::string& host) { return host == "127.0.0.1" || host == "::1" || host == "localhost"; }

std::unique_ptr<net::HTTPClientSession> session_for(const Poco::URI& uri) {
  if (uri.getScheme() != "https") return std::make_unique<net::HTTPClientSession>(uri.getHost(), uri.getPort());
  net::Context::Params params;
  params.verificationMode = net::Context::VERIFY_STRICT;
  params.loadDefaultCAs = true;
  net::Context::Ptr context = new net::Context(net::Context::TLS_CLIENT_USE, params);
  context->enableExtendedCertificateVerification(true);
  context->requireMinimumProtocol(net::Context::PROTO_TLSV1_2);
  return std::make_unique<net::HTTPSClientSession>(uri.getHost(), uri.getPort(), context);
}

std::optional<std::string> read(std::istream& body, std::size_t bytes_max) {
  std::string out(bytes_max + 1, '\0');
  body.read(out.data(), static_cast<std::streamsize>(out.size()));
  if (body.gcount() > static_cast<std::streamsize>(bytes_max)) return {};
  out.resize(static_cast<std::size_t>(body.gcount()));
  return out;
}

}  // namespace

bool is_fetched_safely(const std::string& url) {
  try {
    const Poco::URI uri(url);
    if (!uri.getUserInfo().empty() || uri.getHost().empty()) return false;
    return uri.getScheme() == "https" || (uri.getScheme() == "http" && is_here(uri.getHost()));
  } catch (const Poco::Exception&) {
    return false;
  }
}

std::optional<std::string> https_get(const std::string& url, std::size_t bytes_max) {
  if (!is_fetched_safely(url)) return {};
  try {
    const Poco::URI uri(url);
    const auto session = session_for(uri);
    session->setTimeout(kTimeout, kTimeout, kTimeout);
    net::HTTPRequest request(net::HTTPRequest::HTTP_GET, uri.getPathAndQuery().empty() ? "/" : uri.getPathAndQuery(),
                             net::HTTPMessage::HTTP_1_1);
    request.set("Accept", "application/json");
    session->sendRequest(request);
    net::HTTPResponse response;
    std::istream& body = session->receiveResponse(response);
    if (response.getStatus() != net::HTTPResponse::HTTP_OK) return {};
    return read(body, bytes_max);
  } catch (const Poco::Exception&) {
    return {};
  }
}

}  // namespace api
