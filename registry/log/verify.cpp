#include "registry/log/verify.h"

#include <algorithm>
#include <chrono>
#include <deque>
#include <memory>
#include <utility>

#include "registry/log/checked_entry.h"
#include "registry/log/entry_follower.h"
#include "registry/log/receipt.h"
#include "registry/log/worker_pool.h"

namespace registry {
namespace {

using namespace verifying;

constexpr std::size_t kChunk = 256;
/// Entries one task takes: long enough that the queue costs nothing, short enough that threads end together.
constexpr std::size_t kSlice = 16;
constexpr std::size_t kChunksInFlight = 4;

/// What a receipt in the store proved, to be compared with the tree once that size was reached.
struct SignedRoot {
  std::uint64_t index = 0;
  std::uint64_t size = 0;
  crypto::Digest root;
};

/// A run of entries and all that is checked with it.
struct Chunk {
  std::vector<CheckedEntry> entries;
  std::vector<NoteCheck> notes;
  std::vector<Defect> elsewhere;
  std::vector<std::optional<SignedRoot>> receipts;
  // Last: they wait for the tasks that use the rest.
  WorkerPool::Group forms, proofs;
};

/// Forms of chunk n + 1 are read while chunk n is followed and the signatures of earlier ones are checked.
class LogVerifier {
 public:
  LogVerifier(const LogReader& log, const VerifyOptions& options, const VerifyProgress& progress)
      : log_(log), options_(options), progress_(progress), follower_(log, options.log_key), pool_(options.threads) {}

  VerifyReport run();

 private:
  std::unique_ptr<Chunk> read(std::uint64_t first, std::uint64_t size);
  void start_forms(Chunk& chunk);
  void follow(Chunk& chunk);
  void start_proofs(Chunk& chunk);
  void check_receipt(CheckedEntry& entry, std::optional<SignedRoot>& proven);
  void settle_oldest();
  void count(const CheckedEntry& entry);
  void compare_root(const SignedRoot& claim);
  void place_checkpoint_defects();
  void report(std::vector<Defect>& defects);
  void finish();

  const LogReader& log_;
  const VerifyOptions& options_;
  const VerifyProgress& progress_;
  EntryFollower follower_;
  BatchCache cache_;
  std::vector<SignedRoot> claims_;
  /// With the size each was found at.
  std::vector<std::pair<Defect, std::uint64_t>> checkpoint_defects_;
  VerifyReport report_;
  std::deque<std::unique_ptr<Chunk>> in_flight_;
  // Last, so that its tasks end before what they use.
  WorkerPool pool_;
};

VerifyReport LogVerifier::run() {
  const auto start = std::chrono::steady_clock::now();
  const auto size = log_.size();
  auto current = read(0, size);
  follower_.begin(current->elsewhere, current->notes);
  for (std::uint64_t first = 0; first < size || first == 0; first += kChunk) {
    auto next = read(first + kChunk, size);
    follow(*current);
    start_proofs(*current);
    in_flight_.push_back(std::move(current));
    if (in_flight_.size() > kChunksInFlight) settle_oldest();
    if (progress_) progress_(std::min(first + kChunk, size), size);
    current = std::move(next);
  }
  while (!in_flight_.empty()) settle_oldest();
  finish();
  const auto elapsed = std::chrono::steady_clock::now() - start;
  report_.elapsed_us =
      static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::microseconds>(elapsed).count());
  return std::move(report_);
}

std::unique_ptr<Chunk> LogVerifier::read(std::uint64_t first, std::uint64_t size) {
  auto chunk = std::make_unique<Chunk>();
  if (first >= size) return chunk;
  const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(kChunk, size - first));
  chunk->entries.resize(count);
  chunk->receipts.resize(count);
  for (std::size_t i = 0; i < count; ++i) chunk->entries[i].index = first + i;
  for (auto& stored : log_.entries(first, count))
    if (stored.index - first < count) chunk->entries[stored.index - first].stored = std::move(stored);
  start_forms(*chunk);
  return chunk;
}

void LogVerifier::start_forms(Chunk& chunk) {
  for (std::size_t from = 0; from < chunk.entries.size(); from += kSlice)
    pool_.run(chunk.forms, [&chunk, from, this] {
      const auto to = std::min(from + kSlice, chunk.entries.size());
      for (auto i = from; i < to; ++i) check_form(chunk.entries[i], options_.payloads);
    });
}

