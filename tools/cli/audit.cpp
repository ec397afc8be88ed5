#include <iostream>

#include "registry/service/rejudge.h"
#include "registry/store/sqlite/sqlite_store.h"
#include "tools/cli/exit_codes.h"
#include "tools/cli/options.h"
#include "tools/cli/progress.h"

namespace tools {
namespace {

void print(const registry::RejudgeReport& report) {
  std::cout << report.entries << " entries were decided again by the rules of their day. 已按当日规则重新裁决。\n";
  for (const auto& [edition, entries] : report.editions) std::cout << "  " << edition << "  " << entries << '\n';
  for (const auto& each : report.different)
    std::cout << "entry " << each.index << " (" << each.type << "), rules " << each.edition
              << ": the stored outcome is not what the rules say 存储的结果与规则不符\n    " << each.says << '\n';
}

}  // namespace

int run_audit(const AuditOptions& options) {
  const Home home = Home::open(options.data);
  const auto rules = registry::RulePack::load(home.config().pack);
  const auto store = registry::SqliteStore::open(home.database().string(), registry::OpenMode::read_only);
  const auto scratch = registry::SqliteStore::scratch();
  ProgressLine line;
  const auto report =
      registry::rejudge(*store->begin_read(), *scratch, rules, [&](std::int64_t done, std::int64_t total) {
        line.show("rules", static_cast<std::uint64_t>(done), static_cast<std::uint64_t>(total));
      });
  print(report);
  return report.different.empty() ? kGood : kIntegrity;
}

}  // namespace tools
