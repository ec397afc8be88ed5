#include "api/access/authorise.h"

#include "api/http/text.h"

namespace api {
namespace {

constexpr std::size_t kTokenMax = 512;
constexpr std::string_view kScheme = "bearer ";

/// The token of the one Authorization field; empty when there is none of this scheme.
std::string_view token_of(const Request& request) {
  const auto field = request.headers.find("authorization");
  if (!field || request.headers.count("authorization") != 1 || field->size() <= kScheme.size()) return {};
  if (!same_text(field->substr(0, kScheme.size()), kScheme)) return {};
  const std::string_view token = trim(field->substr(kScheme.size()));
  return token.size() > kTokenMax ? std::string_view() : token;
}

}  // namespace

Authorise authorise_by(const TokenBook& book) {
  return [&book](Request& request, const Route& route) -> registry::Check {
    const std::string_view token = token_of(request);
    const auto caller = token.empty() ? nullptr : book.find(token);
    request.principal = caller;
    if (route.access.open) return registry::Accepted{};
    if (!caller) return registry::refuse("unauthenticated");
    if ((static_cast<unsigned>(caller->role()) & route.access.roles) == 0)
      return registry::refuse("forbidden").with("role", std::string(name(caller->role())));
    return registry::Accepted{};
  };
}

}  // namespace api
