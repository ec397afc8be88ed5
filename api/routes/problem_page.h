#pragma once

#include "api/http/route.h"
#include "api/routes/service.h"

namespace api {

/// /problems/{rule}: what stands behind the "type" of every refusal, in Chinese and English. Open. By Accept a page,
/// JSON, Markdown or plain text; texts by Accept-Language in one language.
Routes problem_page_routes(const Service& service);

/// The text with & < > " ' as HTML wants them.
std::string html_text(std::string_view text);

}  // namespace api
