#include "registry/domain/codes_plate.h"

#include <algorithm>

namespace registry {
namespace {

constexpr std::string_view kProvinces = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";
constexpr std::string_view kTrailer = "挂";
constexpr std::string_view kNewEnergy = "ABCDEFGHJK";
/// Each of the signs above takes three bytes.
constexpr std::size_t kSignBytes = 3;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return c >= 'A' && c <= 'Z' && c != 'I' && c != 'O'; }
bool is_mark(char c) { return is_digit(c) || is_letter(c); }
bool all_marks(std::string_view text) { return std::all_of(text.begin(), text.end(), is_mark); }
bool all_digits(std::string_view text) { return std::all_of(text.begin(), text.end(), is_digit); }

bool is_province(std::string_view sign) {
  const auto at = kProvinces.find(sign);
  return sign.size() == kSignBytes && at != sign.npos && at % kSignBytes == 0;
}

bool is_new_energy(std::string_view marks) {
  if (marks.size() != 6) return false;
  const bool small = kNewEnergy.find(marks.front()) != marks.npos && is_mark(marks[1]) && all_digits(marks.substr(2));
  const bool large = kNewEnergy.find(marks.back()) != marks.npos && all_digits(marks.substr(0, 5));
  return small || large;
}

}  // namespace

bool is_vehicle_plate(std::string_view text) {
  if (text.size() <= kSignBytes || !is_province(text.substr(0, kSignBytes)) || !is_letter(text[kSignBytes]))
    return false;
  std::string_view marks = text.substr(kSignBytes + 1);
  if (marks.ends_with(kTrailer)) {
    marks.remove_suffix(kTrailer.size());
    return marks.size() == 4 && all_marks(marks);
  }
  return (marks.size() == 5 && all_marks(marks)) || is_new_energy(marks);
}

}  // namespace registry
