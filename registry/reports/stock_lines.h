#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "registry/reports/reasons.h"
#include "registry/reports/report_facts.h"

namespace registry {

/// Opening + in = out + closing of one substance.
struct StockLine {
  std::int64_t opening = 0, closing = 0;
  /// By name of the reason.
  std::map<std::string, std::int64_t> amounts;
  std::int64_t in = 0, out = 0;
  /// At the end of the period: still to come, and counted as missing.
  std::int64_t on_road = 0, missing = 0;
  /// Zero, or the book is wrong: openings and closings are sums of balances, the rest of moves.
  std::int64_t residual() const { return opening + in - out - closing; }
  std::int64_t unaccounted() const;
};

struct StockLines {
  /// By owner, then substance.
  std::map<std::pair<std::string, std::string>, StockLine> lines;
  /// Reasons that occur, those of a form first.
  std::vector<StockReason> reasons;
};

/// Whose line the stock of a site, or what is on the road from it, stands on.
using OwnerOf = std::function<std::string(const Site& site)>;

StockLines stock_lines(ReportFacts& facts, const OwnerOf& owner);

/// The columns of amounts, and the cells for them.
std::vector<ReportColumn> stock_columns(const StockLines& lines);
void put_amounts(std::vector<Cell>& row, const StockLines& lines, const StockLine& line, BaseUnit unit);

}  // namespace registry
