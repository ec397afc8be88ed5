#pragma once

#include <optional>

#include "api/routes/viewer.h"
#include "registry/store/store.h"

namespace api {

/// What the caller may know of an entry.
struct EntryView {
  registry::EntryRow entry;
  bool shows_payload = true, shows_outcome = true;
};

/// The entry, if it concerns the caller: it wrote it, or it takes part in the consignment, sale or permit that it is
/// about. Before the caller's own count, others' entries about the consignment show neither payload nor outcome.
std::optional<EntryView> view_entry(registry::Reader& reader, Viewer& viewer, std::int64_t index);

/// For evidence that is whole or worthless: what does not concern the caller keeps its place and its proof, without its
/// texts. The entry must exist.
EntryView view_or_proof(registry::Reader& reader, Viewer& viewer, std::int64_t index);

}  // namespace api
