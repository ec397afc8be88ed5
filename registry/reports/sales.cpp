#include <algorithm>
#include <map>

#include "registry/reports/event_moves.h"
#include "registry/reports/report_facts.h"
#include "registry/reports/signatures.h"
#include "registry/views/permit_statement.h"
#include "registry/views/select.h"

namespace registry {
namespace {

constexpr std::size_t kStatementMax = 100'000;

/// Sales of the period, by the day of the sale.
std::vector<Sale> sales_of(ReportFacts& facts) {
  const Period& period = facts.query().period;
  Select select(select_all<Sale>());
  select.where_set("seller = ?", facts.query().party);
  select.where("sold_on >= ? AND sold_on <= ?", {period.first.str(), period.last.str()});
  auto out = typed_all<Sale>(select.run(facts.reader(), "sold_on, seq", kReportMovesMax + 1));
  if (out.size() > kReportMovesMax) throw ReportTooLarge{};
  std::erase_if(out, [&](const Sale& sale) { return !facts.has_party(sale.seller); });
  return out;
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
struct Deliveries {
  std::string consignments, papers;
};

std::map<std::string, Deliveries> deliveries_of(ReportFacts& facts) {
  Select select(select_all<Consignment>());
  select.where_set("sender = ?", facts.query().party).where("sale <> ''");
  std::map<std::string, Deliveries> out;
  for (const Consignment& goods : typed_all<Consignment>(select.run(facts.reader(), "dispatched", kReportMovesMax))) {
    Deliveries& all = out[goods.sale];
    all.consignments += (all.consignments.empty() ? "" : ", ") + goods.id;
    const std::string& paper = goods.permit.empty() ? goods.exemption : goods.permit;
    if (!paper.empty()) all.papers += (all.papers.empty() ? "" : ", ") + paper;
  }
  return out;
}

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
                              const Deliveries& sent) {
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
  const auto deliveries = deliveries_of(facts);
  for (const Sale& sale : sales_of(facts)) {
    const auto sent = deliveries.find(sale.id);
    put(ledger_line(facts, sale, entries.at(sale.seq), left.after(sale),
                    sent == deliveries.end() ? Deliveries{} : sent->second));
  }
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

void put_filings(ReportFacts& facts, const PutRow& put) {
  EntryLines entries(facts.reader());
  for (const Sale& sale : sales_of(facts)) {
    const Deadline* deadline = filing_deadline(facts, sale);
    if (!deadline) continue;
    const Party* buyer = facts.party(sale.buyer);
    const UtcTime due = facts.rules().due(*deadline, sale.sold_on), filed = entries.at(sale.seq).received;
    put({sale.sold_on.str(), sale.id, sale.seq, sale.seller, sale.buyer, facts.party_name(sale.buyer),
         buyer ? Cell(buyer->uscc) : Cell(), sale.permit, sale.exemption, sale.substance,
         facts.substance_name(sale.substance, Language::zh), facts.rules().substance(sale.substance)->cls,
         unit_of_report(facts.unit(sale.substance)), facts.amount(sale.amount, sale.substance), deadline->rule,
         deadline->article, local_date(due.plus_ms(-1)).str(), filed.str(),
         std::string(filed < due ? "按期 yes" : "逾期 no")});
  }
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
