#include "api/access/authorise.h"

#include "api/access/message_signature.h"
#include "api/http/text.h"

namespace api {
namespace {

using registry::Accepted;
using registry::Check;
using registry::refuse;
using registry::Result;

using CallerPtr = std::shared_ptr<const Caller>;

constexpr std::size_t kTokenMax = 512;
constexpr std::string_view kScheme = "bearer ";
/// Sent as ?1 (a structured field) by a page that reads again what has changed.
constexpr std::string_view kUnattended = "tallystick-unattended";

/// The token of the one Authorization field; empty when there is none of this scheme, and for one too long to be ours.
std::string_view token_of(const Request& request) {
  const auto field = request.headers.find("authorization");
  if (!field || request.headers.count("authorization") != 1 || field->size() <= kScheme.size()) return {};
  if (!same_text(field->substr(0, kScheme.size()), kScheme)) return {};
  const std::string_view token = trim(field->substr(kScheme.size()));
  return token.size() > kTokenMax && !is_web_token(token) ? std::string_view() : token;
}

bool changes_something(const Request& request) {
  return request.method != Method::get && request.method != Method::head && request.method != Method::options;
}

/// Null for whoever brings nothing.
Result<CallerPtr> by_token(const TokenBook& book, const SignIn& sign_in, const Request& request) {
  const std::string_view token = token_of(request);
  if (sign_in.oidc && is_web_token(token)) return sign_in.oidc->find(token);
  CallerPtr caller = token.empty() ? nullptr : book.find(token);
  if (!caller) return refuse("unauthenticated");
  return caller;
}

/// A page that asks by itself, because time has passed or the log has changed, is no sign that somebody sits there.
bool is_unattended(const Request& request, const Route& route) {
  return route.access.open || route.access.unattended || request.headers.find(kUnattended) == "?1";
}

Result<CallerPtr> by_session(const SignIn& sign_in, const Request& request, const Route& route) {
  const auto cookie = session_cookie(request);
  if (!cookie) return refuse("unauthenticated");
  const bool touch = !is_unattended(request, route) || changes_something(request);
  const SessionView session = TRY(sign_in.sessions.find(*cookie, sign_in.clock.now(), touch));
  if (changes_something(request)) TRY(check_same_site(sign_in, request));
  return session.caller;
}

Result<CallerPtr> caller_of(const TokenBook& book, const SignIn& sign_in, const Request& request, const Route& route) {
  if (is_signed(request)) return sign_in.signed_requests.find(request, origin_of(sign_in, request));
  const bool has_token = request.headers.count("authorization") != 0;
  return has_token ? by_token(book, sign_in, request) : by_session(sign_in, request, route);
}

/// "case 2026-17" names the case; empty for any other purpose.
std::string_view named_case(const Request& request) {
  constexpr std::string_view kCase = "case ";
  const auto field = request.headers.find("tallystick-purpose");
  if (!field || request.headers.count("tallystick-purpose") != 1 || !field->starts_with(kCase)) return {};
  return trim(field->substr(kCase.size()));
}

/// What bounds an agency's sight of the resource; nothing where its kind has no part in that.
std::optional<registry::Bounds> bounds_of(const Caller& caller, const Rights& rights, std::string_view resource,
                                          Relation relation) {
  if (!caller.agency()) return registry::Bounds();
  auto bounds = rights.office(caller.agency()->role, resource);
  if (!bounds) return {};
  bounds->office = caller.party();
  if (relation == Relation::region) bounds->region = caller.region_prefix();
  return bounds;
}

/// The caller as it may act here; null where it may not.
CallerPtr acting(const Caller& caller, const Rights& rights, const Route& route, const Request& request,
                 const FindCase& find_case) {
  const auto roles = caller.role_names();
  const std::string_view resource = rights.resource_of(route.operation);
  const Relation relation = rights.may(roles, resource);
  if (relation == Relation::none) return {};
  auto bounds = bounds_of(caller, rights, resource, relation);
  if (!bounds) return {};
  const bool sees_personal = bounds_of(caller, rights, "personal", relation).has_value();
  const Relation personal = sees_personal ? rights.may(roles, "personal") : Relation::none;
  const std::string_view reference = named_case(request);
  if (find_case && !bounds->region.empty() && !caller.party().empty() && !reference.empty())
    bounds->touched = find_case(caller.party(), reference);
  return std::make_shared<const Caller>(caller.acting(relation, personal, std::move(*bounds)));
}

}  // namespace

Authorise authorise_by(const TokenBook& book, const SignIn& sign_in, const Rights& rights, FindCase find_case) {
  return [&book, &sign_in, &rights, find_case = std::move(find_case)](Request& request, const Route& route) -> Check {
    auto caller = caller_of(book, sign_in, request, route);
    if (caller) request.principal = caller.value();
    if (route.access.open) {
      if (!caller && (is_signed(request) || caller.error().rule == "cross-site")) return caller.error();
      return Accepted{};
    }
    if (!caller) return caller.error();
    const CallerPtr allowed = acting(*caller.value(), rights, route, request, find_case);
    if (!allowed) return refuse("forbidden").with("role", caller.value()->roles_text());
    request.principal = allowed;
    return Accepted{};
  };
}

}  // namespace api
