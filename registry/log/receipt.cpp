#include "registry/log/receipt.h"

#include <utility>

#include "crypto/merkle.h"
#include "crypto/tlog_proof.h"
#include "registry/log/leaf.h"

namespace registry {
namespace {

Refusal bad_receipt(std::string_view code, std::string_view detail) {
  return refuse("bad-receipt").at("receipt", std::string(code), std::string(detail));
}

}  // namespace

std::string format_receipt(std::uint64_t index, std::span<const crypto::Digest> path,
                           std::string_view checkpoint_note) {
  return crypto::format_tlog_proof({{}, index, {path.begin(), path.end()}, std::string(checkpoint_note)});
}

Result<ProvenPlace> verify_receipt(std::string_view receipt, std::string_view leaf_bytes,
                                   const crypto::NoteVerifier& log) {
  const auto proof = crypto::parse_tlog_proof(receipt);
  if (!proof) return bad_receipt("form", "not a tlog-proof@v1 text");
  const auto leaf = parse_leaf(leaf_bytes);
  if (!leaf) return bad_receipt("leaf", "the entry is not a leaf of a ledger");
  if (leaf->frame.seq != proof->index) return bad_receipt("index", "the entry states another index");
  if (!crypto::open_checkpoint(proof->checkpoint, log))
    return bad_receipt("checkpoint", "the checkpoint is not signed by this log");
  auto checkpoint = crypto::verify_tlog_proof(*proof, leaf_hash(leaf_bytes), log);
  if (!checkpoint) return bad_receipt("path", "the path does not lead from this entry to the checkpoint");
  return ProvenPlace{proof->index, std::move(*checkpoint)};
}

}  // namespace registry
