#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "api/access/roles.h"
#include "crypto/digest.h"
#include "crypto/key.h"
#include "registry/base/result.h"
#include "registry/base/time.h"

namespace api {

/// What the log says now about who signs with a key.
class KeyHolders {
 public:
  virtual ~KeyHolders() = default;
  /// Refuses with the reason why the key speaks for nobody now.
  virtual registry::Result<std::shared_ptr<const Caller>> find(const std::string& key) = 0;
  /// The enrolled key, revoked or not; nothing for another text.
  virtual std::optional<crypto::PublicKey> public_key(const std::string& key) = 0;
  /// Grows whenever an answer of find may have changed.
  virtual std::int64_t version() = 0;
};

/// One session as it is now.
struct SessionView {
  std::shared_ptr<const Caller> caller;
  registry::UtcTime idle_ends_at, ends_at;
};

/// Who is signed in, by the SHA-256 of each session's token; the tokens themselves are nowhere, and a restart signs
/// everybody out. A session ends when it is idle, when it is old, and at the first request after the log says that its
/// key, officer or party may no longer act. Thread-safe.
class Sessions {
 public:
  struct Limits {
    std::int64_t idle_ms = 10 * 60'000;
    std::int64_t life_ms = 12 * 3'600'000;
    /// One more ends the longest idle one of the same key.
    std::size_t per_key_max = 16;
    /// One more ends the longest idle one of all.
    std::size_t total_max = 100'000;
  };
  /// Borrows `holders`.
  explicit Sessions(KeyHolders& holders) : Sessions(holders, Limits{}) {}
  Sessions(KeyHolders& holders, Limits limits) : holders_(holders), limits_(limits) {}

  struct Started {
    /// For the cookie; 32 random bytes, base 64 for URLs.
    std::string token;
    SessionView view;
  };
  Started start(std::shared_ptr<const Caller> caller, std::int64_t version, registry::UtcTime now);
  /// Refuses with session-ended. `touch` moves the idle lock on.
  registry::Result<SessionView> find(std::string_view token, registry::UtcTime now, bool touch);
  void end(std::string_view token);
  std::size_t size() const;

 private:
  struct Session {
    std::shared_ptr<const Caller> caller;
    registry::UtcTime started, seen;
    std::int64_t version = 0;
  };
  using Table = std::unordered_map<crypto::Digest, Session>;

  bool is_over(const Session& session, registry::UtcTime now) const;
  SessionView view_of(const Session& session) const;
  std::optional<Session> copy_of(const crypto::Digest& id, registry::UtcTime now);
  void make_room(const std::string& key, registry::UtcTime now);

  KeyHolders& holders_;
  const Limits limits_;
  mutable std::mutex mutex_;
  Table sessions_;
  std::unordered_map<std::string, std::size_t> of_key_;
  void erase(Table::iterator at);
};

}  // namespace api
