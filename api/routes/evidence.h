#pragma once

#include <string>
#include <vector>

#include "api/routes/entry_access.h"
#include "registry/base/result.h"
#include "registry/service/registry.h"

namespace api {

/// One JSON file for offline verification: {"format": "tallystick.bundle/v1", "ledger", "log_key", "entry", "keys"}. An
/// entry is {"index", "leaf", "payload", "outcome", "receipt"}, texts exactly as stored, null where the caller may not
/// see them yet. "keys" holds each signing key with the entry that enrolled it, and those that enrolled its signers,
/// back to the opening of the ledger.
registry::Result<Json> evidence_of(registry::Registry& registry, registry::Reader& reader, const EntryView& view);

/// The same for a whole write-off statement: {"format": "tallystick.statement/v1", "ledger", "log_key", "permit",
/// "entries", "keys"}, entries in log order, each as in a bundle.
registry::Result<Json> statement_evidence(registry::Registry& registry, registry::Reader& reader,
                                          const std::string& permit, const std::vector<EntryView>& views);

/// The same for the way of a lot: {"format": "tallystick.trace/v1", "ledger", "log_key", "lot", "entries", "keys"}.
registry::Result<Json> trace_evidence(registry::Registry& registry, registry::Reader& reader, const std::string& lot,
                                      const std::vector<EntryView>& views);

}  // namespace api
