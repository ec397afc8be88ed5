#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace city {

/// Finds a shipped amount in what somebody was told. Every other amount of the test is whole grams times a thousand,
/// so that whatever was added to it or taken from it, the last six digits of milligrams give the shipped one away.
class ShippedNumber {
 public:
  /// In kilograms to the milligram, "31.337259"; the last six digits must be none that end other amounts.
  explicit ShippedNumber(std::string_view kilograms);

  /// The numbers in `bytes` that tell it: itself, what is left when it is taken from a round amount, or the sum with
  /// one; in kilograms, grams or milligrams, with or without thousands separators, also rounded to four digits or
  /// more; in sheets of a zip file and in base64.
  std::vector<std::string> told_by(std::string_view bytes) const;
  /// Of 31.337259: "31.337259".
  const std::string& kilograms() const { return kilograms_; }

 private:
  void look_at(std::string_view text, std::vector<std::string>& out) const;
  bool is_told_by(std::string number) const;
  std::string kilograms_, tail_, rest_;
};

/// The files of a zip archive one after the other, unpacked; empty for what is none.
std::string unzipped(std::string_view bytes);

}  // namespace city
