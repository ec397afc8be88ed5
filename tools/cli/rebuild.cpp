#include <iostream>

#include "registry/store/history.h"
#include "registry/store/sqlite/sqlite_store.h"
#include "registry/views/refold.h"
#include "tools/cli/exit_codes.h"
#include "tools/cli/options.h"
#include "tools/cli/progress.h"

namespace tools {
namespace {

using registry::OpenMode;
using registry::SqliteStore;
using Differences = std::vector<registry::ViewDifference>;

void fold(registry::Store& store, registry::Store& scratch) {
  ProgressLine line;
  registry::refold(*store.begin_read(), scratch, [&](std::int64_t done, std::int64_t total) {
    line.show("read tables", static_cast<std::uint64_t>(done), static_cast<std::uint64_t>(total));
  });
}

std::string shown(const std::string& row) { return row.empty() ? "(nothing)" : row; }

void print(const Differences& differences) {
  std::cout << differences.size() << (differences.size() >= registry::kDifferencesMax ? " or more" : "")
            << " rows are not what the log says:\n";
  for (const auto& d : differences)
    std::cout << "  table " << d.table << ", row " << d.key << "\n    kept    " << shown(d.kept) << "\n    the log "
              << shown(d.folded) << '\n';
}

/// What the past was is made anew as well when somebody next asks for it.
void forget_history(registry::Store& store) { store.open_history()->clear(); }

int adopt(registry::Store& store, registry::Store& scratch) {
  const auto folded = scratch.begin_read();
  const auto append = store.begin_append();
  registry::adopt_views(*append, *folded);
  append->commit();
  const auto left = registry::compare_views(*store.begin_read(), *folded);
  if (!left.empty()) {
    print(left);
    std::cout << "These cannot be made anew from the log: verify the database.\n";
    return kIntegrity;
  }
  std::cout << "The read tables were replaced by what the log says. 已按日志重建查询表。\n"
               "Keep the copy from before and report it: somebody wrote to the database, or the program has a fault.\n";
  return kGood;
}

}  // namespace

int run_rebuild(const RebuildOptions& options) {
  const Home home = Home::open(options.data);
  const auto store =
      SqliteStore::open(home.database().string(), options.adopt ? OpenMode::read_write : OpenMode::read_only);
  const auto scratch = SqliteStore::scratch();
  fold(*store, *scratch);
  if (options.adopt) forget_history(*store);
  const auto differences = registry::compare_views(*store->begin_read(), *scratch->begin_read());
  if (differences.empty()) {
    std::cout << "The read tables are what the log says. 查询表与日志一致。\n";
    return kGood;
  }
  print(differences);
  if (options.adopt) return adopt(*store, *scratch);
  std::cout << "Nothing was changed; stop the server and run rebuild --adopt to replace them.\n";
  return kIntegrity;
}

}  // namespace tools
