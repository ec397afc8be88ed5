#include "api/access/sign_in.h"

#include "api/http/text.h"

namespace api {
namespace {

using registry::Accepted;
using registry::Check;
using registry::refuse;

}  // namespace

std::string origin_of(const SignIn& sign_in, const Request& request) {
  if (!sign_in.origin.empty()) return sign_in.origin;
  return (request.secure ? "https://" : "http://") + lower(request.headers.find("host").value_or(""));
}

std::optional<std::string_view> session_cookie(const Request& request) {
  if (request.headers.count("cookie") != 1) return {};
  std::string_view rest = *request.headers.find("cookie");
  std::optional<std::string_view> found;
  while (!rest.empty()) {
    std::string_view pair = trim(cut(rest, ';'));
    if (cut(pair, '=') != kSessionCookie) continue;
    if (found) return {};
    found = pair;
  }
  return found;
}

Check check_same_site(const SignIn& sign_in, const Request& request) {
  if (const auto site = request.headers.find("sec-fetch-site")) {
    if (*site == "same-origin" || *site == "none") return Accepted{};
    return refuse("cross-site");
  }
  const auto origin = request.headers.find("origin");
  if (origin && *origin == origin_of(sign_in, request)) return Accepted{};
  return refuse("cross-site");
}

}  // namespace api
