#pragma once

#include <string_view>

namespace registry {

/// Ends the process: an append is atomic, so after a crash the database says what happened, while going on might store
/// a wrong entry. Writes the reason to standard error first.
[[noreturn]] void abort_because(std::string_view reason, const char* file, int line);

/// States what must hold if our own code is right; always compiled in. The place is the caller's; std::source_location
/// would say the same, but clang before 15 does not have it.
inline void ensure(bool holds, std::string_view claim, const char* file = __builtin_FILE(),
                   int line = __builtin_LINE()) {
  if (!holds) [[unlikely]]
    abort_because(claim, file, line);
}

}  // namespace registry
