#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "registry/base/result.h"
#include "registry/domain/working_set.h"
#include "registry/rules/border_rules.h"
#include "registry/rules/pack.h"
#include "registry/steps/payload.h"
#include "registry/steps/step.h"

// Papers that goods need at the border of the country besides the licence, and goods that need none.
namespace registry {

/// The members `companions` (numbers of papers that go with the licence), `exemption` (EX-30-a, EX-30-b) and `zone`
/// (the bonded zone, named with an exemption).
struct BorderPapers {
  std::vector<std::string> companions;
  std::string exemption, zone;
};
BorderPapers read_border_papers(PayloadReader& in);
void want_border_papers(const Facts& known, const BorderPapers& papers, FactKeys& keys);

/// Goods at the border.
struct BorderCrossing {
  BorderDirection direction = BorderDirection::export_goods;
  std::string_view holder, country;
  const Substance& substance;
  std::int64_t amount = 0, purity_ppm = 0;
  Date act_day, today;
};

/// Whether a licence is asked: not for a mixture below the limits (MOF7-mix), not between the domestic area and a
/// bonded zone (EX-30). Refuses with exemption-not-applicable.
Result<bool> asks_licence(const RulePack& rules, const BorderPapers& papers, const BorderCrossing& crossing);

/// Uses the papers that must go with the licence. The rules for which none of those named serves.
std::vector<const CompanionRule*> use_companions(const Facts& facts, const RulePack& rules, const BorderPapers& papers,
                                                 const BorderCrossing& crossing, const StepContext& context,
                                                 Outcome& out);

}  // namespace registry
