#include "registry/log/key_history.h"

namespace registry::verifying {

const KnownKey* KeyHistory::find(const crypto::Digest& id) const {
  const auto found = keys_.find(id);
  return found == keys_.end() ? nullptr : &found->second;
}

bool KeyHistory::apply(const KeyChange& change) {
  if (change.enrolled) {
    keys_.insert_or_assign(change.id, KnownKey{*change.enrolled, change.party, change.active});
    return true;
  }
  const auto found = keys_.find(change.id);
  if (found == keys_.end()) return false;
  found->second.active = change.active;
  return true;
}

}  // namespace registry::verifying
