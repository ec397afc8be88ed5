#include "tools/cli/check_server.h"

#include "registry/base/time.h"
#include "registry/log/author_chains.h"
#include "registry/log/entry_bundle.h"
#include "registry/log/hash_chain.h"
#include "registry/log/header.h"
#include "registry/log/leaf.h"
#include "registry/log/tile_path.h"
#include "registry/log/tree_fold.h"
#include "tools/cli/exit_codes.h"
#include "tools/cli/progress.h"
#include "tools/cli/trust.h"

namespace tools {
namespace {

using namespace registry;

std::string place_of(std::uint64_t index) { return "entry " + std::to_string(index); }

class ServerCheck {
 public:
  ServerCheck(ServerLink& link, const TrustedHead& head, Verdict& out)
      : link_(link), head_(head.checkpoint), out_(out) {}

  void run() {
    ProgressLine line;
    for (std::uint64_t bundle = 0; bundle * kTileWidth < head_.size; ++bundle) {
      if (!read_bundle(bundle)) break;
      line.show("entries", tree_.size(), head_.size);
    }
    if (const auto broken = links_.finish())
      defect(*broken, "changed", "its hash is not the one its neighbour recorded");
    if (tree_.size() == head_.size && tree_.root() != head_.root)
      out_.defect("checkpoint " + std::to_string(head_.size), 0, "checkpoint-root",
                  "its root is not that of the leaves");
    out_.fact("entries", tree_.size());
    out_.fact("signatures", signatures_);
    out_.fact("tiles", tiles_);
    out_.fact("root", tree_.root().base64());
  }

 private:
  void defect(std::uint64_t index, const char* kind, std::string detail) {
    out_.defect(place_of(index), index, kind, std::move(detail));
  }

  std::optional<std::string> get(const TilePath& path) {
    Answer answer = link_.get("/log/" + format_tile_path(path));
    if (!answer.good()) return {};
    return std::move(answer.body);
  }

  bool read_bundle(std::uint64_t bundle) {
    const std::uint64_t first = bundle * kTileWidth, width = tile_width(0, bundle, head_.size);
    const auto bytes = get({TilePath::kEntries, bundle, width});
    const auto leaves = bytes ? parse_entry_bundle(*bytes) : std::nullopt;
    if (!leaves || leaves->size() != width) {
      defect(first, "missing",
             "the server does not give entries " + std::to_string(first) + " to " + std::to_string(first + width - 1) +
                 " whole");
      return false;
    }
    for (std::uint64_t i = 0; i < width; ++i) take(first + i, (*leaves)[i]);
    return true;
  }

  void take(std::uint64_t index, std::string_view bytes) {
    const auto hash = leaf_hash(bytes);
    const auto leaf = parse_leaf(bytes);
    if (!leaf) defect(index, "leaf-form", "the leaf cannot be read");
    const auto changed = links_.add(hash, leaf ? std::optional(leaf->frame.prev) : std::nullopt);
    if (changed) defect(*changed, "changed", "its hash is not the one its neighbours recorded");
    for (const Tile& tile : tree_.add(hash)) compare(tile);
    if (leaf) follow(index, *leaf);
  }

  void follow(std::uint64_t index, const Leaf& leaf) {
    signatures_ += leaf.signatures.size();
    if (leaf.frame.seq != index) defect(index, "seq", "the leaf states index " + std::to_string(leaf.frame.seq));
    if (leaf.frame.rtime < last_) defect(index, "rtime", "it is earlier than the entry before");
    last_ = std::max(last_, leaf.frame.rtime);
    const auto header = parse_header(leaf.header_text);
    if (!header) return defect(index, "header-form", "the header cannot be read");
    if (header->ledger != head_.origin) defect(index, "ledger", "it was signed for " + header->ledger);
    if (const auto wrong = chains_.add(*header, entry_id(header->suite, leaf.header_text)))
      defect(index, "chain", *wrong);
  }

  void compare(const Tile& tile) {
    ++tiles_;
    const auto bytes = get({tile.level, tile.index, kTileWidth});
    if (bytes && *bytes == tile.hashes) return;
    out_.defect("tile " + std::to_string(tile.level) + "/" + std::to_string(tile.index),
                (tile.index * kTileWidth) << (8 * tile.level), bytes ? "tile" : "tile-missing",
                bytes ? "it is not made of these entries" : "the server does not give it");
  }

  ServerLink& link_;
  const crypto::Checkpoint& head_;
  Verdict& out_;
  verifying::TreeFold tree_;
  verifying::HashChain links_;
  verifying::AuthorChains chains_;
  UtcTime last_;
  std::uint64_t signatures_ = 0, tiles_ = 0;
};

}  // namespace

Verdict check_server(const std::string& url, const std::string& ca, const std::optional<crypto::NoteVerifier>& pinned) {
  Verdict out;
  out.subject = "public log of " + url;
  ServerLink link(url, {}, ca);
  try {
    const TrustedHead head = fetch_head(link, pinned);
    out.fact("ledger", head.checkpoint.origin);
    out.fact("checkpoint", std::to_string(head.checkpoint.size) + " entries");
    ServerCheck(link, head, out).run();
  } catch (const IntegrityError& error) {
    out.defect("checkpoint", 0, "checkpoint-form", error.what());
  }
  if (!pinned) out.limits.push_back("the log's key is the one that the server names; --log-key checks whose log it is");
  out.limits.push_back(
      "leaves only: payloads, outcomes and keys are not public, so signatures and balances were not checked; verify a "
      "backup for that");
  return out;
}

}  // namespace tools
