#include "registry/service/past.h"

#include "crypto/merkle.h"
#include "registry/log/leaf.h"
#include "registry/service/proofs.h"
#include "registry/views/history_fold.h"

namespace registry {
namespace {

constexpr std::string_view kPolicyType = "policy.set";

Refusal unknown_index(std::int64_t index, std::int64_t size) {
  return refuse("known-at-unknown").with("index", std::to_string(index)).with("size", std::to_string(size));
}

}  // namespace

LogState state_at(Reader& reader, std::int64_t index) {
  const auto row = reader.entry(index);
  const auto leaf = row ? parse_leaf(row->leaf) : Result<Leaf>(refuse("leaf-form"));
  if (!leaf) throw StoreFault(StoreError::corrupt, "entry " + std::to_string(index) + " cannot be read");
  TileNodes nodes = stored_nodes(reader);
  LogState state;
  state.size = index + 1;
  state.root = crypto::root_of(static_cast<std::uint64_t>(state.size), nodes.source());
  state.head = leaf_hash(row->leaf);
  state.rtime = row->rtime;
  state.policy = row->type == kPolicyType ? index : static_cast<std::int64_t>(leaf->frame.policy);
  state.epoch = reader.state().epoch;
  return state;
}

Result<std::unique_ptr<Reader>> Past::read(std::optional<std::int64_t> known_at, std::optional<UtcTime> as_of) {
  const auto present = store_.begin_read();
  const std::int64_t size = present->state().size;
  const std::int64_t index = known_at.value_or(size - 1);
  if (index < 0 || index >= size) return unknown_index(index, size);
  TRY(fold_to(index + 1));
  return history().begin_read({index, as_of}, state_at(*present, index));
}

Check Past::fold_to(std::int64_t size) {
  if (folded_.load() >= size) return Accepted{};
  const std::lock_guard lock(mutex_);
  if (!history_) history_ = store_.open_history();
  const auto until = std::chrono::steady_clock::now() + fold_max_;
  folded_ =
      fold_history(*store_.begin_read(), *history_, size, [&] { return std::chrono::steady_clock::now() > until; });
  if (folded_ >= size) return Accepted{};
  return refuse("history-behind").with("done", std::to_string(folded_)).with("total", std::to_string(size));
}

/// Once there, it stays.
History& Past::history() {
  const std::lock_guard lock(mutex_);
  return *history_;
}

}  // namespace registry
