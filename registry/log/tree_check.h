#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "crypto/checkpoint.h"
#include "crypto/digest.h"
#include "crypto/note.h"
#include "registry/log/log_reader.h"
#include "registry/log/tree_fold.h"
#include "registry/log/verify.h"

namespace registry::verifying {

/// A stored note to be checked against the root of the leaves as read.
struct NoteCheck {
  StoredCheckpoint stored;
  crypto::Digest root;
  /// Size of the last checkpoint before it that has the entries' root: those from here on are in doubt.
  std::uint64_t from = 0;
  /// Set by check_note.
  std::optional<Defect> defect;
  std::optional<crypto::Checkpoint> good;
};

/// Without a key only the form and the root are checked, and nothing is good.
void check_note(NoteCheck& check, const std::optional<crypto::NoteVerifier>& log_key);

/// Rebuilds the tree from leaf hashes and compares stored tiles; finds the notes that belong to each size.
class TreeCheck {
 public:
  explicit TreeCheck(const LogReader& log) : log_(log) {}

  /// Before the first leaf: a checkpoint of the empty tree.
  void begin(std::vector<Defect>& defects, std::vector<NoteCheck>& notes);
  void add(const crypto::Digest& leaf_hash, std::vector<Defect>& defects, std::vector<NoteCheck>& notes);
  /// After the last leaf: checkpoints beyond it, and that the newest covers it.
  void finish(std::vector<Defect>& defects);

  crypto::Digest root() const { return fold_.root(); }
  /// False when there is a checkpoint of this size and neither it nor the entries have this root. A root that only the
  /// checkpoint has is no further defect: the checkpoint is one already.
  bool allows_root(std::uint64_t size, const crypto::Digest& root) const;
  std::uint64_t tiles() const { return tiles_; }

 private:
  void compare(const Tile& tile, std::vector<Defect>& defects);
  void take_notes(std::vector<Defect>& defects, std::vector<NoteCheck>& notes);
  const StoredCheckpoint* next_stored();

  const LogReader& log_;
  TreeFold fold_;
  std::uint64_t tiles_ = 0;
  std::vector<StoredCheckpoint> page_;
  std::size_t at_ = 0;
  bool last_page_ = false;
  std::uint64_t next_size_ = 0;
  std::uint64_t good_size_ = 0;
  struct SizedRoot {
    std::uint64_t size;
    crypto::Digest folded;
    std::optional<crypto::Digest> stated;
  };
  /// Ascending.
  std::vector<SizedRoot> roots_;
};

}  // namespace registry::verifying
