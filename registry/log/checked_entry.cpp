#include "registry/log/checked_entry.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "crypto/commitment.h"
#include "registry/domain/outcome.h"
#include "registry/log/submission_check.h"

namespace registry::verifying {
namespace {

/// What a refusal complains of, in one line.
std::string reason(const Refusal& refusal) {
  std::string text = refusal.rule;
  for (const auto& field : refusal.fields)
    text.append(", ").append(field.pointer).append(" ").append(field.code.empty() ? "" : field.code);
  return text;
}

void check_leaf(CheckedEntry& entry) {
  entry.hash = leaf_hash(entry.stored->leaf);
  auto leaf = parse_leaf(entry.stored->leaf);
  if (!leaf) return entry.defect("leaf-form", reason(leaf.error()));
  entry.leaf = std::move(*leaf);
  if (entry.leaf->frame.seq != entry.index)
    entry.defect("seq", "the leaf states index " + std::to_string(entry.leaf->frame.seq));
  auto header = parse_header(entry.leaf->header_text);
  if (!header) return entry.defect("header-form", reason(header.error()));
  entry.header = std::move(*header);
  entry.id = entry_id(entry.header->suite, entry.leaf->header_text);
}

void check_outcome(CheckedEntry& entry) {
  const auto& outcome = entry.stored->outcome;
  if (entry.leaf &&
      (outcome.size() != entry.leaf->frame.outcome_bytes || crypto::sha256(outcome) != entry.leaf->frame.outcome_hash))
    entry.defect("outcome-hash", "the outcome is not the one the leaf names");
  auto facts = parse_outcome_facts(outcome);
  if (!facts) return entry.defect("outcome-form", reason(facts.error()));
  entry.outcome = std::move(*facts);
  const auto& payload = entry.stored->payload;
  if (payload && entry.outcome.salt != outcome_salt(*payload))
    entry.defect("outcome-salt", "the outcome's salt is not that of the payload");
}

void check_payload(CheckedEntry& entry, bool needed) {
  const auto& payload = entry.stored->payload;
  if (!payload) {
    if (needed) entry.defect("payload-missing", "the payload is not there");
    return;
  }
  if (entry.header && (payload->size() != entry.header->payload_bytes ||
                       crypto::hash(crypto::hash_of(entry.header->suite), *payload) != entry.header->payload_hash))
    entry.defect("payload-hash", "the payload is not the one that was signed");
  auto json = read_payload(*payload);
  if (!json) return entry.defect("payload-form", reason(json.error()));
  if (entry.index == 0) entry.payload = std::move(*json);
}

void check_commitments(CheckedEntry& entry) {
  const auto& commitments = entry.stored->commitments;
  if (!commitments || !entry.header) return;
  if (commitments->size() != entry.header->private_count ||
      crypto::commitments_root(crypto::hash_of(entry.header->suite), *commitments) != entry.header->private_root)
    entry.defect("private", "the commitments are not those that were signed");
}

void check_signer_list(CheckedEntry& entry) {
  if (!entry.header) return;
  const auto& signatures = entry.leaf->signatures;
  if (signatures.front().key != entry.header->key)
    entry.defect("signature-form", "the first signature is not the author's");
  for (std::size_t i = 1; i < signatures.size(); ++i)
    for (std::size_t k = 0; k < i; ++k)
      if (signatures[i].key == signatures[k].key) entry.defect("signature-form", "one key signs twice");
}

bool is_signed_by(const CheckedEntry& entry, const EntrySignature& signature, const crypto::PublicKey& key,
                  BatchCache& cache) {
  if (signature.key == entry.header->key && key.suite() != entry.header->suite) return false;
  return verify_signature(key, {entry.leaf->header_text, entry.header->ledger, entry.id}, signature, &cache);
}

}  // namespace

std::string place_of(std::uint64_t index) { return "entry " + std::to_string(index); }

void CheckedEntry::defect(std::string kind, std::string detail) {
  defects.push_back({place_of(index), index, std::move(kind), std::move(detail)});
}

void check_form(CheckedEntry& entry, bool payload_needed) {
  if (!entry.stored) return entry.defect("missing", "the entry is not there");
  check_leaf(entry);
  check_outcome(entry);
  check_payload(entry, payload_needed);
  check_commitments(entry);
  check_signer_list(entry);
}

void check_signatures(CheckedEntry& entry, BatchCache& cache) {
  if (!entry.header) return;
  for (std::size_t i = 0; i < entry.signers.size(); ++i) {
    const auto& key = entry.signers[i];
    const auto& signature = entry.leaf->signatures[i];
    if (key && !is_signed_by(entry, signature, *key, cache))
      entry.defect("signature", "key " + signature.key.hex() + " did not sign this header");
  }
}

}  // namespace registry::verifying
