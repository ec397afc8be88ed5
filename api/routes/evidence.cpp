#include "api/routes/evidence.h"

#include <nlohmann/json.hpp>
#include <set>

#include "registry/log/leaf.h"
#include "registry/views/select.h"

namespace api {
namespace {

using namespace registry;

/// Keys from an entry back to the ledger's opening; more than this is a mistake of the data.
constexpr std::size_t kKeysMax = 1'000;

std::vector<std::string> signers_of(const std::string& leaf_text) {
  std::vector<std::string> out;
  const auto leaf = parse_leaf(leaf_text);
  if (!leaf) throw StoreFault(StoreError::corrupt, "a stored leaf cannot be read");
  for (const EntrySignature& signature : leaf->signatures) out.push_back(signature.key.hex());
  return out;
}

Result<Json> stored_entry(Registry& registry, const EntryRow& entry) {
  return Json{{"index", entry.index},
              {"leaf", entry.leaf},
              {"payload", entry.payload},
              {"outcome", entry.outcome},
              {"receipt", TRY(registry.receipt(entry.index)).proof}};
}

/// Follows signers to the entries that enrolled them, each key once.
class KeyTrail {
 public:
  KeyTrail(Registry& registry, Reader& reader) : registry_(registry), reader_(reader) {}

  Check follow(const std::string& leaf) {
    std::vector<std::string> waiting = signers_of(leaf);
    while (!waiting.empty() && seen_.size() < kKeysMax) {
      const std::string id = std::move(waiting.back());
      waiting.pop_back();
      if (!seen_.insert(id).second) continue;
      const auto key = find_row<Key>(reader_, id);
      const auto entry = key ? reader_.entry(key->since) : std::nullopt;
      if (!entry) continue;
      for (std::string& signer : signers_of(entry->leaf)) waiting.push_back(std::move(signer));
      keys_.push_back({{"key", id},
                       {"party", key->party},
                       {"suite", key->suite},
                       {"spki", key->spki},
                       {"revoked", key->revoked == kNone ? Json() : Json(key->revoked)},
                       {"enrolled_by", TRY(stored_entry(registry_, *entry))}});
    }
    return Accepted{};
  }

  Json keys() && { return std::move(keys_); }

 private:
  Registry& registry_;
  Reader& reader_;
  std::set<std::string> seen_;
  Json keys_ = Json::array();
};

Json stored_view(Json entry, const EntryView& view) {
  if (!view.shows_payload) entry["payload"] = nullptr;
  if (!view.shows_outcome) entry["outcome"] = nullptr;
  return entry;
}

/// `out` says what the entries are about.
Result<Json> many(Registry& registry, Reader& reader, Json out, const std::vector<EntryView>& views) {
  Json entries = Json::array();
  KeyTrail trail(registry, reader);
  for (const EntryView& view : views) {
    entries.push_back(stored_view(TRY(stored_entry(registry, view.entry)), view));
    TRY(trail.follow(view.entry.leaf));
  }
  out["ledger"] = registry.name();
  out["log_key"] = registry.log_key().vkey();
  out["entries"] = std::move(entries);
  out["keys"] = std::move(trail).keys();
  return out;
}

}  // namespace

Result<Json> evidence_of(Registry& registry, Reader& reader, const EntryView& view) {
  Json entry = stored_view(TRY(stored_entry(registry, view.entry)), view);
  KeyTrail trail(registry, reader);
  TRY(trail.follow(view.entry.leaf));
  return Json{{"format", "tallystick.bundle/v1"},
              {"ledger", registry.name()},
              {"log_key", registry.log_key().vkey()},
              {"entry", std::move(entry)},
              {"keys", std::move(trail).keys()}};
}

Result<Json> statement_evidence(Registry& registry, Reader& reader, const std::string& permit,
                                const std::vector<EntryView>& views) {
  return many(registry, reader, {{"format", "tallystick.statement/v1"}, {"permit", permit}}, views);
}

Result<Json> trace_evidence(Registry& registry, Reader& reader, const std::string& lot,
                            const std::vector<EntryView>& views) {
  return many(registry, reader, {{"format", "tallystick.trace/v1"}, {"lot", lot}}, views);
}

}  // namespace api
