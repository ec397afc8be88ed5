#pragma once

#include <initializer_list>
#include <string_view>
#include <vector>

#include "registry/store/store.h"

namespace registry {

/// Runs `head IN (values) tail` in portions; each ? of the tail becomes the next placeholder. Rows of one portion are in
/// the order of the tail, portions follow one another. None for no values.
std::vector<Row> query_in(Reader& reader, std::string_view head, const std::vector<Value>& values,
                          std::string_view tail = {}, std::initializer_list<Value> more = {});

std::int64_t integer_of(const Value& value);
const std::string& text_of(const Value& value);

}  // namespace registry
