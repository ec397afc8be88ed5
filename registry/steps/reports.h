#pragma once

#include <string_view>

#include "registry/domain/outcome.h"
#include "registry/rules/pack.h"
#include "registry/steps/step.h"

namespace registry {

/// Goods that are gone, by the finding `id`, whose unit is `holder`.
struct LossNotice {
  std::string_view finding;
  const Party* holder;
  const Substance* substance;
  std::int64_t amount;
  UtcTime discovered;
};

/// Opens what public security and the competent agencies of the holder's county must do from now on (445-34, 442-64,
/// NDL-23), and a finding when the report came later than at once.
void tell_authorities(Outcome& out, const StepContext& context, const RulePack& rules, const LossNotice& loss);

}  // namespace registry
