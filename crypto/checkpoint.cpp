#include "crypto/checkpoint.h"

#include <algorithm>
#include <stdexcept>

#include "crypto/text_lines.h"

namespace crypto {

namespace {

struct OpenedNote {
  Checkpoint checkpoint;
  std::vector<NoteSignature> signatures;
};

std::optional<OpenedNote> open_signed_by_log(std::string_view text, const NoteVerifier& log,
                                             std::span<const NoteVerifier> known) {
  // A cosignature states that a log was seen, not that it speaks.
  if (log.type() != NoteKeyType::ed25519) return std::nullopt;
  std::optional<Note> note = open_note(text, known);
  if (!note) return std::nullopt;
  const bool by_log = std::any_of(note->signatures.begin(), note->signatures.end(),
                                  [&](const NoteSignature& signature) { return log.matches(signature); });
  std::optional<Checkpoint> checkpoint = parse_checkpoint(note->body);
  if (!by_log || !checkpoint || checkpoint->origin != log.name()) return std::nullopt;
  return OpenedNote{std::move(*checkpoint), std::move(note->signatures)};
}

}  // namespace

std::string Checkpoint::body() const {
  std::string text = origin + "\n" + std::to_string(size) + "\n" + root.base64() + "\n";
  for (const std::string& line : extension) text.append(line).append("\n");
  return text;
}

std::optional<Checkpoint> parse_checkpoint(std::string_view body) {
  if (!is_note_text(body)) return std::nullopt;
  const std::optional<std::string_view> origin = take_line(body);
  const std::optional<std::string_view> size = take_line(body);
  const std::optional<std::string_view> root = take_line(body);
  if (!origin || origin->empty() || !size || !root) return std::nullopt;
  const std::optional<std::uint64_t> leaves = parse_decimal(*size);
  const std::optional<Digest> digest = Digest::parse_base64(*root);
  if (!leaves || !digest) return std::nullopt;
  Checkpoint checkpoint{std::string(*origin), *leaves, *digest, {}};
  while (!body.empty()) {
    const std::optional<std::string_view> line = take_line(body);
    if (!line || line->empty()) return std::nullopt;
    checkpoint.extension.emplace_back(*line);
  }
  return checkpoint;
}

std::string sign_checkpoint(const Checkpoint& checkpoint, const NoteSigner& signer) {
  const std::string body = checkpoint.body();
  if (parse_checkpoint(body) != checkpoint) throw std::invalid_argument("a line of the checkpoint is no line");
  const NoteSignature signature = signer.sign(body);
  return format_note(body, {&signature, 1});
}

std::optional<std::string> add_signature(std::string_view note, const NoteSignature& signature) {
  if (!parse_note(note)) return std::nullopt;
  std::string longer = std::string(note) + signature.line();
  if (!parse_note(longer)) return std::nullopt;
  return longer;
}

std::optional<Checkpoint> open_checkpoint(std::string_view note, const NoteVerifier& log) {
  std::optional<OpenedNote> opened = open_signed_by_log(note, log, {&log, 1});
  if (!opened) return std::nullopt;
  return std::move(opened->checkpoint);
}

std::optional<CosignedCheckpoint> open_checkpoint(std::string_view note, const NoteVerifier& log,
                                                  std::span<const NoteVerifier> witnesses) {
  std::vector<NoteVerifier> known{log};
  known.insert(known.end(), witnesses.begin(), witnesses.end());
  std::optional<OpenedNote> opened = open_signed_by_log(note, log, known);
  if (!opened) return std::nullopt;
  CosignedCheckpoint cosigned{std::move(opened->checkpoint), {}};
  for (NoteSignature& signature : opened->signatures) {
    if (signature.timestamp_s) cosigned.cosignatures.push_back(std::move(signature));
  }
  return cosigned;
}

}  // namespace crypto
