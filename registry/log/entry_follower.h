#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "crypto/note.h"
#include "registry/log/author_chains.h"
#include "registry/log/checked_entry.h"
#include "registry/log/hash_chain.h"
#include "registry/log/key_history.h"
#include "registry/log/replay.h"
#include "registry/log/tree_check.h"

namespace registry::verifying {

/// Everything about an entry that depends on those before it. Takes entries in order, on one thread; puts what is wrong
/// into the entry, or into `elsewhere` when it concerns an earlier one, and the entry's keys into its signers.
class EntryFollower {
 public:
  EntryFollower(const LogReader& log, std::optional<crypto::NoteVerifier> pinned);

  void begin(std::vector<Defect>& elsewhere, std::vector<NoteCheck>& notes) { tree_.begin(elsewhere, notes); }
  void follow(CheckedEntry& entry, std::vector<Defect>& elsewhere, std::vector<NoteCheck>& notes);
  void finish(std::vector<Defect>& elsewhere);

  const TreeCheck& tree() const { return tree_; }
  const std::string& ledger() const { return ledger_; }
  /// Pinned, or as the first entry says; nothing when it does not say.
  const std::optional<crypto::NoteVerifier>& log_key() const { return log_key_; }

 private:
  void follow_chain(const CheckedEntry& entry, std::vector<Defect>& elsewhere);
  void follow_frame(CheckedEntry& entry);
  void found_ledger(CheckedEntry& entry);
  void follow_header(CheckedEntry& entry);
  void follow_seen(CheckedEntry& entry);
  void follow_keys(CheckedEntry& entry);
  void judge_signer(CheckedEntry& entry, const EntrySignature& signature, bool was_active);

  const LogReader& log_;
  std::optional<crypto::NoteVerifier> log_key_;
  std::string ledger_;
  TreeCheck tree_;
  HashChain hashes_;
  AuthorChains chains_;
  KeyHistory keys_;
  Replay replay_;
  std::uint64_t next_seq_ = 0;
  UtcTime rtime_;
  /// The newest entry that set a policy.
  std::uint64_t policy_ = 0;
  crypto::Digest last_leaf_;
};

}  // namespace registry::verifying
