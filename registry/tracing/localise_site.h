#pragma once

#include <optional>
#include <string>

#include "registry/rules/pack.h"
#include "registry/store/store.h"
#include "registry/tracing/localisation.h"
#include "registry/tracing/signed_entries.h"

namespace registry {

/// A lot at a site with all its measurements up to the entry `until`, and no interval yet; nothing when it was never
/// there.
std::optional<Localisation> stock_history(Reader& reader, const RulePack& rules, SignedEntries& entries,
                                          const std::string& site, const std::string& lot, std::int64_t until);

/// Signers, papers and events of the interval.
void finish_stock(Reader& reader, SignedEntries& entries, Localisation& place, const std::string& site);

}  // namespace registry
