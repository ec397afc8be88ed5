#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "registry/base/limits.h"
#include "registry/domain/bounds.h"
#include "registry/domain/value.h"

namespace registry {

/// Which part of a list is wanted. Pages go by key, not by number: a page costs the same wherever it lies, and rows
/// that come in between are neither repeated nor left out.
struct Page {
  std::size_t limit = limits::kPageDefault;
  /// `next` of the page before; empty for the first.
  Row after = {};
  /// Only what lies within them.
  Bounds within = {};
};

template <class T>
struct PageOf {
  std::vector<T> rows;
  /// Empty on the last page.
  Row next;
};

}  // namespace registry
