#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "registry/base/result.h"
#include "registry/domain/working_set.h"
#include "registry/rules/pack.h"
#include "registry/steps/step.h"

namespace registry {

/// An import or export paper that an agency is about to issue.
struct BorderPaper {
  std::string_view no, holder;
  /// Empty where the agency names none.
  std::string_view border_case;
  const PermitKind& kind;
  /// Of its lines; a paper that belongs to a case has one line alone.
  std::vector<std::string> substances;
  /// Of the first line.
  std::int64_t amount = 0;
  Date valid_from, valid_to;
};

void want_border_licence(const Facts& known, std::string_view border_case, FactKeys& keys);

/// For every paper: ends by the last day that the law names for its kind (border-licence-end). For one that belongs to
/// a two-way check: the partner country did not object (border-unanswered, border-no-answer, border-objected,
/// border-suspended), and holder, substance and amount are those of the notice. An export paper for goods that need a
/// check names its case (border-check-missing). Puts the paper into the case.
Check check_border_licence(const Facts& facts, const StepContext& context, const RulePack& rules,
                           const BorderPaper& paper, Outcome& out);

}  // namespace registry
