#pragma once

#include <source_location>
#include <string_view>

namespace registry {

/// Ends the process: an append is atomic, so after a crash the database says what happened, while going on might store
/// a wrong entry. Writes the reason to standard error first.
[[noreturn]] void abort_because(std::string_view reason, std::source_location where);

/// States what must hold if our own code is right; always compiled in.
inline void ensure(bool holds, std::string_view claim, std::source_location where = std::source_location::current()) {
  if (!holds) [[unlikely]]
    abort_because(claim, where);
}

}  // namespace registry
