#include "registry/steps/losing.h"

#include <array>

#include "registry/steps/families.h"

namespace registry {

std::span<const StepType> losing_steps() {
  static constexpr std::array types{
      StepType{"loss.found", 1, parse_loss_found},           StepType{"loss.conclude", 1, parse_loss_conclude},
      StepType{"finding.explain", 1, parse_finding_explain}, StepType{"finding.close", 1, parse_finding_close},
      StepType{"seizure.record", 1, parse_seizure_record},   StepType{"inspection.record", 1, parse_inspection_record},
      StepType{"checkpoint.stop", 1, parse_checkpoint_stop}, StepType{"personal.erase", 1, parse_personal_erase},
  };
  return types;
}

}  // namespace registry
