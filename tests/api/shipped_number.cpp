#include "tests/api/shipped_number.h"

#include <Poco/InflatingStream.h>
#include <Poco/StreamCopier.h>

#include <algorithm>
#include <cctype>
#include <sstream>

#include "crypto/encoding.h"

namespace city {
namespace {

constexpr std::size_t kTailDigits = 6, kRoundedDigits = 4, kEncodedMin = 16;
constexpr int kTailRange = 1'000'000;

bool is_digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }
bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }
bool is_base64(char c) { return is_word(c) || c == '+' || c == '/' || c == '=' || c == '-'; }

std::string digits_of(std::string text) {
  text.erase(std::remove_if(text.begin(), text.end(), [](char c) { return !is_digit(c); }), text.end());
  return text;
}

/// "662741" of "337259".
std::string complement(const std::string& tail) {
  std::string out = std::to_string(kTailRange - std::stoi(tail));
  return std::string(kTailDigits - out.size(), '0') + out;
}

/// A number with its points and commas, from `at` on.
std::size_t end_of_number(std::string_view text, std::size_t at) {
  while (at < text.size() && (is_digit(text[at]) ||
                              ((text[at] == '.' || text[at] == ',') && at + 1 < text.size() && is_digit(text[at + 1]))))
    ++at;
  return at;
}

std::uint32_t little(std::string_view bytes, std::size_t at, int size) {
  std::uint32_t out = 0;
  for (int i = size; i-- > 0;) out = (out << 8) | static_cast<unsigned char>(bytes[at + static_cast<std::size_t>(i)]);
  return out;
}

std::string inflated(std::string_view bytes) {
  std::istringstream packed{std::string(bytes)};
  Poco::InflatingInputStream stream(packed, Poco::InflatingStreamBuf::STREAM_ZIP);
  std::string out;
  Poco::StreamCopier::copyToString(stream, out);
  return out;
}

/// The pieces of `text` that may be base64.
std::vector<std::string_view> encoded_pieces(std::string_view text) {
  std::vector<std::string_view> out;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && is_base64(text[end])) ++end;
    if (end - at >= kEncodedMin) out.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

}  // namespace

ShippedNumber::ShippedNumber(std::string_view kilograms)
    : kilograms_(kilograms), tail_(kilograms.substr(kilograms.size() - kTailDigits)), rest_(complement(tail_)) {}

std::vector<std::string> ShippedNumber::told_by(std::string_view bytes) const {
  std::vector<std::string> out;
  look_at(bytes, out);
  if (bytes.starts_with("PK")) look_at(unzipped(bytes), out);
  for (const std::string_view piece : encoded_pieces(bytes))
    for (const auto& decoded : {crypto::parse_base64(piece), crypto::parse_base64url(piece)})
      if (decoded) look_at(*decoded, out);
  return out;
}

void ShippedNumber::look_at(std::string_view text, std::vector<std::string>& out) const {
  for (std::size_t at = 0; at < text.size();) {
    if (!is_digit(text[at]) || (at > 0 && is_word(text[at - 1]))) {
      ++at;
      continue;
    }
    const std::size_t end = end_of_number(text, at);
    const std::string number(text.substr(at, end - at));
    // Letters that follow at once make it a piece of a hash, unless they are a unit.
    const bool is_unit = end < text.size() && (text[end] == 'k' || text[end] == 'g' || text[end] == 'm');
    if ((end == text.size() || !is_word(text[end]) || is_unit) && is_told_by(number)) out.push_back(number);
    at = std::max(end, at + 1);
  }
}

bool ShippedNumber::is_told_by(std::string number) const {
  // A list of numbers looks like one with separators.
  const auto comma = number.rfind(',');
  if (comma != number.npos && (is_told_by(number.substr(0, comma)) || is_told_by(number.substr(comma + 1))))
    return true;
  const std::string digits = digits_of(number), whole = digits_of(kilograms_);
  // Six digits alone are no amount, they count something.
  if (digits.size() > kTailDigits && (digits.ends_with(tail_) || digits.ends_with(rest_))) return true;
  // Rounded, or cut off.
  const auto point = number.find('.');
  if (point == number.npos || digits.size() < kRoundedDigits) return false;
  const std::string up = std::to_string(std::stoll(whole.substr(0, digits.size())) + 1);
  return whole.starts_with(digits) || (digits.size() < whole.size() && digits == up);
}

std::string unzipped(std::string_view bytes) {
  // The central directory at the end names the files and their sizes (APPNOTE 4.3.12 and 4.3.7).
  constexpr std::string_view kEntry("PK\x01\x02", 4);
  constexpr std::size_t kEntrySize = 46, kLocalSize = 30;
  std::string out;
  for (auto at = bytes.find(kEntry); at != bytes.npos; at = bytes.find(kEntry, at + kEntrySize)) {
    const std::size_t size = little(bytes, at + 20, 4), local = little(bytes, at + 42, 4);
    const std::size_t skip = kLocalSize + little(bytes, local + 26, 2) + little(bytes, local + 28, 2);
    const std::string_view packed = bytes.substr(local + skip, size);
    out += little(bytes, at + 10, 2) == 0 ? std::string(packed) : inflated(packed);
    out += "\n";
  }
  return out;
}

}  // namespace city
