#include "registry/tracing/mass_balance.h"

#include <algorithm>
#include <map>
#include <optional>
#include <unordered_map>
#include <utility>

#include "registry/domain/account.h"
#include "registry/tracing/flows.h"
#include "registry/tracing/on_road.h"
#include "registry/tracing/query_in.h"
#include "registry/tracing/uncertainty.h"
#include "registry/views/select.h"

namespace registry {
namespace {

constexpr std::string_view kSums =
    "SELECT substance, CAST(SUM(amount) AS BIGINT) FROM balance WHERE (substance = $1 OR '' = $2) GROUP BY substance "
    "ORDER BY substance";
constexpr std::string_view kOfParty = "party = ?";
constexpr std::size_t kSitesMax = 1'000'000;
/// More are found quicker by reading the whole period.
constexpr std::size_t kSitesListedMax = 200;

struct Reason {
  std::string_view account;
  BalanceColumn column;
};
constexpr Reason kReasons[] = {
    {outside::kOpening, BalanceColumn::opened},      {outside::kProduced, BalanceColumn::produced},
    {outside::kImported, BalanceColumn::imported},   {outside::kFound, BalanceColumn::found},
    {outside::kExported, BalanceColumn::exported},   {outside::kUsed, BalanceColumn::used},
    {outside::kDispensed, BalanceColumn::dispensed}, {outside::kDestroyed, BalanceColumn::destroyed},
    {outside::kLost, BalanceColumn::lost},           {outside::kSeized, BalanceColumn::seized},
    {outside::kProcessLoss, BalanceColumn::process_loss},
};

std::optional<BalanceColumn> column_of(const Flow& flow) {
  if (flow.other == outside::kCounted)
    return flow.is_in ? BalanceColumn::count_surplus : BalanceColumn::count_shortage;
  if (flow.other.starts_with("transit:")) return flow.is_in ? BalanceColumn::received : BalanceColumn::dispatched;
  if (flow.other.starts_with("site:")) return flow.is_in ? BalanceColumn::moved_in : BalanceColumn::moved_out;
  for (const Reason& reason : kReasons)
    if (reason.account == flow.other) return reason.column;
  return {};
}

/// Puts accounts together to the lines that are asked for.
class Books {
 public:
  Books(Reader& reader, const RulePack& rules, const MassBalanceQuery& query)
      : reader_(reader), rules_(rules), query_(query) {
    accounts_.substance = query.substance;
    if (query.scope == BalanceScope::ledger) accounts_.kind = FlowAccounts::Kind::goods;
    else load_sites();
  }

  MassBalance run() {
    MassBalance out;
    const IndexRange period = range_of(reader_, query_.from, query_.to);
    out.first = period.first;
    out.last = std::max(period.first, period.last);
    sum(period);
    add_road(out.last);
    for (auto& [key, line] : lines_)
      if (is_used(line)) out.lines.push_back(finish(line));
    if (query_.who.empty()) out.sum_of_all_accounts = sums_of_all_accounts(reader_, query_.substance);
    return out;
  }

 private:
  void load_sites() {
    Select select(select_all<Site>());
    if (query_.scope == BalanceScope::party) select.where_set(kOfParty, query_.who);
    for (const Site& site : typed_all<Site>(select.run(reader_, "id", kSitesMax))) add_site(site);
    if (query_.who.empty() || accounts_.sites.size() > kSitesListedMax) accounts_.sites.clear();
    else accounts_.kind = FlowAccounts::Kind::listed;
  }

  void add_site(const Site& site) {
    const bool is_region = query_.scope == BalanceScope::region;
    if (is_region && !query_.who.empty() && !RulePack::lies_in(site.region, query_.who)) return;
    std::string account = site_account(site.id);
    accounts_.sites.push_back(account);
    owners_.emplace(std::move(account), is_region ? region_of(site.region) : site.party);
  }

  std::string region_of(const std::string& region) const { return query_.who.empty() ? region : query_.who; }

  /// Whose line the account belongs to; null for nobody's.
  const std::string* owner(const std::string& account) const {
    static const std::string ledger;
    if (query_.scope == BalanceScope::ledger) return &ledger;
    const auto found = owners_.find(account);
    return found == owners_.end() ? nullptr : &found->second;
  }

  MassBalanceLine& line(const std::string& who, const std::string& substance) {
    const auto [at, is_new] = lines_.try_emplace({who, substance});
    if (is_new) {
      at->second.who = who;
      at->second.substance = substance;
      if (const Substance* known = rules_.substance(substance)) at->second.unit = known->unit;
    }
    return at->second;
  }

