#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "registry/base/time.h"

namespace registry {

/// A code that a policy names for some days: "360323", "zhejiang@2026-01-01", "360323@2026-01-01..2026-12-31".
struct DatedCode {
  std::string_view code;
  /// 1970-01-01 and 9999-12-31 where none is named.
  Date from = {}, to = Date::of(9999, 12, 31);
};

/// Codes joined by commas, "none" or nothing for no code; nullopt for a text of another form.
std::optional<std::vector<DatedCode>> parse_dated_codes(std::string_view text);

/// The code that the text names for this day, the last one where several do; empty for none. A text of another form
/// names none: it was refused when the policy was set.
std::string_view code_on(std::string_view text, Date day);

/// Whether the text names this code for this day.
bool names_code_on(std::string_view text, std::string_view code, Date day);

}  // namespace registry
