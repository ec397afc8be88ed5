#include "registry/domain/codes.h"

#include <algorithm>
#include <array>
#include <string>

#include "registry/base/time.h"

namespace registry {
namespace {

constexpr std::size_t kIdentifierMax = 40;
constexpr std::string_view kUsccAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
constexpr std::array kUsccWeights = {1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28};
constexpr std::array kOrganisationWeights = {3, 7, 9, 10, 5, 8, 4, 2};
constexpr std::array kIdentityWeights = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
constexpr std::string_view kIdentityChecks = "10X98765432";

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool all_digits(std::string_view text) { return std::all_of(text.begin(), text.end(), is_digit); }

/// 0-9 are 0-9, A-Z are 10-35.
int alphanumeric_value(char c) { return is_digit(c) ? c - '0' : c - 'A' + 10; }

CodeCheck check_digit(char found, char expected) {
  return found == expected ? CodeCheck::ok : CodeCheck::bad_check_digit;
}

/// The last digit against weights 3,1,3,1 ... from the right.
CodeCheck check_gs1(std::string_view text) {
  if (!all_digits(text)) return CodeCheck::bad_form;
  int sum = 0, weight = 3;
  for (std::size_t i = text.size() - 1; i-- > 0; weight = 4 - weight) sum += weight * (text[i] - '0');
  return check_digit(text.back(), static_cast<char>('0' + (10 - sum % 10) % 10));
}

bool is_birthday(std::string_view ymd) {
  const std::string date =
      std::string(ymd.substr(0, 4)) + "-" + std::string(ymd.substr(4, 2)) + "-" + std::string(ymd.substr(6, 2));
  return Date::parse(date).has_value();
}

}  // namespace

bool is_identifier(std::string_view text) {
  return !text.empty() && text.size() <= kIdentifierMax && std::all_of(text.begin(), text.end(), [](char c) {
    return is_digit(c) || is_upper(c) || is_lower(c) || c == '.' || c == '_' || c == '-';
  });
}

CodeCheck check_uscc(std::string_view text) {
  if (text.size() != kUsccWeights.size() + 1 || !all_digits(text.substr(2, 6))) return CodeCheck::bad_form;
  if (text.find_first_not_of(kUsccAlphabet) != text.npos) return CodeCheck::bad_form;
  int sum = 0;
  for (std::size_t i = 0; i < kUsccWeights.size(); ++i)
    sum += kUsccWeights[i] * static_cast<int>(kUsccAlphabet.find(text[i]));
  return check_digit(text.back(), kUsccAlphabet[static_cast<std::size_t>((31 - sum % 31) % 31)]);
}

CodeCheck check_organisation_code(std::string_view text) {
  if (text.size() != 10 || text[8] != '-') return CodeCheck::bad_form;
  int sum = 0;
  for (std::size_t i = 0; i < kOrganisationWeights.size(); ++i) {
    if (!is_digit(text[i]) && !is_upper(text[i])) return CodeCheck::bad_form;
    sum += kOrganisationWeights[i] * alphanumeric_value(text[i]);
  }
  if (!is_digit(text[9]) && text[9] != 'X') return CodeCheck::bad_form;
  const int check = 11 - sum % 11;
  return check_digit(text[9], check == 10 ? 'X' : check == 11 ? '0' : static_cast<char>('0' + check));
}

CodeCheck check_identity_number(std::string_view text) {
  if (text.size() != kIdentityWeights.size() + 1 || !all_digits(text.substr(0, 17))) return CodeCheck::bad_form;
  if ((!is_digit(text.back()) && text.back() != 'X') || !is_birthday(text.substr(6, 8))) return CodeCheck::bad_form;
  int sum = 0;
  for (std::size_t i = 0; i < kIdentityWeights.size(); ++i) sum += kIdentityWeights[i] * (text[i] - '0');
  return check_digit(text.back(), kIdentityChecks[static_cast<std::size_t>(sum % 11)]);
}

CodeCheck check_cas(std::string_view text) {
  const std::size_t size = text.size();
  if (size < 7 || size > 12 || text[size - 2] != '-' || text[size - 5] != '-') return CodeCheck::bad_form;
  int sum = 0, weight = 0;
  for (std::size_t i = size - 1; i-- > 0;) {
    if (i == size - 2 || i == size - 5) continue;
    if (!is_digit(text[i])) return CodeCheck::bad_form;
    sum += ++weight * (text[i] - '0');
  }
  if (!is_digit(text.back())) return CodeCheck::bad_form;
  return check_digit(text.back(), static_cast<char>('0' + sum % 10));
}

CodeCheck check_gtin(std::string_view text) {
  const std::size_t size = text.size();
  return size == 8 || (size >= 12 && size <= 14) ? check_gs1(text) : CodeCheck::bad_form;
}

CodeCheck check_sscc(std::string_view text) { return text.size() == 18 ? check_gs1(text) : CodeCheck::bad_form; }

CodeCheck check_gln(std::string_view text) { return text.size() == 13 ? check_gs1(text) : CodeCheck::bad_form; }

}  // namespace registry
