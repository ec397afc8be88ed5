#include <algorithm>
#include <compare>
#include <functional>
#include <map>
#include <set>
#include <span>

#include "registry/reports/event_moves.h"
#include "registry/reports/log_ranges.h"
#include "registry/reports/report_facts.h"
#include "registry/reports/signatures.h"
#include "registry/tracing/query_in.h"
#include "registry/tracing/rows_by_key.h"
#include "registry/views/permit_statement.h"
#include "registry/views/select.h"

namespace registry {
namespace {

constexpr std::size_t kStatementMax = 100'000, kPortion = 500;

struct SalePlace {
  Date sold_on;
  std::int64_t seq = 0;
  std::string id;
  auto operator<=>(const SalePlace&) const = default;
};

std::vector<SalePlace> sale_places(ReportFacts& facts) {
  const ReportPeriod& period = facts.query().period;
  std::vector<SalePlace> out;
  each_log_range(facts.reader(), [&](std::int64_t first, std::int64_t end) {
    Select select("SELECT sold_on, seq, id FROM sale");
    select.where_set("seller = ?", facts.query().party).where("seq >= ? AND seq < ?", {first, end});
    select.where("sold_on >= ? AND sold_on <= ?", {period.first.str(), period.last.str()});
    for (const Row& row : select.run(facts.reader(), "seq", kLogRange))
      out.push_back({*Date::parse(text_of(row[0])), integer_of(row[1]), text_of(row[2])});
    if (out.size() > kReportMovesMax) throw ReportTooLarge{};
  });
  std::sort(out.begin(), out.end());
  return out;
}

/// Sales of the period, by the day of the sale, a portion after another: only their places are all in memory.
void each_sales(ReportFacts& facts, const std::function<void(const std::vector<Sale>& sales)>& f) {
  const std::vector<SalePlace> all = sale_places(facts);
  for (std::size_t first = 0; first < all.size(); first += kPortion) {
    const auto some = std::span(all).subspan(first, std::min(kPortion, all.size() - first));
    std::set<std::string> ids;
    for (const SalePlace& place : some) ids.insert(place.id);
    const auto found = rows_by_key<Sale>(facts.reader(), std::move(ids));
    std::vector<Sale> sales;
    for (const SalePlace& place : some)
      if (const Sale& sale = found.at(place.id); facts.has_party(sale.seller)) sales.push_back(sale);
    f(sales);
  }
}

/// What was left of a paper after an entry had drawn on it.
class Remainders {
 public:
  explicit Remainders(ReportFacts& facts) : facts_(facts) {}

  Cell after(const Sale& sale) {
    if (sale.permit.empty()) return {};
    const auto [at, is_new] = left_.try_emplace(sale.permit);
    if (is_new)
      for (const StatementLine& line : permit_statement(facts_.reader(), sale.permit, {kStatementMax, {}}).rows)
        at->second[{line.index, line.substance}] = line.left;
    const auto found = at->second.find({sale.seq, sale.substance});
    return found == at->second.end() ? Cell() : facts_.amount(found->second, sale.substance);
  }

 private:
  ReportFacts& facts_;
  std::map<std::string, std::map<std::pair<std::int64_t, std::string>, std::int64_t>> left_;
};

/// The consignments of a sale and their transport papers.
struct Delivery {
  std::string consignments, papers;
};

class Deliveries {
 public:
  explicit Deliveries(ReportFacts& facts) : facts_(facts) {
    each_log_range(facts.reader(), [&](std::int64_t first, std::int64_t end) {
      Select select("SELECT sale, dispatched, id FROM consignment");
      select.where_set("sender = ?", facts.query().party).where("sale <> ''");
      select.where("dispatched >= ? AND dispatched < ?", {first, end});
      for (const Row& row : select.run(facts.reader(), "dispatched", kLogRange))
        sent_.push_back({text_of(row[0]), integer_of(row[1]), text_of(row[2])});
    });
    std::sort(sent_.begin(), sent_.end());
  }

  std::map<std::string, Delivery> of(const std::vector<Sale>& sales) {
    std::set<std::string> ids;
    for (const Sale& sale : sales) each(sale.id, [&](const Sent& sent) { ids.insert(sent.consignment); });
    const auto found = rows_by_key<Consignment>(facts_.reader(), std::move(ids));
    std::map<std::string, Delivery> out;
    for (const Sale& sale : sales)
      each(sale.id, [&](const Sent& sent) { add(found.at(sent.consignment), out[sale.id]); });
    return out;
  }

 private:
  struct Sent {
    std::string sale;
    std::int64_t dispatched = 0;
    std::string consignment;
    auto operator<=>(const Sent&) const = default;
  };

  void each(const std::string& sale, const std::function<void(const Sent& sent)>& f) const {
    for (auto at = std::lower_bound(sent_.begin(), sent_.end(), Sent{sale, kNone, {}});
         at != sent_.end() && at->sale == sale; ++at)
      f(*at);
  }

  static void add(const Consignment& goods, Delivery& to) {
    to.consignments += (to.consignments.empty() ? "" : ", ") + goods.id;
    const std::string& paper = goods.permit.empty() ? goods.exemption : goods.permit;
    if (!paper.empty()) to.papers += (to.papers.empty() ? "" : ", ") + paper;
  }

