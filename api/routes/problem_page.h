#pragma once

#include "api/http/route.h"
#include "api/routes/service.h"

namespace api {

/// /problems/{rule}: the page behind the "type" of every refusal, in Chinese and English. Open.
Routes problem_page_routes(const Service& service);

/// The text with & < > " ' as HTML wants them.
std::string html_text(std::string_view text);

}  // namespace api
