#include "tools/cli/check_database.h"

#include "registry/service/anchor.h"
#include "registry/service/audit.h"
#include "registry/service/seen_roots.h"
#include "registry/store/sqlite/sqlite_store.h"
#include "tools/cli/progress.h"
#include "tools/home/home.h"

namespace tools {
namespace {

namespace fs = std::filesystem;
using registry::AuditReport;

fs::path beside(const fs::path& file, const char* suffix) { return file.string() + suffix; }

void add_counts(const registry::VerifyReport& log, Verdict& out) {
  out.fact("ledger", log.ledger);
  out.fact("entries", log.entries);
  out.fact("signatures", log.signatures);
  out.fact("checkpoints", log.checkpoints);
  out.fact("tiles", log.tiles);
  out.fact("root", log.root.base64());
  if (log.newest) out.fact("checkpoint", std::to_string(log.newest->size) + " entries");
}

void add(AuditReport report, Verdict& out) {
  add_counts(report.log, out);
  for (auto& d : report.log.defects) out.defects.push_back(std::move(d));
  out.defect_count += report.log.defect_count;
  for (auto& line : report.store) out.defect("store", 0, "store", std::move(line));
}

/// A page so damaged that the audit cannot go on is a finding too; the file check says what it can beside it.
void audit_into(registry::Store& store, const DatabaseCheck& options, Verdict& out) {
  ProgressLine line;
  const auto scratch = registry::SqliteStore::scratch();
  try {
    add(registry::audit(
            store, *scratch, {options.log_key, options.threads, true},
            [&](std::string_view part, std::uint64_t done, std::uint64_t total) { line.show(part, done, total); }),
        out);
  } catch (const registry::StoreFault& fault) {
    out.defect("store", 0, "store", fault.what());
    for (auto& text : store.check_integrity()) out.defect("store", 0, "store", std::move(text));
  }
}

/// Read before the database: a running server writes the anchor after its commit.
std::optional<registry::AnchorPoint> read_anchor(const fs::path& path, Verdict& out) {
  if (path.empty() || !fs::exists(path)) return {};
  try {
    return registry::AnchorFile(path.string()).read();
  } catch (const registry::Fault& fault) {
    out.defect("anchor", 0, "anchor", fault.what());
    return {};
  }
}

void compare_anchor(registry::Store& store, const registry::AnchorPoint& point, Verdict& out) {
  const auto reader = store.begin_read();
  const auto size = static_cast<std::uint64_t>(reader->state().size);
  out.fact("anchor", std::to_string(point.size) + " entries");
  if (point.size > size)
    return out.defect("anchor", size, "anchor",
                      "it knows " + std::to_string(point.size) + " entries, the database " + std::to_string(size) +
                          ": an old copy was put back");
  if (point.size > 0 && registry::root_at(*reader, point.size) != point.root)
    out.defect("anchor", 0, "anchor", "it knows another log of " + std::to_string(point.size) + " entries");
}

void check_open_store(registry::Store& store, const DatabaseCheck& options,
                      const std::optional<registry::AnchorPoint>& anchor, Verdict& out) {
  audit_into(store, options, out);
  if (anchor) compare_anchor(store, *anchor, out);
}

}  // namespace

LeaveNoTrace::LeaveNoTrace(const fs::path& file)
    : file_(file), bare_(!fs::exists(beside(file, "-wal")) && !fs::exists(beside(file, "-shm"))) {}

LeaveNoTrace::~LeaveNoTrace() {
  std::error_code ignored;
  const fs::path wal = beside(file_, "-wal");
  if (!bare_ || (fs::exists(wal, ignored) && fs::file_size(wal, ignored) > 0)) return;
  if (fs::exists(beside(file_, ".lock"), ignored)) return;
  fs::remove(wal, ignored);
  fs::remove(beside(file_, "-shm"), ignored);
}

Verdict check_database(const fs::path& file, const DatabaseCheck& options) {
  Verdict out;
  out.subject = "database " + file.string();
  if (!fs::is_regular_file(file)) throw UsageError("there is no database " + file.string());
  if (!options.log_key)
    out.limits.push_back(
        "checkpoints are checked with the key that the first entry names; --log-key checks whose log it is");
  const LeaveNoTrace trace(file);
  const auto anchor = read_anchor(options.anchor, out);
  try {
    const auto store = registry::SqliteStore::open(file.string(), registry::OpenMode::read_only);
    check_open_store(*store, options, anchor, out);
  } catch (const registry::StoreFault& fault) {
    out.defect("file", 0, "file", std::string("it cannot be read as a ledger: ") + fault.what());
  }
  return out;
}

}  // namespace tools
