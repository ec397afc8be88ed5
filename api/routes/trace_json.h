#pragma once

#include "api/http/message.h"
#include "registry/rules/pack.h"
#include "registry/tracing/localisation.h"
#include "registry/tracing/mass_balance.h"
#include "registry/tracing/trace.h"

namespace api {

/// {"nodes", "edges", "truncated"}; an edge names its nodes by their places.
Json trace_json(const registry::Trace& trace, const registry::RulePack& rules);
Json localisation_json(const registry::Localisation& found, const registry::RulePack& rules);
Json balance_line_json(const registry::MassBalanceLine& line, const registry::RulePack& rules);

}  // namespace api
