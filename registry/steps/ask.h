#pragma once

#include <string_view>

#include "registry/domain/working_set.h"

namespace registry {

/// For `need`: asks for a row, and gives it as soon as it is known. Null means not known yet, or known to be absent.
template <class T, class... Parts>
const T* ask(const Facts& known, FactKeys& keys, std::string_view first, const Parts&... rest) {
  keys.want<T>(first, rest...);
  return known.knows<T>(first, rest...) ? known.find<T>(first, rest...) : nullptr;
}

}  // namespace registry
