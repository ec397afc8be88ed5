#pragma once

#include <optional>
#include <string>
#include <string_view>

// The code in a letter to the legal address of a unit: "7K3F-QW9T-2M8X-ZD4N-D", sixteen random symbols of 32 and one
// to check them. 80 bits: nobody finds it from its commitment.
namespace registry {

inline constexpr std::size_t kAddressCodeBytes = 10;
inline constexpr std::size_t kAddressCodeLength = 21;
/// Salts of commitments are 32 bytes.
inline constexpr std::size_t kLetterHexDigits = 64;

/// The code for these kAddressCodeBytes bytes, which must be random.
std::string make_address_code(std::string_view random);

enum class AddressCodeForm {
  good,
  /// Not in four groups of four and one symbol, or of symbols other than 0-9 and A-Z without I, L, O and U.
  bad_form,
  /// One symbol was misread, or two neighbours changed places.
  bad_check
};
AddressCodeForm address_code_form(std::string_view code);

/// What the log holds of the code: crypto::commit, SHA-256, of the code under path "/address-code/<party>/<letter>", as
/// 64 hex digits. Opens for this party and letter alone. Needs a salt of kLetterHexDigits lowercase hex digits.
std::string address_code_commitment(std::string_view party, std::string_view letter, std::string_view code,
                                    std::string_view salt_hex);

}  // namespace registry
