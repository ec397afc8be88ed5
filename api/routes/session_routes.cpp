#include "api/routes/session_routes.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "api/http/json_body.h"
#include "api/routes/route_makers.h"
#include "crypto/encoding.h"
#include "registry/service/key_ring.h"
#include "registry/views/select.h"

namespace api {
namespace {

using namespace registry;

constexpr std::size_t kBodyBytesMax = 2'048;
constexpr std::size_t kKeyDigits = 64;
constexpr std::string_view kOver = "; Path=/; Secure; HttpOnly; SameSite=Strict";

constexpr std::string_view kAskSchema = R"({"type":"object","required":["key"],"additionalProperties":false,
  "properties":{"key":{"type":"string","pattern":"^[0-9a-f]{64}$","description":"Id of an enrolled key."}}})";
constexpr std::string_view kChallengeSchema = R"({"type":"object","required":["challenge","text","expires_at"],
  "properties":{"challenge":{"type":"string"},"expires_at":{"type":"string","format":"date-time"},
  "text":{"type":"string","description":"Exactly the bytes to sign, UTF-8."}}})";
constexpr std::string_view kAnswerSchema = R"({"type":"object","required":["challenge","signature"],
  "additionalProperties":false,"properties":{"challenge":{"type":"string"},
  "signature":{"type":"string","description":"Base 64, in the form of the key's suite, as in entries."}}})";
constexpr std::string_view kSessionSchema = R"({"type":"object",
  "required":["key","party","party_name","roles","agency","officer","idle_ends_at","ends_at"],"properties":{
  "key":{"type":"string"},"party":{"type":"string"},"party_name":{"type":"string"},
  "roles":{"type":"array","items":{"type":"string"}},"agency":{"type":["object","null"],
  "properties":{"role":{"type":"string"},"level":{"type":"string"},"region":{"type":"string"}}},
  "officer":{"type":["string","null"]},"idle_ends_at":{"type":"string","format":"date-time"},
  "ends_at":{"type":"string","format":"date-time"}}})";

Json session_json(const SessionView& session) {
  const Caller& caller = *session.caller;
  Json agency;
  if (const auto& of = caller.agency()) agency = {{"role", of->role}, {"level", of->level}, {"region", of->region}};
  return {{"key", caller.key()},
          {"party", caller.party()},
          {"party_name", caller.party_name()},
          {"roles", caller.role_names()},
          {"agency", std::move(agency)},
          {"officer", caller.officer().empty() ? Json() : Json(caller.officer())},
          {"idle_ends_at", session.idle_ends_at.str()},
          {"ends_at", session.ends_at.str()}};
}

/// Exactly these members, each a text. All mistakes at once.
Result<Json> read_texts(const Request& request, std::initializer_list<const char*> members) {
  Json body = TRY(read_body(request));
  if (!body.is_object()) return refuse("malformed-request").at("", "wrong_type", "an object is expected");
  Refusal refusal = refuse("malformed-request");
  for (const char* member : members) {
    if (!body.contains(member))
      refusal.fields.push_back({std::string("/") + member, "required", {}});
    else if (!body[member].is_string())
      refusal.fields.push_back({std::string("/") + member, "wrong_type", "a text is expected"});
  }
  for (const auto& [member, value] : body.items())
    if (std::none_of(members.begin(), members.end(), [&name = member](const char* each) { return name == each; }))
      refusal.fields.push_back({"/" + member, "unknown_field", {}});
  if (!refusal.fields.empty()) return refusal;
  return body;
}

