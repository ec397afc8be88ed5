#pragma once

#include <string>
#include <string_view>

#include "crypto/key.h"
#include "registry/steps/step.h"

// What many steps ask before they decide. Each check looks at rows that `need` must have asked for, and names the
// payload member at fault by `pointer`.
namespace registry {

/// The party, or unknown-party. Needs Party `id`.
Result<const Party*> check_party(const Facts& facts, std::string_view id, std::string pointer);
/// The author, if it is verified: else unknown-party or party-not-verified. Needs Party `context.party`.
Result<const Party*> check_author(const Facts& facts, const StepContext& context);
/// The same for the few steps a unit may take before it is verified; a suspended or closed one may not.
Result<const Party*> check_newcomer(const Facts& facts, const StepContext& context);
/// The author, if it is not closed: for what protects it, which a suspended one may still do.
Result<const Party*> check_present(const Facts& facts, const StepContext& context);
/// The author, if it is a verified agency: else not-an-agency as well.
Result<const Party*> check_agency(const Facts& facts, const StepContext& context);
/// The author, if it runs the registry: else not-operator as well.
Result<const Party*> check_operator(const Facts& facts, const StepContext& context);

/// An administrator key of the author is among the signers: else needs-admin.
Check check_admin(const StepContext& context);
/// Two different enrolled keys of the party are among the signers: else needs-second-signature.
Check check_second_signature(const StepContext& context, std::string_view party);
/// A key of the party is among the signers.
bool has_signed(const StepContext& context, std::string_view party);
/// The key that the step enrols has signed too: else key-possession.
Check check_possession(const StepContext& context, const crypto::PublicKey& key, std::string pointer);
/// Asks for what check_new_key looks at.
void want_new_key(const crypto::PublicKey& key, FactKeys& keys);
/// A key that nobody has enrolled, that has signed too, and whose suite this ledger takes for new keys: else
/// key-enrolled-already, key-possession, suite-not-accepted.
Check check_new_key(const Facts& facts, const StepContext& context, const crypto::PublicKey& key,
                    const std::string& pointer);

/// Covers the region: else not-competent.
Check check_covers(const Party& agency, std::string_view region, std::string pointer);
/// Has the role, this level or a higher one, and covers the region: else not-competent.
Check check_competent(const Party& agency, std::string_view role, std::string_view level, std::string_view region,
                      std::string pointer);

/// A division in use on that day: else unknown-region.
Check check_region(const RulePack& rules, std::string_view code, Date on, std::string pointer);
/// unknown-substance, substance-not-in-force.
Result<const Substance*> check_substance(const RulePack& rules, std::string_view code, Date on, std::string pointer);
/// The amount in the base unit of the substance: else quantity-wrong-unit or quantity-too-fine.
Result<std::int64_t> check_amount(const Quantity& quantity, const Substance& substance, std::string pointer);

/// No row of the table has this key: else id-taken. Needs the row.
template <class T>
Check check_new_id(const Facts& facts, std::string_view id, std::string pointer) {
  if (!facts.find<T>(id)) return Accepted{};
  return refuse("id-taken").with("id", std::string(id)).at(std::move(pointer));
}

/// A new active key of a party. The officer may be empty.
Key make_key_row(const crypto::PublicKey& key, std::string_view party, KeyRole role, std::string_view officer,
                 std::int64_t since);
/// Codes in sorted order, joined by commas.
std::string join_sorted(std::vector<std::string> codes);

}  // namespace registry
