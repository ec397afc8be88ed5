#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/note.h"
#include "registry/base/time.h"
#include "registry/rules/pack.h"
#include "registry/service/anchor.h"
#include "registry/service/key_ring.h"
#include "registry/service/past.h"
#include "registry/service/personal.h"
#include "registry/service/prepare.h"
#include "registry/service/seen_roots.h"
#include "registry/service/sequencer.h"
#include "registry/store/store.h"

namespace registry {

/// The answer to a stored entry.
struct Receipt {
  std::int64_t index = 0;
  /// True for a resubmission: nothing new was stored.
  bool known = false;
  UtcTime rtime;
  crypto::Digest id;
  /// The leaf and the outcome, exactly as stored; the receipt proves the leaf, the leaf names the outcome's hash.
  std::string leaf, outcome;
  /// c2sp.org/tlog-proof@v1.
  std::string proof;
};

struct RegistryStatus {
  LogState state;
  /// Reads go on, writes are refused.
  std::optional<std::string> quarantine, stopped;
  std::size_t waiting = 0;
};

/// The one door of the registry: entries go in through `submit`, everything else is a read of committed state.
/// Thread-safe. Everything passed in must outlive it.
class Registry {
 public:
  /// Runs the checks at start; a ledger in doubt opens in quarantine. `identity.name` is the ledger's origin. Without a
  /// store of personal values their authors alone have them.
  Registry(Store& store, AnchorFile& anchor, const RulePack& rules, const Clock& clock, LedgerIdentity identity,
           PersonalStore* personal = nullptr);
  ~Registry();

  /// Checks, decides and stores one entry (the wire form of parse_submission). Returns when it is durable.
  Result<Receipt> submit(std::string_view json);
  /// Entries that belong together, one JSON text each, in order: one answer each. Well-formed ones are stored although
  /// others are refused.
  std::vector<Result<Receipt>> submit_all(const std::vector<std::string_view>& lines);
  /// Decides and stores an entry of the registry itself (party "registry", signed with the log key), version 1.
  Result<Receipt> record_own(std::string_view type, crypto::Json payload);

  /// A snapshot of committed state.
  std::unique_ptr<Reader> read() { return store_.begin_read(); }
  /// A snapshot of the past, as Past::read.
  Result<std::unique_ptr<Reader>> read_past(std::optional<std::int64_t> known_at, std::optional<UtcTime> as_of = {}) {
    return past_.read(known_at, as_of);
  }
  RegistryStatus status() const;
  /// `wake` is called after every commit that is public, on the publisher's thread: it must be quick. An empty one ends
  /// this; when it returns, the one before runs no more. For one listener.
  void on_published(std::function<void()> wake);
  /// The newest public checkpoint, a signed note.
  std::string checkpoint() const;
  /// Receipt of any stored entry, proven against the newest checkpoint.
  Result<Receipt> receipt(std::int64_t index);

  /// The personal values of an entry; none where nobody keeps them.
  std::vector<PersonalView> personal_values(std::int64_t index);

  const std::string& name() const { return name_; }
  const crypto::NoteVerifier& log_key() const { return log_key_; }
  const RulePack& rules() const { return rules_; }
  const Clock& clock() const { return clock_; }
  const SequencerCounts* counts() const { return sequencer_ ? &sequencer_->counts() : nullptr; }

 private:
  Result<Receipt> receipt_for(Result<Appended> answer);
  std::vector<Result<Receipt>> receipts_for(std::vector<Result<Appended>> answers);
  struct Handled;
  Handled keep_values(const Prepared& prepared);
  void settle_values(const Handled& handled, const Result<Appended>& answer);
  std::optional<Refusal> refusal_to_write() const;
  void publish(const Published& published);

  Store& store_;
  const RulePack& rules_;
  const Clock& clock_;
  std::string name_;
  crypto::NoteVerifier log_key_;
  KeyRing keys_;
  SeenRoots seen_;
  Past past_;
  Preparer preparer_;
  std::optional<std::string> quarantine_;
  std::unique_ptr<PersonalValues> personal_;
  mutable std::shared_mutex mutex_;
  Published published_;
  std::mutex wake_mutex_;
  std::function<void()> wake_;
  std::unique_ptr<Sequencer> sequencer_;
};

}  // namespace registry