bool is_key_id(const std::string& text) {
  return text.size() == kKeyDigits && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

/// Any key gets a challenge: who has enrolled is not for strangers to find out.
Result<Response> ask(const Service& service, const Request& request) {
  const Json body = TRY(read_texts(request, {"key"}));
  const std::string key = body["key"].get<std::string>();
  if (!is_key_id(key)) return refuse("malformed-request").at("/key", "bad_hash", "64 lowercase hex digits");
  SignIn& sign_in = service.sign_in;
  const Challenge made = sign_in.challenges.open(key, origin_of(sign_in, request), request.peer, sign_in.clock.now());
  return json_response(201, {{"challenge", made.id}, {"text", made.text}, {"expires_at", made.expires.str()}});
}

/// Stands in for a key that is not there, so that the answer takes as long.
const crypto::PublicKey& nobodys_key() {
  static const crypto::PublicKey key = crypto::PrivateKey::generate(crypto::Suite::ed25519_sha256).public_key();
  return key;
}

/// The same refusal for a key that is not enrolled and for a signature that is not its own.
Check check_signature(const Service& service, const Challenge& challenge, const std::string& signature) {
  const auto row = find_row<Key>(*service.registry.read(), challenge.key);
  const crypto::PublicKey key = row ? public_key_of(*row) : nobodys_key();
  const auto raw = crypto::parse_base64(signature);
  const bool good = key.verify(challenge.text, raw ? *raw : std::string(64, '\0'));
  if (!good || !row || !raw) return refuse("sign-in-refused");
  return Accepted{};
}

Response with_cookie(Response response, const std::string& token, std::string_view more) {
  response.set_header("Set-Cookie", std::string(kSessionCookie) + "=" + token + std::string(kOver).append(more));
  return response;
}

Check check_page(const SignIn& sign_in, const Request& request) {
  if (request.headers.find("sec-fetch-site")) return check_same_site(sign_in, request);
  return Accepted{};
}

Result<Response> sign_in(const Service& service, const Request& request) {
  const Json body = TRY(read_texts(request, {"challenge", "signature"}));
  SignIn& parts = service.sign_in;
  TRY(check_page(parts, request));
  const UtcTime now = parts.clock.now();
  const Challenge challenge = TRY(parts.challenges.take(body["challenge"].get<std::string>(), now));
  if (challenge.origin != origin_of(parts, request)) return refuse("sign-in-origin").with("origin", challenge.origin);
  TRY(check_signature(service, challenge, body["signature"].get<std::string>()));
  const std::int64_t version = service.key_holders.version();
  auto caller = TRY(service.key_holders.find(challenge.key));
  const auto started = parts.sessions.start(std::move(caller), version, now);
  return with_cookie(json_response(201, session_json(started.view)), started.token, {});
}

Result<Response> get_session(const Service& service, const Request& request) {
  const auto cookie = session_cookie(request);
  if (!cookie) return refuse("unauthenticated");
  return json_response(200,
                       session_json(TRY(service.sign_in.sessions.find(*cookie, service.sign_in.clock.now(), false))));
}

Result<Response> sign_out(const Service& service, const Request& request) {
  if (const auto cookie = session_cookie(request)) {
    TRY(check_same_site(service.sign_in, request));
    service.sign_in.sessions.end(*cookie);
  }
  return with_cookie(empty_response(), "", "; Max-Age=0");
}

Route session_route(Method method, std::string path, std::string operation, std::string summary, Handler handler) {
  Route route = read_route(std::move(path), std::move(operation), std::move(summary), kOpen,
                           std::string(kSessionSchema), std::move(handler));
  route.method = method;
  route.tag = "session";
  return route;
}

Route post_route(std::string path, std::string operation, std::string summary, std::string_view schema,
                 Handler handler) {
  Route route =
      session_route(Method::post, std::move(path), std::move(operation), std::move(summary), std::move(handler));
  route.body_bytes_max = kBodyBytesMax;
  route.request_schema = schema;
  route.success_status = 201;
  return route;
}

}  // namespace

Routes session_routes(const Service& service) {
  const auto with = [&service](auto handler) -> Handler {
    return [&service, handler](const Request& request) { return handler(service, request); };
  };
  Route challenge =
      post_route("/v1/session/challenges", "askChallenge",
                 "A text to sign with an enrolled key, good once and for a minute.", kAskSchema, with(ask));
  challenge.response_schema = kChallengeSchema;
  Route start = post_route("/v1/session", "signIn",
                           "Sign in with the signature of a challenge; the session is a cookie, locked after ten idle "
                           "minutes and over after twelve hours.",
                           kAnswerSchema, with(sign_in));
  start.refusals = {"challenge-unknown", "challenge-expired", "sign-in-origin", "sign-in-refused",
                    "key-revoked",       "party-not-active",  "cross-site"};
  Route state =
      session_route(Method::get, "/v1/session", "getSession",
                    "Who is signed in and for how long; asking does not keep the session awake.", with(get_session));
  state.refusals = {"unauthenticated", "session-ended"};
  Route end = session_route(Method::delete_, "/v1/session", "signOut", "Sign out.", with(sign_out));
  end.success_status = 204;
  end.refusals = {"cross-site"};
  return {std::move(challenge), std::move(start), std::move(state), std::move(end)};
}

}  // namespace api
