#pragma once

#include <optional>

#include "crypto/key.h"
#include "registry/domain/rows.h"
#include "tools/client/server_link.h"

namespace tools {

/// Where the key's chain stands, by the registry's word and the device's memory. Nothing for a chain that has no entry.
/// Throws IntegrityError when the registry knows less than the device has signed, and UsageError when neither can tell:
/// guessing would make two entries for one place, which freezes the chain.
std::optional<registry::Chain> find_chain_head(ServerLink& link, const crypto::PublicKey& key,
                                               const std::optional<registry::Chain>& remembered, bool first);

}  // namespace tools
