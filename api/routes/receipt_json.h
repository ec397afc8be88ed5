#pragma once

#include <string>
#include <string_view>

#include "registry/service/registry.h"

namespace api {

/// Appends the text as a JSON string with its quotes. Bytes that are not UTF-8 pass as they are: leaf, outcome and
/// receipt are ASCII or canonical JSON.
void append_json_string(std::string& out, std::string_view text);

/// {"index", "known", "entry_id", "rtime", "leaf", "outcome", "receipt"}, the last three as texts, exactly as stored.
/// Written by hand: it stands on the way of every write.
void append_receipt(std::string& out, const registry::Receipt& receipt);

}  // namespace api
