#pragma once

#include <functional>
#include <string>
#include <vector>

#include "registry/log/verify.h"
#include "registry/store/store.h"

namespace registry {

/// Everything that is wrong with a stored ledger.
struct AuditReport {
  VerifyReport log;
  /// Read tables that are not what the log says, and faults of the file or its schema; one sentence each.
  std::vector<std::string> store;
  bool clean() const { return log.clean() && store.empty(); }
};

/// Told which part is at work and how far it is.
using AuditProgress = std::function<void(std::string_view part, std::uint64_t done, std::uint64_t total)>;

/// Checks the file and its schema, the whole log (verify_log), and the read tables against a fresh fold of all outcomes
/// into `scratch`, an empty store. Changes nothing in `store`.
AuditReport audit(Store& store, Store& scratch, const VerifyOptions& options = {}, const AuditProgress& progress = {});

}  // namespace registry
