#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "registry/base/result.h"
#include "registry/base/time.h"

namespace api {

/// A question to whoever says that a key is theirs: sign this text.
struct Challenge {
  /// 32 random bytes, base 64 for URLs.
  std::string id;
  /// What was said, any 64 hex digits; and the address the person sees in the browser.
  std::string key, origin;
  registry::UtcTime expires;
  /// Exactly the bytes to sign. Its first line is that of no other text that keys of a ledger sign.
  std::string text;
};

/// The challenges that nobody has answered yet. Each is good once and for a minute. Bounded: when there is no room, the
/// oldest of the network that has most of them goes, so that a flood pushes out its own. Thread-safe.
class Challenges {
 public:
  struct Limits {
    std::int64_t life_ms = 60'000;
    std::size_t total_max = 65'536;
    std::size_t per_network_max = 1'024;
  };
  explicit Challenges(std::string ledger) : Challenges(std::move(ledger), Limits{}) {}
  Challenges(std::string ledger, Limits limits) : ledger_(std::move(ledger)), limits_(limits) {}

  Challenge open(const std::string& key, const std::string& origin, std::string_view address, registry::UtcTime now);
  /// Takes it out. Refuses with challenge-unknown, for what was never given, taken before or pushed out, and with
  /// challenge-expired.
  registry::Result<Challenge> take(std::string_view id, registry::UtcTime now);
  std::size_t size() const;

 private:
  struct Open {
    Challenge challenge;
    std::string network;
  };
  using Place = std::list<Open>::iterator;

  std::string text_of(const Challenge& challenge) const;
  void drop_expired(registry::UtcTime now);
  void make_room(const std::string& network);
  void drop(Place place);
  void count(const std::string& network, std::size_t before, std::size_t after);

  const std::string ledger_;
  const Limits limits_;
  mutable std::mutex mutex_;
  /// The oldest first; all live equally long.
  std::list<Open> open_;
  std::unordered_map<std::string, Place> by_id_;
  std::unordered_map<std::string, std::list<std::string>> of_network_;
  std::set<std::pair<std::size_t, std::string>> loads_;
};

}  // namespace api
