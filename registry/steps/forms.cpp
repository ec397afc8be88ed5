#include "registry/steps/forms.h"

#include <algorithm>

namespace registry {
namespace {

constexpr std::size_t kIdCharactersMax = 40;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_id_character(char c) {
  return is_digit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.' || c == '_' || c == '-';
}
unsigned char byte(char c) { return static_cast<unsigned char>(c); }

}  // namespace

bool is_id(std::string_view text) {
  return !text.empty() && text.size() <= kIdCharactersMax && std::all_of(text.begin(), text.end(), is_id_character);
}

bool is_region_code(std::string_view text) {
  return text.size() == 6 && std::all_of(text.begin(), text.end(), is_digit);
}

bool is_uscc_form(std::string_view text) {
  const auto good = [](char c) { return is_digit(c) || (c >= 'A' && c <= 'Z'); };
  return text.size() == 18 && std::all_of(text.begin(), text.end(), good);
}

bool is_country(std::string_view text) {
  return text.size() == 2 && std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

bool is_lower_hex(std::string_view text, std::size_t length) {
  const auto good = [](char c) { return is_digit(c) || (c >= 'a' && c <= 'f'); };
  return text.size() == length && std::all_of(text.begin(), text.end(), good);
}

bool is_ascii_lines(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c == '\n' || (c >= ' ' && c <= '~'); });
}

TextForm text_form(std::string_view text, std::size_t max) {
  std::size_t characters = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const unsigned char b = byte(text[i]);
    if (b < 0x20 || b == 0x7f) return TextForm::control_character;
    // U+0080 to U+009F are C2 80 to C2 9F.
    if (b == 0xc2 && i + 1 < text.size() && byte(text[i + 1]) < 0xa0) return TextForm::control_character;
    if ((b & 0xc0) != 0x80) ++characters;
  }
  if (characters == 0) return TextForm::empty;
  return characters > max ? TextForm::too_long : TextForm::good;
}

}  // namespace registry
