#include "registry/steps/witness.h"

#include <algorithm>

#include "registry/steps/acts.h"
#include "registry/steps/code_list.h"

namespace registry {

Check check_agency_signed(const Facts& facts, const StepContext& context, std::string_view agency,
                          std::string_view pointer) {
  const Party* party = TRY(check_partner(facts, agency, pointer));
  const bool has_signed = std::any_of(context.signers.begin(), context.signers.end(),
                                      [&](const Signer& signer) { return signer.party == agency; });
  if (has_code(party->kinds, "agency") && has_signed) return Accepted{};
  return refuse("witness-must-sign").with("witness", party->id).at(std::string(pointer));
}

}  // namespace registry
