#include "registry/steps/payload_values.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "crypto/encoding.h"
#include "registry/base/limits.h"
#include "registry/steps/forms.h"

namespace registry::values {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kNonceDigits = 32;

const std::string* as_string(const Json& value) { return value.get_ptr<const std::string*>(); }

/// A string that `good` accepts.
template <class Good>
std::string read_string(PayloadReader& in, std::string_view name, MaybeJson value, const char* code,
                        const char* expected, Good&& good) {
  if (!value) return {};
  const std::string* text = as_string(*value);
  if (text && good(*text)) return *text;
  in.fault(name, text ? code : "wrong_type", expected);
  return {};
}

/// A string that `parse` turns into a value.
template <class T, class Parse>
std::optional<T> read_parsed(PayloadReader& in, std::string_view name, MaybeJson value, const char* code,
                             const char* expected, Parse&& parse) {
  if (!value) return {};
  const std::string* text = as_string(*value);
  std::optional<T> parsed = text ? parse(*text) : std::nullopt;
  if (!parsed) in.fault(name, text ? code : "wrong_type", expected);
  return parsed;
}

std::string one_of(Words words) {
  std::string text = "one of";
  for (const std::string_view word : words) (text += ' ') += word;
  return text;
}

/// The strings of a list; `read` gives an element's text, empty after a fault.
template <class Read>
std::vector<std::string> read_strings(PayloadReader& in, std::string_view name, MaybeJson value, Read&& read) {
  std::vector<std::string> out;
  const std::size_t size = value ? read_list_size(in, name, *value, "a list of 1 to 200 texts") : 0;
  out.reserve(size);
  for (std::size_t i = 0; i < size; ++i) {
    std::string text = read(element(name, i), &(*value)[i]);
    const bool repeated = !text.empty() && std::find(out.begin(), out.end(), text) != out.end();
    if (repeated) in.fault(element(name, i), "repeated", "each value once");
    out.push_back(std::move(text));
  }
  return out;
}

/// The two strings of an object that has these members and no other; null where one is missing or no string.
std::array<const std::string*, 2> read_pair(PayloadReader& in, std::string_view name, const Json& value,
                                            std::array<std::string_view, 2> members) {
  std::array<const std::string*, 2> texts{};
  if (!value.is_object()) return in.fault(name, "wrong_type", "an object"), texts;
  const auto under = [&](std::string_view member) { return std::string(name) + "/" + pointer_part(member); };
  for (std::size_t i = 0; i < members.size(); ++i) {
    const auto at = value.find(members[i]);
    if (at != value.end()) texts[i] = as_string(*at);
    if (!texts[i]) in.fault(under(members[i]), at == value.end() ? "required" : "wrong_type", "a text");
  }
  for (const auto& [member, ignored] : value.get_ref<const Json::object_t&>()) {
    if (member != members[0] && member != members[1]) in.fault(under(member), "unknown_field");
  }
  return texts;
}

const char* code_of(TextForm form) {
  switch (form) {
    case TextForm::empty:
      return "empty";
    case TextForm::too_long:
      return "too_long";
    case TextForm::control_character:
      return "control_character";
    case TextForm::good:
      break;
  }
  return "wrong_type";
}

}  // namespace

std::string read_id(PayloadReader& in, std::string_view name, MaybeJson value) {
  return read_string(in, name, value, "bad_id", "1 to 40 of A-Z a-z 0-9 . _ -", is_id);
}

std::string read_region(PayloadReader& in, std::string_view name, MaybeJson value) {
  return read_string(in, name, value, "bad_region", "six digits of GB/T 2260", is_region_code);
}

std::string read_nonce(PayloadReader& in, std::string_view name, MaybeJson value) {
  const auto good = [](std::string_view text) { return is_lower_hex(text, kNonceDigits); };
  return read_string(in, name, value, "bad_nonce", "32 lowercase hex digits", good);
}

std::string read_text(PayloadReader& in, std::string_view name, MaybeJson value, std::size_t max) {
  if (!value) return {};
  const std::string* text = as_string(*value);
  const TextForm form = text ? text_form(*text, max) : TextForm::good;
  if (text && form == TextForm::good) return *text;
  in.fault(name, code_of(form), "1 to " + std::to_string(max) + " characters without control characters");
  return {};
}

std::string read_ascii_lines(PayloadReader& in, std::string_view name, MaybeJson value, std::size_t max) {
  const auto good = [max](std::string_view text) {
    return !text.empty() && text.size() <= max && is_ascii_lines(text);
  };
  return read_string(in, name, value, "bad_lines", "lines of visible ASCII", good);
}

