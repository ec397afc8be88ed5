#pragma once

#include <string>
#include <vector>

#include "registry/rules/pack.h"
#include "registry/store/store.h"
#include "registry/tracing/localisation.h"
#include "registry/tracing/signed_entries.h"

namespace registry {

/// A measurement by an entry; who signed is filled in. The caller states amount and expectation.
SignedMeasurement measurement_by(const SignedEntry& entry, std::int64_t amount, std::int64_t expected,
                                 std::int64_t tolerance_ppm);

/// Ppm by which goods of the substance may be measured wrongly; 0 for one that the pack does not have.
std::int64_t tolerance_of(const RulePack& rules, const std::string& substance);

/// Makes the interval that ends with measurement `at`, which disagrees; it begins with the one before.
void set_interval(Localisation& place, std::size_t at, std::int64_t tolerance_ppm);

/// The officers behind the keys of all measurements.
void name_signers(Reader& reader, Localisation& place);

/// What moved the lot in the interval; `account` is the place in question.
void list_events(Reader& reader, SignedEntries& entries, Localisation& place, const std::string& account);

/// Adds a paper, unless it is empty or there.
void add_permit(Localisation& place, const std::string& permit);

}  // namespace registry
