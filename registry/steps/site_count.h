#pragma once

#include <string>
#include <string_view>

#include "registry/domain/outcome.h"
#include "registry/rules/pack.h"
#include "registry/steps/lots.h"
#include "registry/steps/step.h"

namespace registry {

/// A site whose lots somebody counts: its own people, or an inspector.
struct CountedSite {
  std::string site, party;
};

/// What was counted there, and the stated uncertainty of the instrument in base units; kNone where none is stated.
struct SiteCount {
  LotAmount lot;
  std::int64_t uncertainty = kNone;
};

void want_site_count(const Facts& known, std::string_view site, std::string_view lot, FactKeys& keys);

/// The book follows the count; beyond tolerance the difference is a finding about the party that holds the site.
void count_at_site(const Facts& facts, const StepContext& context, const RulePack& rules, const CountedSite& where,
                   const SiteCount& counted, Outcome& out);

}  // namespace registry
