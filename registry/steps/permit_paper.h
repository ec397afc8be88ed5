#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "registry/domain/working_set.h"
#include "registry/rules/pack.h"

// A permit's quota and its write-off, as issuing and ending it see them.
namespace registry {

/// The obligation to write it off: "write-off:permit:<no>".
std::string write_off_id(std::string_view no);

/// Asks for a permit and for all that ending it looks at and changes.
void want_permit(const Facts& known, std::string_view no, FactKeys& keys);

/// True if quota of it is promised to goods that are sold or under way.
bool is_held(const Facts& facts, const Permit& permit);
/// True if something of it was granted and neither used nor promised.
bool is_unused_rest(const Facts& facts, const Permit& permit);
/// For people: "5 kg Acetone, ..." with the name in the language chosen, &Substance::name_en or name_zh.
std::string held_amounts(const Facts& facts, const RulePack& rules, const Permit& permit, std::string Substance::*name);

/// Lets what is left lapse.
void lapse(const Facts& facts, const Permit& permit, Outcome& out);

}  // namespace registry
