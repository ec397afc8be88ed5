#include <array>

#include "registry/steps/consignment.h"
#include "registry/steps/families.h"

namespace registry {

std::span<const StepType> movement_steps() {
  static constexpr std::array types{
      StepType{"transfer.dispatch", 1, parse_transfer_dispatch},
      StepType{"transfer.carry", 1, parse_transfer_carry},
      StepType{"transfer.count", 1, parse_transfer_count},
      StepType{"transfer.accept", 1, parse_transfer_accept},
      StepType{"transfer.refuse", 1, parse_transfer_refuse},
      StepType{"transfer.handover", 1, parse_transfer_handover},
      StepType{"transfer.cancel", 1, parse_transfer_cancel},
  };
  return types;
}

}  // namespace registry
