#pragma once

#include <optional>
#include <string>
#include <vector>

#include "registry/domain/rows.h"
#include "registry/store/store.h"
#include "registry/views/page.h"

// Two-way checks 双向核查 at the border.
namespace registry {

/// Silent: nobody answered, and the last day for it is over. Mismatched: two documents of the case state different
/// amounts.
enum class BorderStanding { open, closed, silent, mismatched };
template <>
struct EnumNames<BorderStanding> {
  static constexpr std::string_view names[] = {"open", "closed", "silent", "mismatched"};
};

/// Empty members do not filter.
struct BorderFilter {
  std::string party, country, substance;
  std::optional<BorderDirection> direction;
  std::optional<BorderState> state;
  std::optional<BorderStanding> standing;
};

/// The newest first. `today` decides who is silent.
PageOf<BorderCase> list_border_cases(Reader& reader, const BorderFilter& filter, Date today, const Page& page);

/// A document with the entry that holds it.
struct BorderPaperView {
  BorderDocument document;
  std::string type, party;
  UtcTime rtime;
};

/// Two documents of a case that both state an amount. Missing is positive.
struct BorderDifference {
  std::string_view first, second;
  std::int64_t missing = 0;
};

struct BorderCaseView {
  BorderCase border_case;
  std::vector<BorderPaperView> documents;
  /// The newest first.
  std::vector<BorderLink> links;
  std::vector<Finding> findings;
};
std::optional<BorderCaseView> find_border_case(Reader& reader, const std::string& id);

/// Where amounts that must be the same are not: licensed and cleared, cleared and moved, moved and confirmed.
std::vector<BorderDifference> differences_of(const BorderCase& border_case);

}  // namespace registry
