#pragma once

#include <string>
#include <string_view>

#include "api/http/message.h"
#include "api/http/problem.h"
#include "api/http/refusal_texts.h"

namespace api {

/// Chinese, English, or one after the other.
enum class Tongue { both, chinese, english };

/// A rule as Markdown, or with `marks` false as plain text: title, meaning, what to do, article with 待确认.
std::string problem_text(std::string_view rule, const RefusalText& text, Tongue tongue, bool marks);
/// The same as JSON, in both languages.
Json problem_json(std::string_view rule, const RefusalText& text);
/// The text with "…" for each {fact}: facts belong to one refusal, and here there is none.
std::string without_facts(std::string_view text);

}  // namespace api
