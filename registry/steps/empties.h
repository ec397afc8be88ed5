#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "registry/domain/outcome.h"
#include "registry/domain/working_set.h"
#include "registry/rules/pack.h"
#include "registry/steps/step.h"

// Empty ampoules and used patches of medicines under two persons come back and are counted (卫医发〔2005〕438号).
namespace registry {

/// How the pieces of a lot stand at a unit change: pieces that went out to patients, that came back or were emptied in
/// the house, that were destroyed. Negative takes away.
struct EmptiesChange {
  std::int64_t due = 0, held = 0, destroyed = 0;
};

/// Asks for what change_empties looks at.
void want_empties(std::string_view party, std::string_view lot, FactKeys& keys);
/// Whether the empties of this lot are counted at all. Needs its Pack.
bool counts_empties(const Facts& facts, const RulePack& rules, const Substance& substance, const Lot& lot, Date on);
void change_empties(const Facts& facts, Outcome& out, std::string_view party, std::string_view lot,
                    EmptiesChange change);

/// use.empties
Result<std::unique_ptr<Step>> parse_use_empties(const nlohmann::json& payload, const RulePack& rules);

}  // namespace registry
