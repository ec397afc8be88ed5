#pragma once

#include <functional>

#include "registry/store/history.h"

namespace registry {

/// Asked between portions of some hundred entries; true ends the folding.
using StopFolding = std::function<bool()>;

/// Folds the entries below `size` that the history does not have yet; starts anew when it is that of another log. Gives
/// how many are folded then: fewer than `size` when it was stopped.
std::int64_t fold_history(Reader& log, History& history, std::int64_t size, const StopFolding& stop = {});

}  // namespace registry
