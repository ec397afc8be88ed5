#pragma once

#include <span>

#include "registry/log/signature.h"
#include "registry/steps/step.h"

namespace registry {

/// Asks for those who signed: their keys, and, where the step looks at duties, the persons whose keys they are.
void want_signers(const Facts& known, const Step& step, std::span<const EntrySignature> signatures, FactKeys& keys);

/// The edition of the pack by which an entry received at `now` is judged: day and overlay of the ledger's policy. Needs
/// Setting "overlay".
const RulePack& edition_for(const Facts& facts, const RulePack& pack, UtcTime now);

/// Decides by the rules of the day. A refusal names the edition, and in listing_note(_zh) that the listing of its
/// substance is to be confirmed (待确认); a step that needs a rule that this pack does not have
/// is refused (rule-not-in-pack). Needs what the step needs, and Setting "overlay".
Result<Outcome> judge(const Step& step, const Facts& facts, const StepContext& context, const RulePack& pack);

}  // namespace registry
