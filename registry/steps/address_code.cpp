#include "registry/steps/address_code.h"

#include "crypto/commitment.h"
#include "crypto/encoding.h"
#include "registry/base/ensure.h"

namespace registry {
namespace {

/// Crockford's: none looks like another.
constexpr std::string_view kSymbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t kSymbolBits = 5, kGroup = 4;

/// Luhn's check over symbols in place of digits: finds each wrong symbol, and neighbours that changed places.
char check_symbol(std::string_view symbols) {
  const std::size_t n = kSymbols.size();
  std::size_t sum = 0, factor = 2;
  for (auto at = symbols.rbegin(); at != symbols.rend(); ++at) {
    const std::size_t addend = kSymbols.find(*at) * factor;
    sum += addend / n + addend % n;
    factor = 3 - factor;
  }
  return kSymbols[(n - sum % n) % n];
}

/// The symbols without hyphens; empty where there are others, or hyphens elsewhere.
std::string symbols_of(std::string_view code) {
  if (code.size() != kAddressCodeLength) return {};
  std::string out;
  for (std::size_t i = 0; i < code.size(); ++i) {
    const bool between = i % (kGroup + 1) == kGroup;
    if (between ? code[i] != '-' : kSymbols.find(code[i]) == kSymbols.npos) return {};
    if (!between) out += code[i];
  }
  return out;
}

}  // namespace

std::string make_address_code(std::string_view random) {
  ensure(random.size() == kAddressCodeBytes, "a code is made of ten random bytes");
  std::string symbols;
  for (std::size_t bit = 0; bit < random.size() * 8; bit += kSymbolBits) {
    unsigned value = 0;
    for (std::size_t i = bit; i < bit + kSymbolBits; ++i)
      value = value << 1U | (static_cast<unsigned char>(random[i / 8]) >> (7 - i % 8) & 1U);
    symbols += kSymbols[value];
  }
  symbols += check_symbol(symbols);
  std::string code;
  for (std::size_t i = 0; i < symbols.size(); ++i) {
    if (i > 0 && i % kGroup == 0) code += '-';
    code += symbols[i];
  }
  return code;
}

AddressCodeForm address_code_form(std::string_view code) {
  const std::string symbols = symbols_of(code);
  if (symbols.empty()) return AddressCodeForm::bad_form;
  const bool fits = check_symbol(std::string_view(symbols).substr(0, symbols.size() - 1)) == symbols.back();
  return fits ? AddressCodeForm::good : AddressCodeForm::bad_check;
}

std::string address_code_commitment(std::string_view party, std::string_view letter, std::string_view code,
                                    std::string_view salt_hex) {
  const auto salt = crypto::parse_hex(salt_hex);
  ensure(salt.has_value(), "a salt is in hex");
  std::string path = "/address-code/";
  ((path += party) += '/') += letter;
  return crypto::commit(crypto::HashAlg::sha256, {path, std::string(code), *salt}).hex();
}

}  // namespace registry
