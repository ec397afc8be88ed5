#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/key.h"

namespace crypto {

// Signed notes, c2sp.org/signed-note: a text, an empty line, and signature lines "— name base64(key id || signature)".

/// Bounds on a note from outside; the specification asks for at least 16 signatures of up to 5 kB.
inline constexpr std::size_t kNoteBytesMax = 256 * 1024;
inline constexpr std::size_t kNoteSignaturesMax = 64;

/// How a note key signs. The values are the signature type bytes of the specification.
enum class NoteKeyType : unsigned char {
  ed25519 = 0x01,              ///< over the note text
  ed25519_cosignature = 0x04,  ///< a witness: over time and checkpoint, c2sp.org/tlog-cosignature
};

/// Not empty, UTF-8, no Unicode space, no plus sign, no control character.
bool is_note_key_name(std::string_view name);

/// First four bytes of SHA-256(name || 0A || type || key), big endian.
std::uint32_t note_key_id(std::string_view name, NoteKeyType type, std::string_view raw_key);

/// One signature line. `bytes` is what follows the key id.
struct NoteSignature {
  std::string name;
  std::uint32_t key_id = 0;
  std::string bytes;
  /// POSIX seconds stated by a witness; only for verified cosignatures.
  std::optional<std::uint64_t> timestamp_s;

  /// "— name base64\n".
  std::string line() const;
};

/// A public key that notes are checked with.
class NoteVerifier {
 public:
  /// Refuses a bad name and keys that are not Ed25519.
  static std::optional<NoteVerifier> make(std::string_view name, const PublicKey& key,
                                          NoteKeyType type = NoteKeyType::ed25519);
  /// "name+hex8+base64", strictly, with the key id checked.
  static std::optional<NoteVerifier> parse_vkey(std::string_view vkey);

  const std::string& name() const { return name_; }
  std::uint32_t key_id() const { return key_id_; }
  NoteKeyType type() const { return type_; }
  const PublicKey& key() const { return key_; }
  std::string vkey() const;

  /// True if the signature names this key.
  bool matches(const NoteSignature& signature) const;
  /// True if it verifies over the note text `body`.
  bool verify(std::string_view body, const NoteSignature& signature) const;

 private:
  NoteVerifier(std::string name, PublicKey key, NoteKeyType type);
  std::string name_;
  PublicKey key_;
  NoteKeyType type_;
  std::uint32_t key_id_;
};

/// A private key that signs notes, as a log (ed25519) or as a witness (ed25519_cosignature).
class NoteSigner {
 public:
  /// Refuses a bad name and keys that are not Ed25519.
  static std::optional<NoteSigner> make(std::string_view name, const PrivateKey& key,
                                        NoteKeyType type = NoteKeyType::ed25519);

  const NoteVerifier& verifier() const { return verifier_; }
  /// The signature over a note text. A witness states `timestamp_s` (at most 2^63 - 1); a log ignores it.
  NoteSignature sign(std::string_view body, std::uint64_t timestamp_s = 0) const;

 private:
  NoteSigner(NoteVerifier verifier, PrivateKey key) : verifier_(std::move(verifier)), key_(std::move(key)) {}
  NoteVerifier verifier_;
  PrivateKey key_;
};

/// A note as read, before any key was applied. Its text must not be used until then.
struct UnverifiedNote {
  std::string body;
  std::vector<NoteSignature> signatures;
};

/// A note whose `signatures` all verified; there is at least one.
struct Note {
  std::string body;
  std::vector<NoteSignature> signatures;
};

/// Text, empty line and signature lines joined. `body` must end in a newline; throws
/// std::invalid_argument otherwise.
std::string format_note(std::string_view body, std::span<const NoteSignature> signatures);

/// Form only: UTF-8, no control characters but newline, well-formed signature lines.
std::optional<UnverifiedNote> parse_note(std::string_view text);

/// The note if at least one signature is by a known key and every signature by a known key verifies. Signatures of
/// unknown keys are left out.
std::optional<Note> open_note(std::string_view text, std::span<const NoteVerifier> known);

}  // namespace crypto
