#include "registry/tracing/signed_entries.h"

#include <utility>

#include "registry/base/fault.h"
#include "registry/log/header.h"
#include "registry/log/leaf.h"

namespace registry {

SignedEntry signed_entry(const EntryRow& row) {
  SignedEntry out{row.index, row.type, row.party, row.rtime, row.rtime, {}};
  const auto leaf = parse_leaf(row.leaf);
  if (!leaf) return out;
  for (const EntrySignature& signature : leaf->signatures) out.keys.push_back(signature.key.hex());
  if (const auto header = parse_header(leaf->header_text)) out.time = header->time;
  return out;
}

const SignedEntry& SignedEntries::at(std::int64_t index) {
  const auto found = entries_.find(index);
  if (found != entries_.end()) return found->second;
  const auto row = reader_.entry(index);
  if (!row) throw StoreFault(StoreError::corrupt, "entry " + std::to_string(index) + " is missing");
  return entries_.emplace(index, signed_entry(*row)).first->second;
}

}  // namespace registry
