#include "registry/service/personal_form.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "registry/domain/codes.h"

namespace registry {
namespace {

constexpr std::size_t kValueBytesMax = 1'000, kPathBytesMax = 200;

bool is_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// 13812345678
bool is_mobile(std::string_view text) {
  return text.size() == 11 && is_digits(text) && text[0] == '1' && text[1] >= '3';
}

/// 0799-6832110: area code of three or four digits, number of seven or eight.
bool is_landline(std::string_view text) {
  const auto dash = text.find('-');
  if (dash == std::string_view::npos) return false;
  const std::string_view area = text.substr(0, dash), number = text.substr(dash + 1);
  return is_digits(area) && is_digits(number) && area[0] == '0' && (area.size() == 3 || area.size() == 4) &&
         (number.size() == 7 || number.size() == 8);
}

bool is_text(std::string_view text) {
  return !text.empty() && text.size() <= kValueBytesMax && std::none_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) < ' ' || c == 0x7f;
  });
}

std::string_view code_of(const crypto::PrivateValue& value) {
  if (!is_text(value.value)) return "bad_personal_text";
  if (value.path.ends_with("/id_number") && check_identity_number(value.value) != CodeCheck::ok)
    return "bad_identity_number";
  if (value.path.ends_with("/phone") && !is_mobile(value.value) && !is_landline(value.value)) return "bad_phone";
  return {};
}

}  // namespace

Check check_personal_values(std::span<const crypto::PrivateValue> values) {
  Refusal refusal = refuse("personal-value-form");
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::string place = "/private/" + std::to_string(i);
    const std::string& path = values[i].path;
    if (path.empty() || path[0] != '/' || path.size() > kPathBytesMax)
      refusal.fields.push_back({place + "/path", "bad_pointer", {}});
    if (const auto code = code_of(values[i]); !code.empty())
      refusal.fields.push_back({place + "/value", std::string(code), {}});
  }
  if (refusal.fields.empty()) return Accepted{};
  return refusal;
}

}  // namespace registry
