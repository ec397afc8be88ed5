#pragma once

#include <cstddef>
#include <string_view>

namespace registry {

/// The bytes of an embedded file, or a Fault that names it.
std::string_view data_file(std::string_view path);

/// Throws Fault "<path>:<line>: <what>".
[[noreturn]] void fail_data(std::string_view path, std::size_t line, std::string_view what);

}  // namespace registry
