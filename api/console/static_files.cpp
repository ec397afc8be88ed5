#include "api/console/static_files.h"

#include <algorithm>

#include "api/access/roles.h"
#include "api/http/browser_safety.h"
#include "api/http/etag.h"

namespace api {
namespace {

using console::Asset;

constexpr std::string_view kForever = "public, max-age=31536000, immutable";
constexpr std::string_view kAskAgain = "no-cache";
constexpr std::string_view kHashed = "assets/";

/// True if the list of RFC 9110 section 12.5.3 names gzip and does not weigh it zero.
bool takes_gzip(const Request& request) {
  const auto list = request.headers.find("accept-encoding");
  if (!list) return false;
  const auto at = list->find("gzip");
  return at != list->npos && list->substr(at + 4).substr(0, 4) != ";q=0";
}

Response not_modified(const Asset& asset) {
  Response response = empty_response();
  response.status = 304;
  return response.set_header("ETag", asset.etag);
}

Response content(const Asset& asset, bool gzip) {
  Response response = bytes_response(200, std::string(asset.media_type), std::string(gzip ? asset.gzip : asset.bytes));
  if (gzip) response.set_header("Content-Encoding", "gzip");
  return response.set_header("ETag", asset.etag);
}

Response serve(const Asset& asset, const Request& request) {
  const auto known = request.headers.find("if-none-match");
  Response response = known && none_match_hits(*known, asset.etag)
                          ? not_modified(asset)
                          : content(asset, !asset.gzip.empty() && takes_gzip(request));
  response.set_header("Cache-Control", asset.path.starts_with(kHashed) ? kForever : kAskAgain);
  response.set_header("Vary", "Accept-Encoding");
  return response;
}

Route file_route(std::string path, const Asset& asset) {
  Route route;
  route.operation = "file:" + path;
  route.path = std::move(path);
  route.summary = "A file of the web app.";
  route.access = kOpen;
  route.tag = "console";
  route.response_type = asset.media_type;
  route.handle = [&asset](const Request& request) { return serve(asset, request); };
  return route;
}

/// The stand-alone page is for saving: its script is inside it, which no page served from here may have.
void make_a_download(Route& route, std::string_view name) {
  route.handle = [serve = std::move(route.handle), name](const Request& request) {
    Response response = serve(request);
    offer_as_download(response, name);
    return response;
  };
}

Route without_console() {
  static const Asset note{"index.html", "text/plain; charset=utf-8", "\"none\"",
                          "This program was built without its web app (TALLYSTICK_CONSOLE=OFF). The API is at /v1, its "
                          "description at /openapi.json.\n本程序未包含网页控制台；接口在 /v1，说明在 /openapi.json。\n",
                          ""};
  return file_route("/", note);
}

}  // namespace

Routes console_routes(std::span<const Asset> files) {
  Routes out;
  for (const Asset& asset : files) {
    out.push_back(file_route(asset.path == "index.html" ? "/" : "/" + std::string(asset.path), asset));
    if (asset.path == "docs.html") out.push_back(file_route("/docs", asset));
    if (asset.path == "verify-offline.html") make_a_download(out.back(), "tallystick-verify.html");
  }
  if (out.empty()) out.push_back(without_console());
  return out;
}

}  // namespace api
