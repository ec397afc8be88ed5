#include "registry/views/duties.h"

#include "registry/views/select.h"

namespace registry {
namespace {

constexpr std::string_view kMatterOfGoods =
    "(subject NOT LIKE 'consignment:%' OR EXISTS (SELECT 1 FROM consignment_line l WHERE l.consignment = "
    "substr(subject, 13) AND l.substance IN ($goods))) AND "
    "(subject NOT LIKE 'sale:%' OR EXISTS (SELECT 1 FROM sale s WHERE s.id = substr(subject, 6) AND s.substance IN "
    "($goods))) AND "
    "(subject NOT LIKE 'permit:%' OR EXISTS (SELECT 1 FROM permit_line p WHERE p.permit = substr(subject, 8) AND "
    "p.substance IN ($goods))) AND "
    "(subject NOT LIKE 'finding:%' OR EXISTS (SELECT 1 FROM finding f WHERE f.id = substr(subject, 9) AND "
    "(f.substance = '' OR f.substance IN ($goods))))";
constexpr std::string_view kFindingOfGoods = "(substance = '' OR substance IN ($goods))";
constexpr std::string_view kInRegion = "party IN (SELECT id FROM party WHERE region >= ? AND region < ?)";

void where_region(Select& select, const std::string& region) {
  const std::string end = end_of_prefix(region);
  select.where(
      "(party IN (SELECT id FROM party WHERE region >= ? AND region < ?) OR (party = '' AND ((region >= ? AND region < "
      "?) OR subject IN (SELECT id FROM party WHERE region >= ? AND region < ?))))",
      {region, end, region, end, region, end});
}

void where_seen(Select& select, const std::vector<Sight>& sights) {
  std::string condition;
  for (const Sight& sight : sights) {
    condition += condition.empty() ? "((" : " OR (";
    if (!sight.kinds.empty()) condition += "kind IN (" + quoted(sight.kinds) + ") AND ";
    if (!sight.other_than.empty()) condition += "kind NOT IN (" + quoted(sight.other_than) + ") AND ";
    condition += "due < " + std::to_string(sight.due_before.ms) + ")";
  }
  select.where(condition.empty() ? "1 = 0" : condition + ")");
}

PageOf<Obligation> list_closed(Reader& reader, Select select, const Page& page) {
  select.where("closed <> -1");
  return page_of(typed_all<Obligation>(select.run(reader, {"closed", "id"}, Select::Order::down, page)), page,
                 [](const Obligation& row) {
                   return Row{row.closed, row.id};
                 });
}

}  // namespace

PageOf<Obligation> list_obligations(Reader& reader, const ObligationFilter& filter, UtcTime now, const Page& page) {
  Select select(select_all<Obligation>());
  select.where_set("party = ?", filter.party).where_set("kind = ?", filter.kind);
  if (!filter.region.empty()) where_region(select, filter.region);
  if (!page.within.region.empty()) where_region(select, page.within.region);
  Bounds of_units;
  of_units.units = page.within.units;
  select.where_within({"party"}, of_units);
  select.where_goods(kMatterOfGoods, page.within);
  if (filter.sights) where_seen(select, *filter.sights);
  if (filter.state == DutyState::closed) return list_closed(reader, std::move(select), page);
  // Written out, not bound: the indexes hold these rows alone.
  select.where("closed = -1");
  if (filter.state == DutyState::overdue) select.where("due < ?", {to_value(now)});
  return page_of(typed_all<Obligation>(select.run(reader, {"due", "id"}, Select::Order::up, page)), page,
                 [](const Obligation& row) {
                   return Row{to_value(row.due), row.id};
                 });
}

namespace {

/// More than there are substances.
constexpr std::size_t kGroupsMax = 10'000;

/// What is missing of a consignment is a matter of everybody whose half does not fit.
void where_concerns(Select& select, const std::string& party) {
  select.where(
      "(party = ? OR custodian = ? OR (subject LIKE 'consignment:%' AND EXISTS (SELECT 1 FROM consignment AS goods "
      "WHERE "
      "goods.id = substr(finding.subject, 13) AND (goods.sender = ? OR goods.receiver = ? OR goods.carrier = ? OR "
      "goods.custodian = ?))))",
      {party, party, party, party, party, party});
}

void narrow(Select& select, const FindingFilter& filter) {
  select.where_set("party = ?", filter.party).where_set("kind = ?", filter.kind);
  select.where_set("substance = ?", filter.substance).where_set("lot = ?", filter.lot);
  select.where_set("subject = ?", filter.subject).where_set("case_no = ?", filter.case_no);
  if (filter.state) select.where("state = ?", {to_value(*filter.state)});
  if (filter.severity) select.where("severity = ?", {to_value(*filter.severity)});
  if (!filter.region.empty()) select.where(kInRegion, {filter.region, end_of_prefix(filter.region)});
  if (!filter.concerning.empty()) where_concerns(select, filter.concerning);
}

void bound(Select& select, const Bounds& bounds) {
  select.where_within({"party", "custodian"}, bounds, "id", bounds.touched.findings);
  select.where_goods(kFindingOfGoods, bounds);
}

}  // namespace

PageOf<Finding> list_findings(Reader& reader, const FindingFilter& filter, const Page& page) {
  Select select(select_all<Finding>());
  narrow(select, filter);
  bound(select, page.within);
  return page_of(typed_all<Finding>(select.run(reader, {"opened", "id"}, Select::Order::down, page)), page,
                 [](const Finding& row) {
                   return Row{row.opened, row.id};
                 });
}

std::vector<FindingNote> finding_notes(Reader& reader, std::string_view finding) {
  return typed_all<FindingNote>(
      reader.query(select_all<FindingNote>() + " WHERE finding = $1 ORDER BY n", {std::string(finding)}));
}

CaseBoard case_board(Reader& reader, const FindingFilter& filter, const Bounds& within) {
  CaseBoard out;
  Select counts("SELECT state, severity, COUNT(*) FROM finding");
  narrow(counts, filter);
  bound(counts, within);
  for (const Row& row : counts.group_by("state, severity").run(reader, "state, severity", kGroupsMax)) {
    FindingCount line;
    if (!from_value(row[0], line.state) || !from_value(row[1], line.severity)) continue;
    from_value(row[2], line.count);
    out.counts.push_back(line);
  }
  Select sums(
      "SELECT substance, SUM(CASE WHEN state <> 'closed' THEN missing - settled ELSE 0 END),"
      " SUM(CASE WHEN state = 'closed' THEN missing - settled ELSE 0 END) FROM finding");
  narrow(sums, filter);
  bound(sums, within);
  sums.where("missing > settled");
  for (const Row& row : sums.group_by("substance").run(reader, "substance", kGroupsMax)) {
    MissingSum line;
    from_value(row[0], line.substance);
    from_value(row[1], line.open);
    from_value(row[2], line.lost);
    out.missing.push_back(std::move(line));
  }
  return out;
}

}  // namespace registry
