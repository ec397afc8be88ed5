#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "registry/log/submission.h"
#include "registry/store/personal.h"
#include "registry/store/store.h"

namespace registry {

/// A personal value as whoever may see it sees it.
struct PersonalView {
  std::int64_t n = 0;
  std::string commitment;
  std::optional<crypto::PrivateValue> value;
  /// Index of the entry that erased it; kNone while it is not erased.
  std::int64_t erased = kNone;
};

/// Keeps what the ledger commits to and never holds. The ledger leads: a value is kept before its entry is committed,
/// and is erased after the erasure is; what a crash leaves between is put right at the next start.
class PersonalValues {
 public:
  /// Both must outlive it.
  PersonalValues(Store& ledger, PersonalStore& values);

  /// At a start: erases what the ledger says is erased, and forgets values whose entry was never accepted. Not while the
  /// ledger is in doubt: an older one knows less.
  void settle();

  /// Before the entry is decided: durable when it returns. Does nothing for an entry that the ledger has.
  void keep(const Submission& entry);
  /// The entry was refused.
  void forget(const crypto::Digest& entry);
  /// Destroys what the entry `index` says is erased.
  void erase_ordered(std::int64_t index);

  /// The values of an entry, with what became of them.
  std::vector<PersonalView> view(std::int64_t index);

 private:
  struct Order;
  void carry_out(Reader& reader, const std::vector<Order>& orders);
  void forget_unaccepted(Reader& reader);

  Store& ledger_;
  PersonalStore& values_;
};

}  // namespace registry
