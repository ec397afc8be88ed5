#include "registry/log/entry_follower.h"

#include <algorithm>
#include <span>
#include <utility>

#include "registry/log/genesis.h"

namespace registry::verifying {
namespace {

constexpr std::string_view kPolicyType = "policy.set";

Defect changed(std::uint64_t index) {
  return {place_of(index), index, "changed", "its hash is not the one its neighbours recorded"};
}

}  // namespace

EntryFollower::EntryFollower(const LogReader& log, std::optional<crypto::NoteVerifier> pinned)
    : log_(log), log_key_(std::move(pinned)), ledger_(log_key_ ? log_key_->name() : ""), tree_(log) {}

void EntryFollower::follow(CheckedEntry& entry, std::vector<Defect>& elsewhere, std::vector<NoteCheck>& notes) {
  follow_chain(entry, elsewhere);
  if (entry.leaf) follow_frame(entry);
  if (entry.index == 0) found_ledger(entry);
  if (entry.header) follow_header(entry);
  follow_keys(entry);
  for (auto& problem : replay_.apply(entry.outcome.moves)) entry.defect("balance", std::move(problem));
  last_leaf_ = entry.hash;
  tree_.add(entry.hash, elsewhere, notes);
}

/// Between leaves that do not state consecutive indexes something was taken out or put in, and neither was changed.
void EntryFollower::follow_chain(const CheckedEntry& entry, std::vector<Defect>& elsewhere) {
  const auto seq = entry.leaf ? entry.leaf->frame.seq : entry.index;
  const bool consecutive = seq == std::exchange(next_seq_, seq + 1);
  const auto prev = entry.leaf && consecutive ? std::optional(entry.leaf->frame.prev) : std::nullopt;
  if (const auto index = hashes_.add(entry.hash, prev)) elsewhere.push_back(changed(*index));
}

void EntryFollower::follow_frame(CheckedEntry& entry) {
  const auto& frame = entry.leaf->frame;
  if (frame.rtime < rtime_) entry.defect("rtime", "it was received before the entry before it");
  rtime_ = std::max(rtime_, frame.rtime);
  if (frame.policy != policy_)
    entry.defect("policy", "entry " + std::to_string(frame.policy) + " is not the policy in force");
  // Goes on from the entry, so that a policy entry that cannot be read is not a defect of all that follow.
  policy_ = frame.policy;
  if (entry.header && entry.header->type == kPolicyType) policy_ = entry.index;
}

void EntryFollower::found_ledger(CheckedEntry& entry) {
  if (!entry.header) return entry.defect("genesis", "the ledger's first entry cannot be read");
  if (ledger_.empty()) ledger_ = entry.header->ledger;
  if (!entry.payload) {
    if (!log_key_) entry.defect("genesis", "without its payload nothing names the log's key");
    return;
  }
  auto genesis = parse_genesis(*entry.header, *entry.payload);
  if (!genesis) {
    const auto& fields = genesis.error().fields;
    return entry.defect("genesis", fields.empty() ? "" : fields[0].pointer + " " + fields[0].code);
  }
  if (log_key_ && log_key_->vkey() != genesis->log_key.vkey())
    entry.defect("genesis", "it names another log key than the one pinned");
  if (!log_key_) log_key_ = std::move(genesis->log_key);
}

void EntryFollower::follow_header(CheckedEntry& entry) {
  if (entry.header->ledger != ledger_) entry.defect("ledger", "it was signed for ledger " + entry.header->ledger);
  if (auto problem = chains_.add(*entry.header, entry.id)) entry.defect("chain", std::move(*problem));
  follow_seen(entry);
}

/// Authors are witnesses: what one has seen must be a checkpoint of this log.
void EntryFollower::follow_seen(CheckedEntry& entry) {
  const auto& seen = entry.header->seen;
  if (seen.size == 0) return;
  if (seen.size > entry.index) return entry.defect("seen", "its author saw a checkpoint larger than the log was");
  if (!tree_.allows_root(seen.size, seen.root))
    entry.defect("seen", "its author saw another root at size " + std::to_string(seen.size));
}

/// A key is good if active before the entry, or put active by the entry itself: a new key signs its own enrolment, and
/// a revoked one may sign its own revocation.
void EntryFollower::follow_keys(CheckedEntry& entry) {
  std::vector<bool> was_active;
  const auto signatures =
      entry.leaf ? std::span<const EntrySignature>(entry.leaf->signatures) : std::span<const EntrySignature>();
  for (const auto& signature : signatures) {
    const auto* known = keys_.find(signature.key);
    was_active.push_back(known != nullptr && known->active);
  }
  for (const auto& change : entry.outcome.keys)
    if (!keys_.apply(change)) entry.defect("key-put", "the state of a key never enrolled is changed");
  for (std::size_t i = 0; i < signatures.size(); ++i) judge_signer(entry, signatures[i], was_active[i]);
}

void EntryFollower::judge_signer(CheckedEntry& entry, const EntrySignature& signature, bool was_active) {
  const auto* known = keys_.find(signature.key);
  entry.signers.push_back(known != nullptr ? std::optional(known->key) : std::nullopt);
  if (known == nullptr) return entry.defect("key-unknown", "key " + signature.key.hex() + " was never enrolled");
  if (!was_active && !known->active)
    entry.defect("key-inactive", "key " + signature.key.hex() + " is revoked at this index");
  if (entry.header && signature.key == entry.header->key && known->party != entry.header->party)
    entry.defect("key-party", "the author's key belongs to party " + known->party);
}

void EntryFollower::finish(std::vector<Defect>& elsewhere) {
  if (const auto index = hashes_.finish()) elsewhere.push_back(changed(*index));
  tree_.finish(elsewhere);
  const auto head = log_.head();
  if (!head) return;
  const auto bad = [&](const char* detail) { elsewhere.push_back({"head", log_.size(), "head", detail}); };
  if (head->size != log_.size()) bad("its size is not the number of entries");
  if (head->root != tree_.root()) bad("its root is not that of the entries");
  if (head->last_leaf != last_leaf_) bad("its last leaf is not the last entry's");
  if (head->rtime != rtime_) bad("its time is not the last entry's");
  if (head->policy && *head->policy != policy_) bad("its policy is not the one in force");
}

}  // namespace registry::verifying
