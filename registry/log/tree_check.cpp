#include "registry/log/tree_check.h"

#include <algorithm>
#include <utility>

namespace registry::verifying {
namespace {

constexpr std::size_t kPage = 1'000;

std::string checkpoint_place(std::uint64_t size) { return "checkpoint " + std::to_string(size); }

Defect tile_defect(const Tile& tile, std::uint64_t index, std::string kind, std::string detail) {
  return {"tile " + std::to_string(tile.level) + "/" + std::to_string(tile.index), index, std::move(kind),
          std::move(detail)};
}

/// First leaf under hash number `hash` of the tile.
std::uint64_t first_leaf(const Tile& tile, std::uint64_t hash) {
  return (tile.index * kTileWidth + hash) << (8 * tile.level);
}

std::optional<crypto::Checkpoint> read_note(const std::string& note, const std::optional<crypto::NoteVerifier>& key) {
  if (key) return crypto::open_checkpoint(note, *key);
  const auto text = crypto::parse_note(note);
  return text ? crypto::parse_checkpoint(text->body) : std::nullopt;
}

}  // namespace

void check_note(NoteCheck& check, const std::optional<crypto::NoteVerifier>& log_key) {
  const auto bad = [&](const char* kind, const char* detail) {
    check.defect = Defect{checkpoint_place(check.stored.size), check.from, kind, detail};
  };
  auto checkpoint = read_note(check.stored.note, log_key);
  if (!checkpoint) return bad("checkpoint-form", "no checkpoint signed by this log");
  if (checkpoint->size != check.stored.size) return bad("checkpoint-form", "it is stored under another size");
  if (checkpoint->root != check.root)
    return bad("checkpoint-root",
               "its root is not that of the entries; one since the last good checkpoint was changed");
  if (log_key) check.good = std::move(checkpoint);
}

void TreeCheck::begin(std::vector<Defect>& defects, std::vector<NoteCheck>& notes) { take_notes(defects, notes); }

void TreeCheck::add(const crypto::Digest& leaf_hash, std::vector<Defect>& defects, std::vector<NoteCheck>& notes) {
  for (const auto& tile : fold_.add(leaf_hash))
    if (log_.keeps_tiles()) compare(tile, defects);
  take_notes(defects, notes);
}

void TreeCheck::compare(const Tile& tile, std::vector<Defect>& defects) {
  ++tiles_;
  const auto stored = log_.tile(tile.level, tile.index);
  if (!stored)
    return defects.push_back(tile_defect(tile, first_leaf(tile, 0), "tile-missing", "a full tile is not there"));
  if (stored->hashes.size() != kTileBytes)
    return defects.push_back(tile_defect(tile, first_leaf(tile, 0), "tile", "it has another width"));
  for (std::size_t i = 0; i < kTileWidth; ++i)
    if (stored->hashes.compare(i * 32, 32, tile.hashes, i * 32, 32) != 0)
      defects.push_back(tile_defect(tile, first_leaf(tile, i), "tile", "hash " + std::to_string(i) + " differs"));
  if (stored->hashes == tile.hashes && stored->root != tile.root)
    defects.push_back(tile_defect(tile, first_leaf(tile, 0), "tile", "its root is not that of its hashes"));
}

const StoredCheckpoint* TreeCheck::next_stored() {
  if (at_ == page_.size() && !last_page_) {
    page_ = log_.checkpoints(next_size_, kPage);
    at_ = 0;
    last_page_ = page_.empty();
  }
  return at_ == page_.size() ? nullptr : &page_[at_];
}

void TreeCheck::take_notes(std::vector<Defect>& defects, std::vector<NoteCheck>& notes) {
  while (const auto* next = next_stored()) {
    if (next->size > fold_.size()) return;
    ++at_;
    if (next->size < next_size_) {
      defects.push_back({checkpoint_place(next->size), next->size, "checkpoint-order", "two are stored for one size"});
      continue;
    }
    next_size_ = next->size + 1;
    const auto stated = read_note(next->note, {});
    roots_.push_back({next->size, fold_.root(), stated ? std::optional(stated->root) : std::nullopt});
    notes.push_back({*next, roots_.back().folded, good_size_, {}, {}});
    if (roots_.back().folded == roots_.back().stated) good_size_ = next->size;
  }
}

void TreeCheck::finish(std::vector<Defect>& defects) {
  const auto size = fold_.size();
  const auto covered = roots_.empty() ? 0 : roots_.back().size;
  if (covered < size)
    defects.push_back({checkpoint_place(size), covered, "checkpoint-missing", "no checkpoint covers the last entries"});
  while (const auto* beyond = next_stored()) {
    ++at_;
    if (beyond->size < next_size_) continue;
    next_size_ = beyond->size + 1;
    defects.push_back(
        {checkpoint_place(beyond->size), size, "checkpoint-root", "it covers entries that are not there"});
  }
}

bool TreeCheck::allows_root(std::uint64_t size, const crypto::Digest& root) const {
  const auto found = std::lower_bound(roots_.begin(), roots_.end(), size,
                                      [](const SizedRoot& known, std::uint64_t wanted) { return known.size < wanted; });
  if (found == roots_.end() || found->size != size) return true;
  return root == found->folded || root == found->stated;
}

}  // namespace registry::verifying
