#pragma once

#include <optional>
#include <string>

#include "crypto/note.h"
#include "registry/base/time.h"
#include "registry/log/tree.h"
#include "registry/service/anchor.h"
#include "registry/store/store.h"

namespace registry {

/// What the checks at start found.
struct StartReport {
  LogState state;
  LogTree tree;
  /// Why the ledger may be read but not written to: the database is older than, or differs from, what was anchored, or
  /// contradicts itself.
  std::optional<std::string> quarantine;
};

/// The checks of every start, cheap whatever the size: genesis and log key, the root from the stored right edge, the
/// newest leaves and their chain, the newest checkpoint, the anchor file, the clock. Takes the next epoch. Throws
/// StoreFault when the store cannot be read at all.
StartReport check_at_start(Store& store, const AnchorFile& anchor, const crypto::NoteVerifier& log, const Clock& clock);

}  // namespace registry
