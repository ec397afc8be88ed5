#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "api/http/message.h"
#include "crypto/json.h"
#include "registry/base/result.h"

namespace api {

/// The body as JSON, strictly read. Refuses with malformed-request, naming the place.
registry::Result<Json> read_body(const Request& request, const crypto::JsonLimits& limits = {});

/// The query parameter as a whole number in [min, max]; `fallback` when absent. Refuses with bad-parameter.
registry::Result<std::int64_t> query_int(const Request& request, std::string_view name, std::int64_t min,
                                         std::int64_t max, std::int64_t fallback);

/// The page size: "limit", from 1 to limits::kPageMax.
registry::Result<std::size_t> page_limit(const Request& request);

}  // namespace api
