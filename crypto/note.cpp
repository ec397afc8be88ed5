#include "crypto/note.h"

#include <algorithm>
#include <stdexcept>

#include "crypto/bytes.h"
#include "crypto/encoding.h"
#include "crypto/text_lines.h"

namespace crypto {

namespace {

constexpr std::string_view kDash = "\u2014 ";
constexpr std::size_t kKeyIdBytes = 4;

std::optional<NoteSignature> parse_signature_line(std::string_view line) {
  if (!line.starts_with(kDash)) return std::nullopt;
  line.remove_prefix(kDash.size());
  const std::size_t space = line.find(' ');
  if (space == std::string_view::npos || !is_note_key_name(line.substr(0, space))) return std::nullopt;
  const std::optional<std::string> bytes = parse_base64(line.substr(space + 1));
  if (!bytes || bytes->size() <= kKeyIdBytes) return std::nullopt;
  NoteSignature signature;
  signature.name = line.substr(0, space);
  signature.key_id = static_cast<std::uint32_t>(read_big_endian(std::string_view(*bytes).substr(0, kKeyIdBytes)));
  signature.bytes = bytes->substr(kKeyIdBytes);
  return signature;
}

std::optional<std::vector<NoteSignature>> parse_signature_lines(std::string_view lines) {
  std::vector<NoteSignature> signatures;
  while (!lines.empty()) {
    const std::optional<std::string_view> line = take_line(lines);
    if (!line || signatures.size() == kNoteSignaturesMax) return std::nullopt;
    std::optional<NoteSignature> signature = parse_signature_line(*line);
    if (!signature) return std::nullopt;
    signatures.push_back(std::move(*signature));
  }
  if (signatures.empty()) return std::nullopt;
  return signatures;
}

const NoteVerifier* find_verifier(std::span<const NoteVerifier> known, const NoteSignature& signature) {
  const auto found = std::find_if(known.begin(), known.end(), [&](const auto& key) { return key.matches(signature); });
  return found == known.end() ? nullptr : &*found;
}

bool is_listed(const std::vector<NoteSignature>& signatures, const NoteSignature& signature) {
  return std::any_of(signatures.begin(), signatures.end(), [&](const NoteSignature& other) {
    return other.name == signature.name && other.key_id == signature.key_id;
  });
}

}  // namespace

std::string NoteSignature::line() const {
  std::string text(kDash);
  text.append(name).append(" ");
  text.append(to_base64(big_endian(key_id).substr(8 - kKeyIdBytes) + bytes)).append("\n");
  return text;
}

std::string format_note(std::string_view body, std::span<const NoteSignature> signatures) {
  if (!body.ends_with('\n')) throw std::invalid_argument("the text of a note ends in a newline");
  std::string note(body);
  note += '\n';
  for (const NoteSignature& signature : signatures) note += signature.line();
  return note;
}

std::optional<UnverifiedNote> parse_note(std::string_view text) {
  if (text.size() > kNoteBytesMax || !is_note_text(text)) return std::nullopt;
  // The text may hold empty lines itself; the last one separates it.
  const std::size_t gap = text.rfind("\n\n");
  if (gap == std::string_view::npos) return std::nullopt;
  std::optional<std::vector<NoteSignature>> signatures = parse_signature_lines(text.substr(gap + 2));
  if (!signatures) return std::nullopt;
  return UnverifiedNote{std::string(text.substr(0, gap + 1)), std::move(*signatures)};
}

std::optional<Note> open_note(std::string_view text, std::span<const NoteVerifier> known) {
  std::optional<UnverifiedNote> parsed = parse_note(text);
  if (!parsed) return std::nullopt;
  Note note;
  for (NoteSignature& signature : parsed->signatures) {
    const NoteVerifier* key = find_verifier(known, signature);
    if (key == nullptr) continue;
    if (!key->verify(parsed->body, signature)) return std::nullopt;
    if (is_listed(note.signatures, signature)) continue;
    if (key->type() == NoteKeyType::ed25519_cosignature) {
      signature.timestamp_s = read_big_endian(std::string_view(signature.bytes).substr(0, 8));
    }
    note.signatures.push_back(std::move(signature));
  }
  if (note.signatures.empty()) return std::nullopt;
  note.body = std::move(parsed->body);
  return note;
}

}  // namespace crypto
