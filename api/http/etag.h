#pragma once

#include <string>
#include <string_view>

#include "api/http/message.h"

namespace api {

/// A strong entity tag (RFC 9110 section 8.8.3) from the first half of the content's SHA-256, with its quotes.
std::string etag_of(std::string_view content);
std::string etag_of(const registry::SpoolFile& file);

/// True if the list names the tag or is "*"; weak comparison, as If-None-Match wants (section 13.1.2).
bool none_match_hits(std::string_view if_none_match, std::string_view etag);

/// True if If-Match names the tag or is "*"; strong comparison (section 13.1.1).
bool match_hits(std::string_view if_match, std::string_view etag);

/// For a 200 JSON answer to GET or HEAD: sets ETag unless the handler did, and turns the answer into 304 when the
/// client has it already. Other answers pass unchanged.
Response with_etag(const Request& request, Response response);

}  // namespace api
