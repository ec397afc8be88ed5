#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "crypto/digest.h"
#include "registry/base/refusal.h"

namespace registry::text {

/// Decimal digits.
void append_number(std::string& out, std::uint64_t value);
/// Strict decimal without sign or leading zeros, up to kIndexMax: each number has one spelling.
std::optional<std::uint64_t> parse_number(std::string_view text);

/// The parts around the first blank; nothing without one.
std::optional<std::pair<std::string_view, std::string_view>> split_at_blank(std::string_view text);

/// "<length> <hex hash>" as it stands in payload, private and outcome lines.
struct CountedHash {
  std::uint64_t count = 0;
  crypto::Digest hash;
};
std::optional<CountedHash> parse_counted_hash(std::string_view text);
/// name " " count " " hex "\n"
void append_counted_hash(std::string& out, std::string_view name, std::uint64_t count, const crypto::Digest& hash);
/// name " " value "\n"
void append_line(std::string& out, std::string_view name, std::string_view value);

/// Takes the named lines of a signed text one by one and collects what is wrong with each.
class LineReader {
 public:
  /// Fields at fault are called form "/" line name.
  LineReader(std::string_view text, std::string_view form) : rest_(text), form_(form) {}

  /// The next line must be exactly this one.
  void fixed(std::string_view line, std::string_view name);
  /// The next line must be name, blank, value; `parse` gives an optional of the value, which goes into `into`.
  template <class T, class Parse>
  void value(std::string_view name, T& into, Parse parse) {
    const auto text = take(name);
    if (!text) return;
    auto parsed = parse(*text);
    if (parsed)
      into = std::move(*parsed);
    else
      bad(name, "bad_value");
  }
  /// The next bytes, and past them; nothing when there are fewer.
  std::optional<std::string_view> bytes(std::uint64_t count);
  /// The next line without its newline; nothing, and the text out of order, without one.
  std::optional<std::string_view> line(std::string_view name);

  void bad(std::string_view name, std::string_view code);
  /// A line was missing or out of place, so that what follows cannot be told apart.
  bool out_of_order() const { return out_of_order_; }
  bool at_end() const { return rest_.empty(); }
  /// Nothing may follow.
  void end();
  bool good() const { return errors_.empty(); }
  Refusal refusal(std::string_view rule) &&;

 private:
  std::optional<std::string_view> take(std::string_view name);
  void lose_order(std::string_view name);

  std::string_view rest_;
  std::string_view form_;
  bool out_of_order_ = false;
  std::vector<FieldError> errors_;
};

}  // namespace registry::text