void LogVerifier::follow(Chunk& chunk) {
  chunk.forms.wait();
  for (std::size_t i = 0; i < chunk.entries.size(); ++i) {
    auto& entry = chunk.entries[i];
    // The entry after a missing one still names its hash.
    if (!entry.stored && i + 1 < chunk.entries.size() && chunk.entries[i + 1].leaf)
      entry.hash = chunk.entries[i + 1].leaf->frame.prev;
    follower_.follow(entry, chunk.elsewhere, chunk.notes);
    count(entry);
  }
}

void LogVerifier::start_proofs(Chunk& chunk) {
  for (std::size_t from = 0; from < chunk.entries.size(); from += kSlice)
    pool_.run(chunk.proofs, [&chunk, from, this] {
      const auto to = std::min(from + kSlice, chunk.entries.size());
      for (auto i = from; i < to; ++i) check_signatures(chunk.entries[i], cache_);
      for (auto i = from; i < to; ++i) check_receipt(chunk.entries[i], chunk.receipts[i]);
    });
  for (std::size_t from = 0; from < chunk.notes.size(); from += kSlice)
    pool_.run(chunk.proofs, [&chunk, from, this] {
      const auto to = std::min(from + kSlice, chunk.notes.size());
      for (auto i = from; i < to; ++i) check_note(chunk.notes[i], follower_.log_key());
    });
}

void LogVerifier::check_receipt(CheckedEntry& entry, std::optional<SignedRoot>& proven) {
  if (!entry.stored || !entry.stored->receipt || !follower_.log_key()) return;
  const auto place = verify_receipt(*entry.stored->receipt, entry.stored->leaf, *follower_.log_key());
  if (place)
    proven = SignedRoot{entry.index, place->checkpoint.size, place->checkpoint.root};
  else
    entry.defect("receipt", place.error().fields.at(0).detail);
}

void LogVerifier::count(const CheckedEntry& entry) {
  ++report_.entries;
  if (entry.stored && entry.stored->receipt) ++report_.receipts;
  if (!entry.leaf) return;
  report_.signatures += entry.leaf->signatures.size();
  for (const auto& signature : entry.leaf->signatures) report_.batch_signatures += signature.batch ? 1u : 0u;
}

void LogVerifier::settle_oldest() {
  const auto chunk = std::move(in_flight_.front());
  in_flight_.pop_front();
  chunk->proofs.wait();
  for (auto& entry : chunk->entries) report(entry.defects);
  report(chunk->elsewhere);
  report_.checkpoints += chunk->notes.size();
  for (auto& note : chunk->notes) {
    if (note.defect && checkpoint_defects_.size() < kDefectsMax)
      checkpoint_defects_.emplace_back(*note.defect, note.stored.size);
    else if (note.defect)
      ++report_.defect_count;
    if (note.good) report_.newest = std::move(note.good);
  }
  for (const auto& receipt : chunk->receipts)
    if (receipt) claims_.push_back(*receipt);
}

void LogVerifier::compare_root(const SignedRoot& claim) {
  if (follower_.tree().allows_root(claim.size, claim.root)) return;
  std::vector<Defect> defects{{place_of(claim.index), claim.index, "receipt", "it was signed for another tree"}};
  report(defects);
}

void LogVerifier::report(std::vector<Defect>& defects) {
  report_.defect_count += defects.size();
  for (auto& defect : defects)
    if (report_.defects.size() < kDefectsMax) report_.defects.push_back(std::move(defect));
}

/// A checkpoint can only say that some entry since the last good one was changed; where an entry says so itself, the
/// checkpoint stands behind it.
void LogVerifier::place_checkpoint_defects() {
  std::vector<std::uint64_t> found;
  for (const auto& defect : report_.defects) found.push_back(defect.index);
  std::sort(found.begin(), found.end());
  std::vector<Defect> placed;
  for (auto& [defect, size] : checkpoint_defects_) {
    const auto first = std::lower_bound(found.begin(), found.end(), defect.index);
    if (first != found.end() && *first < size) defect.index = *first;
    placed.push_back(std::move(defect));
  }
  report(placed);
}

void LogVerifier::finish() {
  std::vector<Defect> last;
  follower_.finish(last);
  report(last);
  for (const auto& claim : claims_) compare_root(claim);
  place_checkpoint_defects();
  std::stable_sort(report_.defects.begin(), report_.defects.end(),
                   [](const Defect& a, const Defect& b) { return a.index < b.index; });
  report_.tiles = follower_.tree().tiles();
  report_.root = follower_.tree().root();
  report_.ledger = follower_.ledger();
}

}  // namespace

VerifyReport verify_log(const LogReader& log, const VerifyOptions& options, const VerifyProgress& progress) {
  return LogVerifier(log, options, progress).run();
}

}  // namespace registry
