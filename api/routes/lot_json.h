#pragma once

#include "api/http/message.h"
#include "registry/domain/rows.h"
#include "registry/rules/pack.h"
#include "registry/store/store.h"

namespace api {

/// How a packaged lot is made up, or null.
Json pack_json(registry::Reader& reader, const registry::Lot& lot, const registry::RulePack& rules);
/// How long each paper about the lot is kept: by its expiry, or by the last entry that moved it.
Json retention_json(registry::Reader& reader, const registry::Lot& lot, const registry::RulePack& rules,
                    registry::Date today);
/// {"value", "unit"}: an amount of the lot in pure substance 折纯, exact: amount times purity, with up to six digits
/// behind the point.
Json pure_json(std::int64_t amount, const registry::Lot& lot, const registry::RulePack& rules);

/// JSON Schemas of the three.
extern const char* const kPackSchema;
extern const char* const kRetentionSchema;
extern const char* const kPureSchema;

}  // namespace api