  ReportFacts& facts_;
  std::vector<Sent> sent_;
};

std::vector<ReportColumn> ledger_columns() {
  return {head("sold_on", "销售日期", "Date of sale"),
          head("sale", "销售单号", "Sale"),
          head("index", "凭证序号", "Log index"),
          head("seller", "销售单位", "Seller"),
          head("buyer", "购买单位", "Buyer"),
          head("buyer_name", "购买单位名称", "Name of the buyer"),
          head("buyer_uscc", "统一社会信用代码", "Credit code of the buyer"),
          head("permit", "购买证明编号", "Purchase paper"),
          head("left", "销售后余量", "Left of it after the sale"),
          head("exemption", "免证依据", "Exemption"),
          head("substance", "品种代码", "Substance"),
          head("name_zh", "品种名称", "Name in Chinese"),
          head("unit", "计量单位", "Unit"),
          head("amount", "数量", "Amount"),
          head("dispatched", "已发数量", "Dispatched"),
          head("delivered", "已收数量", "Delivered"),
          head("payment", "付款方式", "Payment"),
          head("contract", "合同编号", "Contract"),
          head("consignments", "货运单号", "Consignments"),
          head("transport_papers", "运输证明", "Transport papers"),
          head("officer", "经办人", "Officer"),
          head("recorded", "登记备案时间", "Recorded")};
}

std::vector<Cell> ledger_line(ReportFacts& facts, const Sale& sale, const EntryLines::Line& entry, Cell left,
                              const Delivery& sent) {
  const Party* buyer = facts.party(sale.buyer);
  const auto amount = [&](std::int64_t value) { return facts.amount(value, sale.substance); };
  return {sale.sold_on.str(),
          sale.id,
          sale.seq,
          sale.seller,
          sale.buyer,
          facts.party_name(sale.buyer),
          buyer ? Cell(buyer->uscc) : Cell(),
          sale.permit,
          std::move(left),
          sale.exemption,
          sale.substance,
          facts.substance_name(sale.substance, Language::zh),
          unit_of_report(facts.unit(sale.substance)),
          amount(sale.amount),
          amount(sale.dispatched),
          amount(sale.delivered),
          entry.text("payment"),
          entry.text("contract"),
          sent.consignments,
          sent.papers,
          entry.signer(0),
          entry.received.str()};
}

void put_sales(ReportFacts& facts, const PutRow& put) {
  Remainders left(facts);
  EntryLines entries(facts.reader());
  Deliveries deliveries(facts);
  each_sales(facts, [&](const std::vector<Sale>& sales) {
    auto sent = deliveries.of(sales);
    for (const Sale& sale : sales) put(ledger_line(facts, sale, entries.at(sale.seq), left.after(sale), sent[sale.id]));
  });
}

/// 5 days for class 1, 30 for classes 2 and 3 (445-19); others are not filed.
const Deadline* filing_deadline(const ReportFacts& facts, const Sale& sale) {
  const Substance* substance = facts.rules().substance(sale.substance);
  if (!substance || substance->is_medicine()) return nullptr;
  return &facts.rules().deadline(substance->cls == "1" ? "445-19-a" : "445-19-b");
}

std::vector<ReportColumn> filing_columns() {
  return {head("sold_on", "销售日期", "Date of sale"),
          head("sale", "销售单号", "Sale"),
          head("index", "凭证序号", "Log index"),
          head("seller", "销售单位", "Seller"),
          head("buyer", "购买单位", "Buyer"),
          head("buyer_name", "购买单位名称", "Name of the buyer"),
          head("buyer_uscc", "统一社会信用代码", "Credit code of the buyer"),
          head("permit", "购买证明编号", "Purchase paper"),
          head("exemption", "免证依据", "Exemption"),
          head("substance", "品种代码", "Substance"),
          head("name_zh", "品种名称", "Name in Chinese"),
          head("class", "类别", "Class"),
          head("unit", "计量单位", "Unit"),
          head("amount", "数量", "Amount"),
          head("rule", "备案依据", "Rule"),
          head("article", "条款", "Article"),
          head("due", "备案期限", "Due"),
          head("filed", "备案时间", "Filed"),
          head("in_time", "是否按期", "In time")};
}

std::vector<Cell> filing_line(ReportFacts& facts, const Sale& sale, const Deadline& deadline, UtcTime filed) {
  const Party* buyer = facts.party(sale.buyer);
  const UtcTime due = facts.rules().due(deadline, sale.sold_on);
  return {sale.sold_on.str(),
          sale.id,
          sale.seq,
          sale.seller,
          sale.buyer,
          facts.party_name(sale.buyer),
          buyer ? Cell(buyer->uscc) : Cell(),
          sale.permit,
          sale.exemption,
          sale.substance,
          facts.substance_name(sale.substance, Language::zh),
          facts.rules().substance(sale.substance)->cls,
          unit_of_report(facts.unit(sale.substance)),
          facts.amount(sale.amount, sale.substance),
          deadline.rule,
          deadline.article,
          local_date(due.plus_ms(-1)).str(),
          filed.str(),
          std::string(filed < due ? "按期 yes" : "逾期 no")};
}

void put_filings(ReportFacts& facts, const PutRow& put) {
  EntryLines entries(facts.reader());
  each_sales(facts, [&](const std::vector<Sale>& sales) {
    for (const Sale& sale : sales)
      if (const Deadline* deadline = filing_deadline(facts, sale))
        put(filing_line(facts, sale, *deadline, entries.at(sale.seq).received));
  });
}

}  // namespace

void add_sales(const SharedFacts& facts, ReportFile& report) {
  report.tables.push_back({"sales", {"销售台账", "Sales ledger"}, ledger_columns(), [facts](const PutRow& put) {
                             put_sales(*facts, put);
                           }});
}

void add_sales_filings(const SharedFacts& facts, ReportFile& report) {
  report.tables.push_back({"filings", {"销售备案", "Sales filed"}, filing_columns(), [facts](const PutRow& put) {
                             put_filings(*facts, put);
                           }});
}

}  // namespace registry
