#include "crypto/aead.h"

#include <sodium.h>

#include <stdexcept>

#include "crypto/bytes.h"
#include "crypto/random.h"

namespace crypto {
namespace {

constexpr std::size_t kNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(kAeadKeyBytes == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);

void require_key(std::string_view key) {
  if (key.size() != kAeadKeyBytes) throw std::invalid_argument("a sealing key has 32 bytes");
}

}  // namespace

std::string seal(std::string_view key, std::string_view text, std::string_view context) {
  require_key(key);
  std::string out = random_bytes(kNonceBytes);
  out.resize(kNonceBytes + text.size() + kTagBytes);
  unsigned char* const bytes = data_of(out);
  crypto_aead_xchacha20poly1305_ietf_encrypt(bytes + kNonceBytes, nullptr, data_of(text), text.size(), data_of(context),
                                             context.size(), nullptr, bytes, data_of(key));
  return out;
}

std::optional<std::string> open_sealed(std::string_view key, std::string_view sealed, std::string_view context) {
  require_key(key);
  if (sealed.size() < kNonceBytes + kTagBytes) return {};
  std::string out(sealed.size() - kNonceBytes - kTagBytes, '\0');
  const unsigned char* const bytes = data_of(sealed);
  const int failed = crypto_aead_xchacha20poly1305_ietf_decrypt(data_of(out), nullptr, nullptr, bytes + kNonceBytes,
                                                                sealed.size() - kNonceBytes, data_of(context),
                                                                context.size(), bytes, data_of(key));
  return failed ? std::nullopt : std::optional(std::move(out));
}

void wipe(std::string& secret) noexcept {
  sodium_memzero(secret.data(), secret.size());
  secret.clear();
}

}  // namespace crypto
