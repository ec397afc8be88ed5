#include "api/access/challenges.h"

#include "api/http/network_of.h"
#include "crypto/encoding.h"
#include "crypto/random.h"

namespace api {
namespace {

using registry::refuse;
using registry::Result;
using registry::UtcTime;

constexpr std::size_t kChallengeBytes = 32;

}  // namespace

std::string Challenges::text_of(const Challenge& challenge) const {
  return "tallystick sign-in v1\nledger " + ledger_ + "\norigin " + challenge.origin + "\nkey " + challenge.key +
         "\nchallenge " + challenge.id + "\nexpires " + challenge.expires.str() + "\n";
}

Challenge Challenges::open(const std::string& key, const std::string& origin, std::string_view address, UtcTime now) {
  Challenge made{
      crypto::to_base64url(crypto::random_bytes(kChallengeBytes)), key, origin, now.plus_ms(limits_.life_ms), {}};
  made.text = text_of(made);
  const std::string network = network_of(address);
  const std::lock_guard lock(mutex_);
  drop_expired(now);
  make_room(network);
  open_.push_back({made, network});
  by_id_.emplace(made.id, std::prev(open_.end()));
  auto& ids = of_network_[network];
  ids.push_back(made.id);
  count(network, ids.size() - 1, ids.size());
  return made;
}

Result<Challenge> Challenges::take(std::string_view id, UtcTime now) {
  const std::lock_guard lock(mutex_);
  const auto at = by_id_.find(std::string(id));
  if (at == by_id_.end()) return refuse("challenge-unknown");
  Challenge out = at->second->challenge;
  drop(at->second);
  if (out.expires <= now) return refuse("challenge-expired").with("expired", out.expires.str());
  return out;
}

std::size_t Challenges::size() const {
  const std::lock_guard lock(mutex_);
  return open_.size();
}

/// Kept for as long again, so that one who answers late is told so.
void Challenges::drop_expired(UtcTime now) {
  while (!open_.empty() && open_.front().challenge.expires.plus_ms(limits_.life_ms) <= now) drop(open_.begin());
}

void Challenges::make_room(const std::string& network) {
  const auto own = of_network_.find(network);
  if (own != of_network_.end() && own->second.size() >= limits_.per_network_max)
    drop(by_id_.at(own->second.front()));
  else if (open_.size() >= limits_.total_max)
    drop(by_id_.at(of_network_.at(loads_.rbegin()->second).front()));
}

void Challenges::drop(Place place) {
  const std::string network = place->network;
  auto& ids = of_network_.at(network);
  const std::size_t before = ids.size();
  // Those of one network leave nearly in the order in which they came: the front is where this one is found.
  ids.remove(place->challenge.id);
  count(network, before, ids.size());
  if (ids.empty()) of_network_.erase(network);
  by_id_.erase(place->challenge.id);
  open_.erase(place);
}

void Challenges::count(const std::string& network, std::size_t before, std::size_t after) {
  loads_.erase({before, network});
  if (after != 0) loads_.insert({after, network});
}

}  // namespace api