std::string read_word(PayloadReader& in, std::string_view name, MaybeJson value, Words allowed) {
  const std::string* text = value ? as_string(*value) : nullptr;
  if (text && std::find(allowed.begin(), allowed.end(), *text) != allowed.end()) return *text;
  if (value) in.fault(name, text ? "not_allowed" : "wrong_type", one_of(allowed));
  return {};
}

std::vector<std::string> read_words(PayloadReader& in, std::string_view name, MaybeJson value, Words allowed) {
  return read_strings(in, name, value,
                      [&](const std::string& at, MaybeJson word) { return read_word(in, at, word, allowed); });
}

std::vector<std::string> read_ids(PayloadReader& in, std::string_view name, MaybeJson value) {
  return read_strings(in, name, value, [&](const std::string& at, MaybeJson id) { return read_id(in, at, id); });
}

std::optional<Date> read_date(PayloadReader& in, std::string_view name, MaybeJson value) {
  return read_parsed<Date>(in, name, value, "bad_date", "a day that exists, as 2026-01-31", Date::parse);
}

std::optional<UtcTime> read_time(PayloadReader& in, std::string_view name, MaybeJson value) {
  return read_parsed<UtcTime>(in, name, value, "bad_time", "a moment, as 2026-01-31T08:15:30.123Z", UtcTime::parse);
}

std::optional<Quantity> read_quantity(PayloadReader& in, std::string_view name, MaybeJson value, Zero zero) {
  if (!value) return {};
  const auto [unit_text, number] = read_pair(in, name, *value, {"unit", "value"});
  if (!unit_text || !number) return {};
  const std::string unit_at = std::string(name) + "/unit", value_at = std::string(name) + "/value";
  const std::optional<Unit> unit = parse_unit(*unit_text);
  if (!unit) return in.fault(unit_at, "bad_unit", "one of t kg g mg ug pcs strip box"), std::nullopt;
  const std::optional<Quantity> quantity = Quantity::parse(*number, *unit);
  if (!quantity) return in.fault(value_at, "bad_quantity", "plain decimal text, as 12.5"), std::nullopt;
  const bool refused = zero == Zero::refused && quantity->is_zero();
  if (refused) return in.fault(value_at, "zero_quantity", "more than zero"), std::nullopt;
  return quantity;
}

std::optional<std::int64_t> read_integer(PayloadReader& in, std::string_view name, MaybeJson value, std::int64_t min,
                                         std::int64_t max) {
  if (!value) return {};
  if (!value->is_number_integer()) return in.fault(name, "wrong_type", "a whole number"), std::nullopt;
  // get<int64_t> would wrap a larger unsigned number silently.
  const bool wraps = value->is_number_unsigned() && value->get<std::uint64_t>() > std::uint64_t{INT64_MAX};
  const std::int64_t number = wraps ? INT64_MAX : value->get<std::int64_t>();
  if (!wraps && number >= min && number <= max) return number;
  in.fault(name, "out_of_range", std::to_string(min) + " to " + std::to_string(max));
  return {};
}

std::optional<crypto::PublicKey> read_key(PayloadReader& in, std::string_view name, MaybeJson value) {
  if (!value) return {};
  const auto [spki, suite_name] = read_pair(in, name, *value, {"spki", "suite"});
  if (!spki || !suite_name) return {};
  const std::string suite_at = std::string(name) + "/suite", spki_at = std::string(name) + "/spki";
  const auto suite = crypto::parse_suite(*suite_name);
  const auto der = crypto::parse_base64(*spki);
  if (!suite) in.fault(suite_at, "bad_suite", "ed25519-sha256, p256-sha256 or sm2-sm3");
  if (!der) in.fault(spki_at, "bad_base64", "base 64 with padding");
  if (!suite || !der) return {};
  auto key = crypto::PublicKey::parse_spki(*suite, *der);
  if (!key) in.fault(spki_at, "bad_key", "the DER of a public key of this suite, in its canonical form");
  return key;
}

std::size_t read_list_size(PayloadReader& in, std::string_view name, const Json& value, std::string_view expected) {
  const std::size_t size = value.is_array() ? value.size() : 0;
  if (size > 0 && size <= limits::kLinesMax) return size;
  in.fault(name, !value.is_array() ? "wrong_type" : size == 0 ? "empty" : "too_many", std::string(expected));
  return 0;
}

std::string element(std::string_view list, std::size_t i) {
  std::string text(list);
  return (text += '/') += std::to_string(i);
}

std::string pointer_part(std::string_view name) {
  std::string part;
  for (const char c : name) {
    if (c == '~' || c == '/')
      part += c == '~' ? "~0" : "~1";
    else
      part += c;
  }
  return part;
}

}  // namespace registry::values
