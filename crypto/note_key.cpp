#include <algorithm>
#include <array>
#include <limits>
#include <stdexcept>

#include "crypto/bytes.h"
#include "crypto/encoding.h"
#include "crypto/note.h"
#include "crypto/utf8.h"

namespace crypto {

namespace {

constexpr std::size_t kSignatureBytes = 64;
constexpr std::size_t kTimeBytes = 8;
constexpr std::uint64_t kTimeMax = std::numeric_limits<std::int64_t>::max();

struct CodeRange {
  char32_t first;
  char32_t last;
};

// Control characters (Cc) and characters with the property White_Space, of which U+0085 is both.
constexpr std::array<CodeRange, 9> kControlsAndSpaces{{{0x00, 0x20},
                                                       {0x7f, 0xa0},
                                                       {0x1680, 0x1680},
                                                       {0x2000, 0x200a},
                                                       {0x2028, 0x2029},
                                                       {0x202f, 0x202f},
                                                       {0x205f, 0x205f},
                                                       {0x3000, 0x3000},
                                                       {U'+', U'+'}}};

bool fits_name(char32_t code) {
  return std::none_of(kControlsAndSpaces.begin(), kControlsAndSpaces.end(),
                      [code](const CodeRange& range) { return code >= range.first && code <= range.last; });
}

char type_byte(NoteKeyType type) { return static_cast<char>(type); }

bool is_known_type(char byte) {
  return byte == type_byte(NoteKeyType::ed25519) || byte == type_byte(NoteKeyType::ed25519_cosignature);
}

// c2sp.org/tlog-cosignature: the first line keeps it apart from any note text.
std::string cosigned_message(std::uint64_t timestamp_s, std::string_view body) {
  std::string message = "cosignature/v1\ntime ";
  message.append(std::to_string(timestamp_s)).append("\n").append(body);
  return message;
}

bool verify_cosignature(const PublicKey& key, std::string_view body, std::string_view bytes) {
  if (bytes.size() != kTimeBytes + kSignatureBytes) return false;
  const std::uint64_t timestamp_s = read_big_endian(bytes.substr(0, kTimeBytes));
  if (timestamp_s > kTimeMax) return false;
  return key.verify(cosigned_message(timestamp_s, body), bytes.substr(kTimeBytes));
}

std::string key_id_hex(std::uint32_t key_id) { return to_hex(big_endian(key_id)).substr(8); }

}  // namespace

bool is_note_key_name(std::string_view name) {
  const std::optional<std::u32string> codes = decode_utf8(name);
  return codes && !codes->empty() && std::all_of(codes->begin(), codes->end(), fits_name);
}

std::uint32_t note_key_id(std::string_view name, NoteKeyType type, std::string_view raw_key) {
  const char type_text = type_byte(type);
  const Digest digest = hash(HashAlg::sha256, {name, "\n", std::string_view(&type_text, 1), raw_key});
  return static_cast<std::uint32_t>(read_big_endian(digest.view().substr(0, 4)));
}

NoteVerifier::NoteVerifier(std::string name, PublicKey key, NoteKeyType type)
    : name_(std::move(name)), key_(std::move(key)), type_(type), key_id_(note_key_id(name_, type_, key_.raw())) {}

std::optional<NoteVerifier> NoteVerifier::make(std::string_view name, const PublicKey& key, NoteKeyType type) {
  if (!is_note_key_name(name) || key.suite() != Suite::ed25519_sha256) return std::nullopt;
  return NoteVerifier(std::string(name), key, type);
}

std::optional<NoteVerifier> NoteVerifier::parse_vkey(std::string_view vkey) {
  const std::size_t first = vkey.find('+');
  const std::size_t second = first == std::string_view::npos ? first : vkey.find('+', first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  const std::optional<std::string> bytes = parse_base64(vkey.substr(second + 1));
  if (!bytes || bytes->empty() || !is_known_type(bytes->front())) return std::nullopt;
  const std::optional<PublicKey> key = PublicKey::parse_raw(Suite::ed25519_sha256, std::string_view(*bytes).substr(1));
  if (!key) return std::nullopt;
  std::optional<NoteVerifier> verifier =
      make(vkey.substr(0, first), *key, static_cast<NoteKeyType>(static_cast<unsigned char>(bytes->front())));
  if (!verifier || key_id_hex(verifier->key_id()) != vkey.substr(first + 1, second - first - 1)) return std::nullopt;
  return verifier;
}

std::string NoteVerifier::vkey() const {
  const std::string bytes = type_byte(type_) + std::string(key_.raw());
  return name_ + "+" + key_id_hex(key_id_) + "+" + to_base64(bytes);
}

bool NoteVerifier::matches(const NoteSignature& signature) const {
  return signature.key_id == key_id_ && signature.name == name_;
}

bool NoteVerifier::verify(std::string_view body, const NoteSignature& signature) const {
  if (!matches(signature)) return false;
  if (type_ == NoteKeyType::ed25519_cosignature) return verify_cosignature(key_, body, signature.bytes);
  return key_.verify(body, signature.bytes);
}

std::optional<NoteSigner> NoteSigner::make(std::string_view name, const PrivateKey& key, NoteKeyType type) {
  std::optional<NoteVerifier> verifier = NoteVerifier::make(name, key.public_key(), type);
  if (!verifier) return std::nullopt;
  return NoteSigner(std::move(*verifier), key);
}

NoteSignature NoteSigner::sign(std::string_view body, std::uint64_t timestamp_s) const {
  NoteSignature signature;
  signature.name = verifier_.name();
  signature.key_id = verifier_.key_id();
  if (verifier_.type() == NoteKeyType::ed25519) {
    signature.bytes = key_.sign(body);
    return signature;
  }
  if (timestamp_s > kTimeMax) throw std::invalid_argument("a cosignature's time is below 2^63");
  signature.bytes = big_endian(timestamp_s) + key_.sign(cosigned_message(timestamp_s, body));
  signature.timestamp_s = timestamp_s;
  return signature;
}

}  // namespace crypto