  /// Calls f(line, flow) for what crosses the edge of a line.
  template <class F>
  void each_flow(IndexRange range, F&& f) {
    for (const Flow& flow : flows(reader_, accounts_, range)) {
      const std::string *who = owner(flow.account), *other = owner(flow.other);
      const bool is_within = query_.scope != BalanceScope::ledger && other && who && *other == *who;
      if (who && !is_within) f(line(*who, flow.substance), flow);
    }
  }

  void sum(IndexRange period) {
    for (const Flow& held : holdings(reader_, accounts_))
      if (const std::string* who = owner(held.account)) line(*who, held.substance).closing += held.amount;
    const std::int64_t size = reader_.state().size;
    each_flow({std::max(period.first, period.last), size}, [](MassBalanceLine& line, const Flow& flow) {
      line.closing -= flow.is_in ? flow.amount : -flow.amount;
    });
    each_flow(period, [](MassBalanceLine& line, const Flow& flow) { enter(line, flow); });
    if (!query_.prove)
      for (auto& [key, line] : lines_) line.opening = line.closing - line.in() + line.out();
    else
      each_flow({0, period.first}, [](MassBalanceLine& line, const Flow& flow) {
        line.opening += flow.is_in ? flow.amount : -flow.amount;
      });
  }

  static void enter(MassBalanceLine& line, const Flow& flow) {
    const auto column = column_of(flow);
    if (!column) return;
    // Against its direction it is a correction.
    line.columns[static_cast<std::size_t>(*column)] += is_in(*column) == flow.is_in ? flow.amount : -flow.amount;
  }

  void add_road(std::int64_t before) {
    const std::string& party = query_.scope == BalanceScope::party ? query_.who : std::string();
    for (const OnRoad& goods : goods_on_road(reader_, rules_, party, query_.substance, before)) {
      if (const auto who = owner_of_road(goods.head, goods.head.sender))
        line(*who, goods.substance).on_road += goods.travelling;
      if (const auto who = owner_of_road(goods.head, goods.custodian); who && goods.missing > 0)
        line(*who, goods.substance).missing_on_road += goods.missing;
    }
  }

  std::optional<std::string> owner_of_road(const Consignment& head, const std::string& party) const {
    if (query_.scope == BalanceScope::ledger) return std::string();
    if (query_.scope == BalanceScope::party)
      return query_.who.empty() || query_.who == party ? std::optional(party) : std::nullopt;
    const std::string* region = owner(site_account(head.from_site));
    return region ? std::optional(*region) : std::nullopt;
  }

  static bool is_used(const MassBalanceLine& line) {
    const bool has_flow = std::any_of(line.columns.begin(), line.columns.end(), [](std::int64_t n) { return n != 0; });
    return has_flow || line.opening != 0 || line.closing != 0 || line.on_road != 0 || line.missing_on_road != 0;
  }

  MassBalanceLine finish(MassBalanceLine& line) const {
    const Substance* substance = rules_.substance(line.substance);
    Uncertainty uncertainty(substance ? rules_.tolerance_ppm(*substance) : 0);
    uncertainty.add(line.opening);
    uncertainty.add(line.closing);
    for (std::size_t i = 0; i < kBalanceColumns; ++i) {
      const auto column = static_cast<BalanceColumn>(i);
      // Differences are what the measurements gave, not measured.
      if (column != BalanceColumn::count_surplus && column != BalanceColumn::count_shortage)
        uncertainty.add(line.columns[i]);
    }
    line.sigma = uncertainty.sigma();
    return std::move(line);
  }

  Reader& reader_;
  const RulePack& rules_;
  const MassBalanceQuery& query_;
  FlowAccounts accounts_;
  std::unordered_map<std::string, std::string> owners_;
  std::map<std::pair<std::string, std::string>, MassBalanceLine> lines_;
};

}  // namespace

std::int64_t MassBalanceLine::in() const {
  std::int64_t out = 0;
  for (std::size_t i = 0; i < kBalanceColumns; ++i)
    if (is_in(static_cast<BalanceColumn>(i))) out += columns[i];
  return out;
}

std::int64_t MassBalanceLine::out() const {
  std::int64_t out = 0;
  for (std::size_t i = 0; i < kBalanceColumns; ++i)
    if (!is_in(static_cast<BalanceColumn>(i))) out += columns[i];
  return out;
}

std::vector<SubstanceSum> sums_of_all_accounts(Reader& reader, const std::string& substance) {
  std::vector<SubstanceSum> out;
  for (const Row& row : reader.query(kSums, {substance, substance})) out.push_back({text_of(row[0]), integer_of(row[1])});
  return out;
}

MassBalance mass_balance(Reader& reader, const RulePack& rules, const MassBalanceQuery& query) {
  return Books(reader, rules, query).run();
}

}  // namespace registry
