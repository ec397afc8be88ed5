#include "registry/reports/write_offs.h"

#include <set>

#include "registry/views/movements.h"
#include "registry/views/select.h"

namespace registry {
namespace {

/// Papers that tell of goods which the reader of the report has not counted yet: those they travel on, and those they
/// were bought on when the rest was cancelled, for what is given back is what was not sent.
std::set<std::string> hidden_papers(ReportFacts& facts) {
  std::set<std::string> out;
  const std::string& viewer = facts.query().viewer;
  if (viewer.empty()) return out;
  for (const Consignment& goods : uncounted_for(facts.reader(), viewer)) {
    if (goods.sender == viewer) continue;
    out.insert(goods.permit);
    const auto sale = goods.sale.empty() ? std::nullopt : find_row<Sale>(facts.reader(), goods.sale);
    if (sale && sale->cancelled != kNone) out.insert(sale->permit);
  }
  return out;
}

std::vector<ReportColumn> columns() {
  return {head("permit", "证件编号", "Permit"),
          head("kind", "证件种类", "Kind"),
          head("kind_zh", "种类名称", "Name of the kind"),
          head("holder", "持证单位", "Holder"),
          head("holder_name", "持证单位名称", "Name of the holder"),
          head("issuer", "发证机关", "Issuer"),
          head("valid_from", "有效期自", "Valid from"),
          head("valid_to", "有效期至", "Valid to"),
          head("state", "状态", "State"),
          head("substance", "品种代码", "Substance"),
          head("name_zh", "品种名称", "Name in Chinese"),
          head("unit", "计量单位", "Unit"),
          head("granted", "核准数量", "Granted"),
          head("used", "已用", "Used"),
          head("held", "占用", "Held"),
          head("left", "余量", "Left"),
          head("lapsed", "失效", "Lapsed"),
          head("written_off", "是否核销", "Written off"),
          head("write_off_due", "核销期限", "Due"),
          head("issued_index", "发证序号", "Issued at"),
          head("closed_index", "核销序号", "Closed at")};
}

std::vector<Cell> line_of(ReportFacts& facts, const PermitLineView& permit, const PermitAmount& amount, bool hidden) {
  const Permit& paper = permit.view.permit;
  const PermitKind* kind = facts.rules().permit_kind(paper.kind);
  const auto shown = [&](std::int64_t value) { return hidden ? Cell() : facts.amount(value, amount.substance); };
  const bool has_closed = permit.write_off && permit.write_off->closed != kNone;
  const std::int64_t closed = has_closed ? permit.write_off->closed : paper.closed;
  return {paper.no,
          paper.kind,
          kind ? Cell(kind->name_zh) : Cell(),
          paper.holder,
          facts.party_name(paper.holder),
          paper.issuer,
          paper.valid_from.str(),
          paper.valid_to.str(),
          std::string(name_of(permit.view.state)),
          amount.substance,
          facts.substance_name(amount.substance, Language::zh),
          unit_of_report(facts.unit(amount.substance)),
          facts.amount(amount.granted, amount.substance),
          shown(amount.used),
          shown(amount.held),
          shown(amount.left),
          shown(amount.lapsed()),
          std::string(permit.is_written_off() ? "是 yes" : "否 no"),
          permit.write_off ? Cell(local_date(permit.write_off->due.plus_ms(-1)).str()) : Cell(),
          paper.issued,
          closed == kNone ? Cell() : Cell(closed)};
}

}  // namespace

bool PermitLineView::is_written_off() const {
  return (write_off && write_off->closed != kNone) || view.permit.closed != kNone;
}

void each_permit(ReportFacts& facts, const std::function<void(const PermitLineView& permit)>& f) {
  const ReportPeriod& period = facts.query().period;
  PermitFilter filter;
  filter.holder = facts.query().party;
  Page page{1'000, {}};
  do {
    auto found = list_permits(facts.reader(), filter, period.last, page);
    for (const PermitView& view : found.rows) {
      const Permit& paper = view.permit;
      if (!facts.has_party(paper.holder) || period.last < paper.valid_from || paper.valid_to < period.first) continue;
      f({view, find_row<Obligation>(facts.reader(), "write-off:" + paper.no)});
    }
    page.after = std::move(found.next);
  } while (!page.after.empty());
}

void add_write_offs(const SharedFacts& facts, ReportFile& report) {
  ReportTable table{"permits", {"许可证（备案证明）核销清单", "Write-off of permits"}, columns(), {}};
  table.rows = [facts](const PutRow& put) {
    const std::set<std::string> hidden = hidden_papers(*facts);
    each_permit(*facts, [&](const PermitLineView& permit) {
      for (const PermitAmount& amount : permit.view.amounts)
        put(line_of(*facts, permit, amount, hidden.contains(permit.view.permit.no)));
    });
  };
  report.tables.push_back(std::move(table));
}

}  // namespace registry
