#include "crypto/tlog_proof.h"

#include "crypto/encoding.h"
#include "crypto/merkle.h"
#include "crypto/text_lines.h"

namespace crypto {

namespace {

constexpr std::string_view kFirstLine = "c2sp.org/tlog-proof@v1";
constexpr std::string_view kExtra = "extra ";
constexpr std::string_view kIndex = "index ";
// No tree of at most 2^64 leaves has a longer path.
constexpr std::size_t kPathMax = 64;

bool parse_extra(std::string_view& text, TlogProof& proof) {
  if (!text.starts_with(kExtra)) return true;
  const std::optional<std::string_view> line = take_line(text);
  if (!line) return false;
  proof.extra = parse_base64(line->substr(kExtra.size()));
  return proof.extra.has_value();
}

bool parse_index(std::string_view& text, TlogProof& proof) {
  const std::optional<std::string_view> line = take_line(text);
  if (!line || !line->starts_with(kIndex)) return false;
  const std::optional<std::uint64_t> index = parse_decimal(line->substr(kIndex.size()));
  if (index) proof.index = *index;
  return index.has_value();
}

/// Up to the empty line, which it takes along.
bool parse_path(std::string_view& text, TlogProof& proof) {
  while (const std::optional<std::string_view> line = take_line(text)) {
    if (line->empty()) return true;
    const std::optional<Digest> node = Digest::parse_base64(*line);
    if (!node || proof.path.size() == kPathMax) return false;
    proof.path.push_back(*node);
  }
  return false;
}

bool leads_to(const Checkpoint& checkpoint, const TlogProof& proof, const Digest& leaf_hash) {
  return verify_inclusion(leaf_hash, proof.index, checkpoint.size, proof.path, checkpoint.root);
}

}  // namespace

std::string format_tlog_proof(const TlogProof& proof) {
  std::string text(kFirstLine);
  text += '\n';
  if (proof.extra) text.append(kExtra).append(to_base64(*proof.extra)).append("\n");
  text.append(kIndex).append(std::to_string(proof.index)).append("\n");
  for (const Digest& node : proof.path) text.append(node.base64()).append("\n");
  return text.append("\n").append(proof.checkpoint);
}

std::optional<TlogProof> parse_tlog_proof(std::string_view text) {
  TlogProof proof;
  if (take_line(text) != kFirstLine) return std::nullopt;
  if (!parse_extra(text, proof) || !parse_index(text, proof) || !parse_path(text, proof)) return std::nullopt;
  const std::optional<UnverifiedNote> note = parse_note(text);
  if (!note || !parse_checkpoint(note->body)) return std::nullopt;
  proof.checkpoint = text;
  return proof;
}

std::optional<Checkpoint> verify_tlog_proof(const TlogProof& proof, const Digest& leaf_hash, const NoteVerifier& log) {
  std::optional<Checkpoint> checkpoint = open_checkpoint(proof.checkpoint, log);
  if (!checkpoint || !leads_to(*checkpoint, proof, leaf_hash)) return std::nullopt;
  return checkpoint;
}

std::optional<CosignedCheckpoint> verify_tlog_proof(const TlogProof& proof, const Digest& leaf_hash,
                                                    const NoteVerifier& log, std::span<const NoteVerifier> witnesses) {
  std::optional<CosignedCheckpoint> cosigned = open_checkpoint(proof.checkpoint, log, witnesses);
  if (!cosigned || !leads_to(cosigned->checkpoint, proof, leaf_hash)) return std::nullopt;
  return cosigned;
}

}  // namespace crypto
