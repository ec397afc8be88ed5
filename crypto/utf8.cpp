#include "crypto/utf8.h"

namespace crypto {

namespace {

unsigned byte_at(std::string_view bytes, std::size_t at) {
  return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0U;
}

bool is_trail(unsigned byte) { return (byte & 0xc0) == 0x80; }

// The second byte's range is what excludes overlong forms, surrogates and values past U+10FFFF (Unicode table 3-7).
bool fits_lead(unsigned lead, unsigned second) {
  const unsigned low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
  const unsigned high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
  return second >= low && second <= high;
}

std::size_t length_by_lead(unsigned lead) {
  if (lead < 0x80) return 1;
  if (lead < 0xc2) return 0;
  if (lead < 0xe0) return 2;
  if (lead < 0xf0) return 3;
  return lead < 0xf5 ? 4 : 0;
}

char32_t code_at(std::string_view bytes, std::size_t at, std::size_t length) {
  const unsigned lead = byte_at(bytes, at);
  if (length == 1) return lead;
  char32_t code = lead & (0x7fU >> length);
  for (std::size_t i = 1; i < length; ++i) code = code << 6 | (byte_at(bytes, at + i) & 0x3f);
  return code;
}

}  // namespace

std::size_t utf8_length(std::string_view bytes, std::size_t at) {
  const unsigned lead = byte_at(bytes, at);
  const std::size_t length = length_by_lead(lead);
  if (length < 2) return length;
  if (!fits_lead(lead, byte_at(bytes, at + 1))) return 0;
  for (std::size_t i = 2; i < length; ++i) {
    if (!is_trail(byte_at(bytes, at + i))) return 0;
  }
  return length;
}

std::optional<std::u32string> decode_utf8(std::string_view bytes) {
  std::u32string codes;
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t length = utf8_length(bytes, at);
    if (length == 0) return std::nullopt;
    codes += code_at(bytes, at, length);
    at += length;
  }
  return codes;
}

void append_utf8(std::string& text, char32_t code) {
  const auto append = [&text](char32_t byte) { text += static_cast<char>(byte); };
  if (code < 0x80) return append(code);
  if (code < 0x800) {
    append(0xc0 | code >> 6);
  } else {
    if (code < 0x10000) {
      append(0xe0 | code >> 12);
    } else {
      append(0xf0 | code >> 18);
      append(0x80 | (code >> 12 & 0x3f));
    }
    append(0x80 | (code >> 6 & 0x3f));
  }
  append(0x80 | (code & 0x3f));
}

}  // namespace crypto
