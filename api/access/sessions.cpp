#include "api/access/sessions.h"

#include "crypto/encoding.h"
#include "crypto/random.h"

namespace api {
namespace {

using registry::refuse;
using registry::Result;
using registry::UtcTime;

constexpr std::size_t kTokenBytes = 32;
/// Longer than any token; nothing longer is hashed.
constexpr std::size_t kTokenMax = 64;

}  // namespace

Sessions::Started Sessions::start(std::shared_ptr<const Caller> caller, std::int64_t version, UtcTime now) {
  std::string token = crypto::to_base64url(crypto::random_bytes(kTokenBytes));
  const Session session{std::move(caller), now, now, version};
  const std::lock_guard lock(mutex_);
  make_room(session.caller->key(), now);
  ++of_key_[session.caller->key()];
  sessions_.emplace(crypto::sha256(token), session);
  return {std::move(token), view_of(session)};
}

Result<SessionView> Sessions::find(std::string_view token, UtcTime now, bool touch) {
  if (token.size() > kTokenMax) return refuse("session-ended");
  const crypto::Digest id = crypto::sha256(token);
  auto session = copy_of(id, now);
  if (!session) return refuse("session-ended");
  const std::int64_t version = holders_.version();
  // Asked without the lock: the answer comes from the database.
  if (version != session->version) {
    auto caller = holders_.find(session->caller->key());
    if (!caller) {
      end(token);
      return refuse("session-ended").with("why", caller.error().rule);
    }
    session->caller = std::move(caller).value();
    session->version = version;
  }
  if (touch) session->seen = now;
  const std::lock_guard lock(mutex_);
  const auto at = sessions_.find(id);
  if (at == sessions_.end()) return refuse("session-ended");
  if (at->second.seen > session->seen) session->seen = at->second.seen;
  at->second = *session;
  return view_of(*session);
}

void Sessions::end(std::string_view token) {
  if (token.size() > kTokenMax) return;
  const std::lock_guard lock(mutex_);
  const auto at = sessions_.find(crypto::sha256(token));
  if (at != sessions_.end()) erase(at);
}

std::size_t Sessions::size() const {
  const std::lock_guard lock(mutex_);
  return sessions_.size();
}

bool Sessions::is_over(const Session& session, UtcTime now) const {
  return session.seen.plus_ms(limits_.idle_ms) <= now || session.started.plus_ms(limits_.life_ms) <= now;
}

SessionView Sessions::view_of(const Session& session) const {
  const UtcTime end = session.started.plus_ms(limits_.life_ms);
  return {session.caller, std::min(session.seen.plus_ms(limits_.idle_ms), end), end};
}

std::optional<Sessions::Session> Sessions::copy_of(const crypto::Digest& id, UtcTime now) {
  const std::lock_guard lock(mutex_);
  const auto at = sessions_.find(id);
  if (at == sessions_.end()) return {};
  if (!is_over(at->second, now)) return at->second;
  erase(at);
  return {};
}

/// Signing in is rare, so looking at every session is cheap enough when there are too many.
void Sessions::make_room(const std::string& key, UtcTime now) {
  const auto own = of_key_.find(key);
  const bool key_is_full = own != of_key_.end() && own->second >= limits_.per_key_max;
  if (!key_is_full && sessions_.size() < limits_.total_max) return;
  auto oldest = sessions_.end();
  for (auto at = sessions_.begin(); at != sessions_.end();) {
    const auto here = at++;
    if (is_over(here->second, now)) {
      erase(here);
      continue;
    }
    if (key_is_full && here->second.caller->key() != key) continue;
    if (oldest == sessions_.end() || here->second.seen < oldest->second.seen) oldest = here;
  }
  const auto left = of_key_.find(key);
  const bool still_full = left != of_key_.end() && left->second >= limits_.per_key_max;
  if (oldest != sessions_.end() && (still_full || sessions_.size() >= limits_.total_max)) erase(oldest);
}

void Sessions::erase(Table::iterator at) {
  const auto own = of_key_.find(at->second.caller->key());
  if (--own->second == 0) of_key_.erase(own);
  sessions_.erase(at);
}

}  // namespace api
