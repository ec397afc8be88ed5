#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "registry/base/time.h"
#include "registry/domain/rows.h"
#include "registry/domain/value.h"
#include "registry/rules/pack.h"
#include "registry/store/store.h"

// Opening + in = out + closing, for whoever is asked about.
namespace registry {

/// Why the stock of somebody changed. A correction counts against the column it corrects.
enum class BalanceColumn {
  opened, produced, imported, received, found, count_surplus, moved_in,  // in
  used, dispensed, dispatched, exported, destroyed, lost, seized, process_loss, count_shortage, moved_out,  // out
};
template <>
struct EnumNames<BalanceColumn> {
  static constexpr std::string_view names[] = {
      "opened", "produced", "imported", "received", "found", "count_surplus", "moved_in", "used", "dispensed",
      "dispatched", "exported", "destroyed", "lost", "seized", "process_loss", "count_shortage", "moved_out"};
};
inline constexpr std::size_t kBalanceColumns = std::size(EnumNames<BalanceColumn>::names);
inline constexpr bool is_in(BalanceColumn column) { return column < BalanceColumn::used; }

/// Whose stock stands on one line.
enum class BalanceScope {
  party,   ///< all sites of a party
  region,  ///< all sites in a region
  ledger,  ///< all sites, and the goods on the road
};
template <>
struct EnumNames<BalanceScope> {
  static constexpr std::string_view names[] = {"party", "region", "ledger"};
};

struct MassBalanceQuery {
  BalanceScope scope = BalanceScope::party;
  /// Party id or region code; empty asks for every party, or for every region that has a site.
  std::string who = {};
  /// Empty for all.
  std::string substance = {};
  /// The period, by the time of the registry: from <= t < to.
  UtcTime from{INT64_MIN}, to{INT64_MAX};
  /// Sums the opening from the first entry on, so that the residual proves that moves and balances agree. Without it the
  /// opening is reckoned back from the balances: much less to read for a late period of a whole ledger.
  bool prove = true;
};

/// Amounts in the base unit of the substance.
struct MassBalanceLine {
  std::string who, substance;
  BaseUnit unit = BaseUnit::mg;
  std::int64_t opening = 0, closing = 0;
  std::array<std::int64_t, kBalanceColumns> columns{};
  /// Sent and not yet counted: on the road, for the sender; its part of `dispatched` that is still to come. Now, not at
  /// the end of the period.
  std::int64_t on_road = 0;
  /// Counted as missing on the road, held against whoever had it in custody, and still neither found nor reported lost.
  std::int64_t missing_on_road = 0;
  /// Standard uncertainty of opening + in - out - closing by the tolerances of the goods, rounded up.
  std::int64_t sigma = 0;

  std::int64_t column(BalanceColumn c) const { return columns[static_cast<std::size_t>(c)]; }
  std::int64_t in() const;
  std::int64_t out() const;
  /// Zero, or the book is wrong.
  std::int64_t residual() const { return opening + in() - out() - closing; }
  /// What nobody can explain: missing on the road, and in stock at counts.
  std::int64_t unaccounted() const {
    return missing_on_road + column(BalanceColumn::count_shortage) - column(BalanceColumn::count_surplus);
  }
};

struct SubstanceSum {
  std::string substance;
  std::int64_t amount = 0;
};

struct MassBalance {
  /// By who, then substance. Lines where nothing was, came or went are left out.
  std::vector<MassBalanceLine> lines;
  /// As sums_of_all_accounts; only where everybody was asked about, as it reads all balances.
  std::vector<SubstanceSum> sum_of_all_accounts;
  /// The log indexes of the period: first <= i < last.
  std::int64_t first = 0, last = 0;
};

/// Over all accounts, the outside world and quota included: each must be zero. Empty `substance` for all.
std::vector<SubstanceSum> sums_of_all_accounts(Reader& reader, const std::string& substance = {});

MassBalance mass_balance(Reader& reader, const RulePack& rules, const MassBalanceQuery& query);

}  // namespace registry
