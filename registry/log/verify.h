#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "crypto/checkpoint.h"
#include "crypto/note.h"
#include "registry/log/log_reader.h"

namespace registry {

/// One thing that is wrong with a stored log.
struct Defect {
  /// "entry 17", "checkpoint 300", "tile 0/1", "head".
  std::string place;
  /// Index of the entry, or of the first entry that may be concerned.
  std::uint64_t index = 0;
  /// Entries: missing, leaf-form, header-form, seq, changed (its hash is not what others recorded), prev, rtime,
  /// policy, outcome-hash, outcome-form, outcome-salt (not that of the payload), payload-missing, payload-hash,
  /// payload-form, private, genesis, ledger, chain (a gap, a wrong prev, another key's, or not named after its key),
  /// seen, key-unknown, key-inactive, key-party, key-put, signature-form, signature, balance, receipt. Others:
  /// checkpoint-form, checkpoint-root, checkpoint-order, checkpoint-missing, tile, tile-missing, head.
  std::string kind;
  /// One sentence for people.
  std::string detail;
};

struct VerifyOptions {
  /// Pinned by the auditor; else the genesis entry names it, and then only consistency is proven, not whose log it is.
  std::optional<crypto::NoteVerifier> log_key;
  /// Threads that check forms and signatures; 0 takes one a core.
  unsigned threads = 0;
  /// False accepts a copy without payloads.
  bool payloads = true;
};

inline constexpr std::size_t kDefectsMax = 1'000;

struct VerifyReport {
  /// In the order of the log, at most kDefectsMax; the first is where to look first.
  std::vector<Defect> defects;
  std::uint64_t defect_count = 0;
  std::uint64_t entries = 0;
  std::uint64_t signatures = 0;
  /// Of the signatures, those in batches.
  std::uint64_t batch_signatures = 0;
  std::uint64_t checkpoints = 0;
  std::uint64_t tiles = 0;
  std::uint64_t receipts = 0;
  std::uint64_t elapsed_us = 0;
  /// Root over the leaves as read.
  crypto::Digest root;
  std::string ledger;
  /// The newest checkpoint that holds, if any does.
  std::optional<crypto::Checkpoint> newest;

  bool clean() const { return defect_count == 0; }
  std::uint64_t entries_per_s() const { return elapsed_us == 0 ? 0 : entries * 1'000'000 / elapsed_us; }
};

/// Entries read so far and in all. Called from the caller's thread.
using VerifyProgress = std::function<void(std::uint64_t done, std::uint64_t total)>;

/// Checks a whole log from its bytes alone, sharing no code with the writer but formats and hashes: every leaf, its
/// place, hash chain, time, outcome, payload, commitments, author chain, keys at its index, signatures, balances, every
/// tile, checkpoint and kept receipt, and that the newest checkpoint covers all. Finds every defect, not only the
/// first. Faults of the reader pass through.
VerifyReport verify_log(const LogReader& log, const VerifyOptions& options = {}, const VerifyProgress& progress = {});

}  // namespace registry
