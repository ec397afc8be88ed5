#include "tools/client/author.h"

#include <nlohmann/json.hpp>

#include "crypto/encoding.h"
#include "crypto/suite.h"
#include "registry/log/place.h"
#include "registry/service/system_entry.h"

namespace tools {

Author::Author(std::string ledger, std::string party, crypto::PrivateKey key)
    : ledger_(std::move(ledger)),
      party_(std::move(party)),
      key_(std::move(key)),
      seen_(registry::SeenCheckpoint::none()) {}

nlohmann::json Author::key_json() const {
  const auto& key = key_.public_key();
  return {{"spki", crypto::to_base64(key.spki())}, {"suite", std::string(crypto::name(key.suite()))}};
}

registry::Submission Author::make(std::string_view type, nlohmann::json payload) {
  return make(type, std::move(payload), {});
}

registry::Submission Author::make(std::string_view type, nlohmann::json payload,
                                  const std::vector<const crypto::PrivateKey*>& others,
                                  std::vector<crypto::PrivateValue> personal) {
  const registry::AuthorPlace place{ledger_, party_, head_ ? &*head_ : nullptr, seen_,
                                    time_.value_or(registry::SystemClock().now())};
  auto entry = registry::make_entry(place, key_, type, std::move(payload), std::move(personal));
  before_ = head_;
  head_ = registry::extended(entry.header, entry.entry_id, head_ ? &*head_ : nullptr, registry::kNone);
  for (const crypto::PrivateKey* other : others)
    entry.signatures.push_back({other->public_key().id(), other->sign(entry.header_text), {}});
  return entry;
}

void Author::step_back() { head_ = before_; }

}  // namespace tools
