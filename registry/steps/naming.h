#pragma once

#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "registry/steps/step.h"

// Coverage 入网登记: whoever is named in a signed entry and not known to the registry becomes a case for the authority
// of the county, until it is registered and verified.
namespace registry {

std::string plate_id(std::string_view plate);
std::string foreign_id(std::string_view country, std::string_view name);
std::string uscc_id(std::string_view uscc);
std::string name_id(std::string_view name);

/// "DE:HRB 12345": what stands in place of a credit code for a unit of another country.
std::string number_abroad(std::string_view country, std::string_view number);
/// "DE" of such a number; nothing of a credit code.
std::string country_abroad(std::string_view code);

/// What somebody named, and in which region the case is to be looked into.
struct Naming {
  /// One of the ids above.
  std::string id;
  /// unit carrier plate foreign.
  std::string_view what;
  std::string name, region;
};
/// Asks whether it is known. An empty id, or one that ends with its colon, asks nothing.
void want_named(const std::string& id, FactKeys& keys);
/// Opens the case at the first naming; a later one of the same changes nothing. Under a pack that knows no such case it
/// is noted all the same.
void note_named(const Facts& facts, const StepContext& context, const RulePack& rules, const Naming& naming,
                Outcome& out);
/// A vehicle that somebody of the region names; an empty plate is none. Needs want_named of its plate_id.
void note_plate(const Facts& facts, const StepContext& context, const RulePack& rules, const std::string& plate,
                const std::string& region, Outcome& out);
/// A party abroad that a unit of the region deals with; an empty name is none. Needs want_named of its foreign_id.
struct ForeignName {
  std::string_view country;
  const std::string& name;
};
void note_foreign(const Facts& facts, const StepContext& context, const RulePack& rules, const ForeignName& foreign,
                  const std::string& region, Outcome& out);
/// What was named turns out to be this party: closes the case, or notes it for the first time.
void settle_named(const Facts& facts, const StepContext& context, const Naming& naming, std::string_view known_as,
                  Outcome& out);
/// Asks for the case of a name.
void want_case(const std::string& id, FactKeys& keys);

Result<std::unique_ptr<Step>> parse_party_name(const nlohmann::json& payload, const RulePack& rules);
Result<std::unique_ptr<Step>> parse_party_recognise(const nlohmann::json& payload, const RulePack& rules);
Result<std::unique_ptr<Step>> parse_vehicle_add(const nlohmann::json& payload, const RulePack& rules);

}  // namespace registry
