#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "crypto/digest.h"
#include "crypto/key.h"
#include "crypto/note.h"
#include "registry/base/result.h"
#include "registry/domain/working_set.h"
#include "registry/log/tree.h"
#include "registry/rules/pack.h"
#include "registry/service/prepare.h"
#include "registry/store/store.h"

namespace registry {

/// A stored entry with what its receipt needs.
struct Appended {
  std::int64_t index = 0;
  /// It was here before: the answer to a resubmission.
  bool known = false;
  UtcTime rtime;
  crypto::Digest id;
  std::string leaf, outcome;
  /// Path in the tree of `checkpoint`; for a known entry left empty, as its receipt is made from the store.
  std::vector<crypto::Digest> path;
  std::shared_ptr<const std::string> checkpoint;
};

/// Who this ledger is, and the key that signs its tree heads and its own entries (party "registry").
struct LedgerIdentity {
  std::string name;
  crypto::PrivateKey key;
  crypto::NoteSigner signer;
};

/// Decides and stores batches of entries, each in one transaction. What follows from them is folded into the read
/// tables behind, many batches at once: rows that change again and again are written once. Keeps the end of the log and
/// the rows it has seen in memory: there is no other writer. For one thread.
class BatchWriter {
 public:
  BatchWriter(Store& store, const RulePack& rules, LedgerIdentity identity, LogState state, LogTree tree);

  /// One answer for each entry, in order; all of them durable. A refused entry never fails its neighbours. Throws
  /// StoreFault when nothing was stored (busy, full, unavailable) or when that is unclear (all others).
  std::vector<Result<Appended>> write(std::span<const Prepared* const> batch, UtcTime now);

  /// Entries that are stored and not yet folded.
  std::int64_t unfolded() const { return state_.size - state_.folded; }
  /// Folds them. Throws StoreFault; what is not folded then can be folded later.
  void fold();

  const LogState& state() const { return state_; }
  /// The newest signed tree head made here; null before the first commit.
  const std::shared_ptr<const std::string>& checkpoint() const { return checkpoint_; }

 private:
  struct Draft;
  void gather_facts(Draft& draft, std::span<const Prepared* const> batch);
  Result<Appended> append(Draft& draft, const Prepared& prepared);
  Result<Appended> append_next(Draft& draft, const Prepared& prepared);
  Result<Outcome> judge_and_apply(Draft& draft, const Step& step, const StepContext& context);
  Result<Appended> append_own(Draft& draft, const Step& step, std::string_view type, const crypto::Json& payload);
  Result<Appended> answer_known(Draft& draft, const Prepared& prepared);
  Result<std::vector<Signer>> signers_of(const Prepared& prepared) const;
  Appended store_entry(Draft& draft, const Submission& submission, Outcome outcome);
  void store_fork(Draft& draft, const Prepared& prepared, const crypto::Digest& kept);
  void commit(Draft& draft, std::vector<Result<Appended>>& answers);
  void keep_for_fold(Draft& draft);
  void recover();
  std::optional<EntryRow> stored_at(Draft& draft, const std::string& chain, std::int64_t cseq) const;

  Store& store_;
  const RulePack& rules_;
  LedgerIdentity identity_;
  /// The chain of the registry's own entries.
  const std::string own_chain_;
  LogState state_;
  LogTree tree_;
  WorkingSet facts_;
  /// Of the entries that are not folded; the rows they changed are the dirty ones of `facts_`.
  std::vector<EntryPlace> places_;
  std::vector<MoveRow> moves_;
  /// After a fault: `facts_` may hold what is not stored, and was let go.
  bool lost_ = false;
  std::shared_ptr<const std::string> checkpoint_;
};

}  // namespace registry
