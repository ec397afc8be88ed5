#pragma once

#include <string_view>

#include "registry/base/result.h"
#include "registry/domain/working_set.h"
#include "registry/rules/pack.h"

namespace registry {

/// What a permit or filing certificate is asked to cover. Parties and regions are compared only where both this and the
/// paper name them.
struct PaperUse {
  PermitPurpose purpose = PermitPurpose::purchase;
  /// Who must hold it.
  std::string_view holder = {};
  /// The paper must be in force from the day of the act to the day it is recorded.
  Date act_day = {}, today = {};
  /// The payload member that names the paper.
  std::string_view pointer = "/permit";
  std::string_view supplier = {}, consignee = {}, carrier = {};
  std::string_view from_region = {}, to_region = {};
};

/// Asks for a permit and for everything that checking it or moving its quota looks at. Nothing for an empty number.
void want_paper(const Facts& known, std::string_view no, FactKeys& keys);

/// The permit, if it exists, is held by the right party, is the right kind of paper for the purpose and substance, is
/// in force, and names no other seller, receiver, carrier or place. Says nothing about quota.
Result<const Permit*> check_paper(const Facts& facts, const RulePack& rules, std::string_view no,
                                  const Substance& substance, const PaperUse& use);

/// The part of check_paper about standing and days, for a paper that was fully checked at an earlier step.
Check check_in_force(const Permit& permit, const PaperUse& use);

}  // namespace registry
