#pragma once

#include <string>
#include <string_view>

#include "registry/base/result.h"
#include "registry/domain/working_set.h"
#include "registry/steps/step.h"

// Letters 核实函 to the legal address of a unit, each with a code that only who receives it can know.
namespace registry {

inline constexpr std::string_view kAnswerLetter = "answer-letter";

/// party.challenge/v1, party.answer/v1
Result<std::unique_ptr<Step>> parse_party_challenge(const nlohmann::json& payload, const RulePack& rules);
Result<std::unique_ptr<Step>> parse_party_answer(const nlohmann::json& payload, const RulePack& rules);

/// A letter to this unit, which it has answered: else letter-unknown, letter-of-another, letter-not-answered. Needs the
/// AddressLetter.
Check check_letter_answered(const Facts& facts, std::string_view letter, std::string_view party);

}  // namespace registry
