#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "registry/base/result.h"
#include "registry/reports/period.h"
#include "registry/reports/report.h"
#include "registry/rules/pack.h"
#include "registry/store/store.h"

namespace registry {

enum class ReportKind {
  annual,
  monthly,
  sales_filings,
  sales_ledger,
  use_ledger,
  stock_ledger,
  count_sheet,
  write_offs,
  corrections,
  city,
  form_d
};
template <>
struct EnumNames<ReportKind> {
  static constexpr std::string_view names[] = {"annual",      "monthly",      "sales-filings", "sales-ledger",
                                               "use-ledger",  "stock-ledger", "count-sheet",   "write-offs",
                                               "corrections", "city",         "form-d"};
};

struct ReportQuery {
  ReportKind kind = ReportKind::annual;
  /// One of the two.
  std::string party, region;
  ReportPeriod period;
  /// The party of the reader, who must not learn what was shipped to it before its own count; empty for who may know.
  std::string viewer;
};

/// Opens the ledger as it was known at one log index, of that only what had happened by a time.
using Look = std::function<std::unique_ptr<Reader>(std::optional<UtcTime> as_of)>;

/// Makes a report from the log alone: all that it says was known at the index that `look` looks from, and belongs to
/// the period by event time. The same index gives the same report for ever. It borrows `rules` and holds a reader of
/// its own for the rows. Refuses with not-found a party or region that is not there, with bad-parameter a kind that is
/// not for what was named.
Result<ReportFile> make_report(const Look& look, const RulePack& rules, const ReportQuery& query);

/// The titles of a kind.
Words title_of(ReportKind kind);

}  // namespace registry
