#pragma once

#include <string>
#include <string_view>

#include "api/http/message.h"

namespace api {

/// Status line and fields of an answer, with the blank line. `close` and `minor` decide the Connection field. Content-
/// Length is that of the body, for HEAD too; 204 and 304 have none.
std::string answer_head(const Response& response, std::string_view request_id, int minor, bool close);

/// The reason phrase of RFC 9110.
std::string_view reason(int status);

/// Date as RFC 9110 section 5.6.7 wants it.
std::string http_date(std::int64_t unix_seconds);

/// True if an answer of this status carries no body at all.
bool has_no_body(int status);

}  // namespace api
