#pragma once

#include <string_view>

// Identifiers that carry their own rule. Pure form: whether a code is known, and on which day, is for the rule pack.
namespace registry {

/// What a code with a check digit shows. A wrong check digit is not the same as a wrong form: some codes that were
/// really issued fail theirs, so for a company or a substance it is a warning, for a person or a package a refusal.
enum class CodeCheck { ok, bad_form, bad_check_digit };

/// 1 to 40 of A-Z a-z 0-9 . _ - : what authors may name parties, sites, lots, permits and consignments.
bool is_identifier(std::string_view text);

/// 统一社会信用代码, GB 32100-2015: 18 characters without I O S V Z, the last one modulo 31. Characters 3 to 8 are a
/// division code, 9 to 17 the organisation code.
CodeCheck check_uscc(std::string_view text);

/// 组织机构代码, GB 11714-1997, with its hyphen: Y1234567-9.
CodeCheck check_organisation_code(std::string_view text);

/// 公民身份号码, GB 11643-1999: 18 characters, a birthday that exists, ISO 7064 mod 11-2 with X for ten. The old
/// numbers of 15 digits are refused.
CodeCheck check_identity_number(std::string_view text);

/// CAS registry number, 67-64-1: the check digit is the sum of the others, weighed from the right, modulo 10.
CodeCheck check_cas(std::string_view text);

/// GTIN of 8, 12, 13 or 14 digits, GS1 General Specifications 7.9.
CodeCheck check_gtin(std::string_view text);
/// Serial shipping container code, 18 digits.
CodeCheck check_sscc(std::string_view text);
/// Global location number, 13 digits.
CodeCheck check_gln(std::string_view text);

}  // namespace registry
