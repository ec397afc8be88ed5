#include "registry/service/audit.h"

#include "registry/service/stored_log.h"
#include "registry/views/refold.h"

namespace registry {
namespace {

std::string sentence(const ViewDifference& d) {
  return "table " + d.table + ", row " + d.key + ": kept " + (d.kept.empty() ? "nothing" : d.kept) + ", the log says " +
         (d.folded.empty() ? "nothing" : d.folded);
}

void audit_views(Reader& kept, Store& scratch, const AuditProgress& progress, std::vector<std::string>& out) {
  try {
    refold(kept, scratch, [&](std::int64_t done, std::int64_t total) {
      if (progress) progress("read tables", static_cast<std::uint64_t>(done), static_cast<std::uint64_t>(total));
    });
    for (const auto& difference : compare_views(kept, *scratch.begin_read())) out.push_back(sentence(difference));
  } catch (const StoreFault& fault) {
    out.push_back(fault.what());
  }
}

}  // namespace

AuditReport audit(Store& store, Store& scratch, const VerifyOptions& options, const AuditProgress& progress) {
  AuditReport report;
  report.store = store.check_integrity();
  const auto reader = store.begin_read();
  report.log = verify_log(StoredLog(*reader), options, [&](std::uint64_t done, std::uint64_t total) {
    if (progress) progress("log", done, total);
  });
  audit_views(*reader, scratch, progress, report.store);
  return report;
}

}  // namespace registry
