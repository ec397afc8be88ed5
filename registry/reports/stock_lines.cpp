#include "registry/reports/stock_lines.h"

#include <algorithm>
#include <tuple>

#include "registry/domain/account.h"
#include "registry/reports/event_moves.h"
#include "registry/tracing/on_road.h"
#include "registry/tracing/query_in.h"

namespace registry {
namespace {

constexpr std::string_view kHeld = "SELECT account, substance, CAST(SUM(amount) AS BIGINT) FROM balance WHERE account";
constexpr std::string_view kHeldTail = "GROUP BY account, substance";

std::int64_t amount_in(const StockLine& line, const char* reason) {
  const auto found = line.amounts.find(reason);
  return found == line.amounts.end() ? 0 : found->second;
}

/// Sums what the accounts of one report hold and what crosses their edges.
class Lines {
 public:
  Lines(ReportFacts& facts, const OwnerOf& owner) : facts_(facts) {
    for (const Site& site : facts.sites()) {
      accounts_.push_back(site_account(site.id));
      owners_.emplace(accounts_.back(), owner(site));
    }
  }

  StockLines run() {
    const Period& period = facts_.query().period;
    hold(*facts_.look()(period.from().plus_ms(-1)), &StockLine::opening);
    {
      const auto end = facts_.look()(period.to().plus_ms(-1));
      hold(*end, &StockLine::closing);
      add_road(*end);
    }
    for (const EventFlow& flow : flows_of(facts_.reader(), accounts_, period)) add(flow);
    list_reasons();
    std::erase_if(out_.lines, [](const auto& each) { return is_empty(each.second); });
    return std::move(out_);
  }

 private:
  StockLine& line(const std::string& account, const std::string& substance) {
    return out_.lines[{owners_.at(account), substance}];
  }

  void hold(Reader& reader, std::int64_t StockLine::*member) {
    const std::vector<Value> accounts(accounts_.begin(), accounts_.end());
    for (const Row& row : query_in(reader, kHeld, accounts, kHeldTail))
      line(text_of(row[0]), text_of(row[1])).*member += integer_of(row[2]);
  }

  void add(const EventFlow& flow) {
    const auto other = owners_.find(flow.other);
    if (other != owners_.end() && other->second == owners_.at(flow.account)) return;
    StockReason reason = reason_of(flow.other, flow.is_in);
    StockLine& to = line(flow.account, flow.substance);
    const std::int64_t amount = reason.sign * flow.amount;
    to.amounts[reason.name] += amount;
    (reason.counts_in ? to.in : to.out) += amount;
    reasons_.emplace(reason.name, std::move(reason));
  }

  /// Goods on the road are the sender's, what is missing is its custodian's.
  void add_road(Reader& reader) {
    for (const OnRoad& goods : goods_on_road(reader, facts_.rules(), facts_.query().party, "", INT64_MAX)) {
      const auto from = owners_.find(site_account(goods.head.from_site));
      if (from != owners_.end()) out_.lines[{from->second, goods.substance}].on_road += goods.travelling;
      if (goods.missing == 0) continue;
      if (facts_.is_of_party() ? goods.custodian == facts_.query().party : from != owners_.end())
        out_.lines[{from != owners_.end() ? from->second : facts_.query().party, goods.substance}].missing +=
            goods.missing;
    }
  }

  void list_reasons() {
    for (auto& [name, reason] : reasons_) out_.reasons.push_back(std::move(reason));
    std::sort(out_.reasons.begin(), out_.reasons.end(), [](const StockReason& a, const StockReason& b) {
      return std::tuple(!a.counts_in, place_of(a.name), a.name) < std::tuple(!b.counts_in, place_of(b.name), b.name);
    });
  }

  static bool is_empty(const StockLine& line) {
    return line.opening == 0 && line.closing == 0 && line.amounts.empty() && line.on_road == 0 && line.missing == 0;
  }

  ReportFacts& facts_;
  std::vector<std::string> accounts_;
  std::map<std::string, std::string, std::less<>> owners_;
  std::map<std::string, StockReason> reasons_;
  StockLines out_;
};

}  // namespace

std::int64_t StockLine::unaccounted() const {
  return missing + amount_in(*this, "count_shortage") - amount_in(*this, "count_surplus");
}

StockLines stock_lines(ReportFacts& facts, const OwnerOf& owner) { return Lines(facts, owner).run(); }

std::vector<ReportColumn> stock_columns(const StockLines& lines) {
  std::vector<ReportColumn> out{head("unit", "计量单位", "Unit"), head("opening", "期初库存", "Opening stock")};
  for (const StockReason& reason : lines.reasons) out.push_back({reason.name, reason.words});
  for (ReportColumn& column : std::vector<ReportColumn>{
           head("in", "收入合计", "Total in"), head("out", "支出合计", "Total out"),
           head("closing", "期末库存", "Closing stock"), head("residual", "账面差额", "Residual"),
           head("on_road", "期末在途", "On the road at the end"), head("missing", "途中短少", "Missing on the road"),
           head("unaccounted", "不明差异", "Unaccounted for")})
    out.push_back(std::move(column));
  return out;
}

void put_amounts(std::vector<Cell>& row, const StockLines& lines, const StockLine& line, BaseUnit unit) {
  const auto put = [&](std::int64_t amount) { row.emplace_back(Amount{amount, unit}); };
  row.emplace_back(unit_of_report(unit));
  put(line.opening);
  for (const StockReason& reason : lines.reasons) put(amount_in(line, reason.name.c_str()));
  for (const std::int64_t amount :
       {line.in, line.out, line.closing, line.residual(), line.on_road, line.missing, line.unaccounted()})
    put(amount);
}

}  // namespace registry
