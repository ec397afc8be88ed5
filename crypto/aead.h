#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace crypto {

inline constexpr std::size_t kAeadKeyBytes = 32;

/// XChaCha20-Poly1305 under a random nonce, which stands in front. `context` is bound to the text and not stored: it
/// must be the same when opened. Needs a key of kAeadKeyBytes.
std::string seal(std::string_view key, std::string_view text, std::string_view context);

/// The text; nothing under another key or context, or when a bit was changed.
std::optional<std::string> open_sealed(std::string_view key, std::string_view sealed, std::string_view context);

/// Overwrites the bytes of a secret that is no longer needed.
void wipe(std::string& secret) noexcept;

}  // namespace crypto
