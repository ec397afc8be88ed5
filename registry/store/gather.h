#pragma once

#include "registry/domain/working_set.h"
#include "registry/store/store.h"

namespace registry {

/// Loads the wanted rows that the working set does not know yet, one query a table. True if there were any.
bool gather(Reader& reader, WorkingSet& facts, FactKeys keys);

}  // namespace registry
