#include "registry/views/duties.h"

#include "registry/views/select.h"

namespace registry {
namespace {

constexpr std::string_view kInRegion = "party IN (SELECT id FROM party WHERE region >= ? AND region < ?)";

PageOf<Obligation> list_closed(Reader& reader, Select select, const Page& page) {
  select.where("closed <> -1");
  return page_of(typed_all<Obligation>(select.run(reader, {"id"}, Select::Order::up, page)), page,
                 [](const Obligation& row) { return Row{row.id}; });
}

}  // namespace

PageOf<Obligation> list_obligations(Reader& reader, const ObligationFilter& filter, UtcTime now, const Page& page) {
  Select select(select_all<Obligation>());
  select.where_set("party = ?", filter.party).where_set("kind = ?", filter.kind);
  if (filter.state == DutyState::closed) return list_closed(reader, std::move(select), page);
  // Written out, not bound: the indexes hold these rows alone.
  select.where("closed = -1");
  if (filter.state == DutyState::overdue) select.where("due < ?", {to_value(now)});
  return page_of(typed_all<Obligation>(select.run(reader, {"due", "id"}, Select::Order::up, page)), page,
                 [](const Obligation& row) {
                   return Row{to_value(row.due), row.id};
                 });
}

PageOf<Finding> list_findings(Reader& reader, const FindingFilter& filter, const Page& page) {
  Select select(select_all<Finding>());
  select.where_set("party = ?", filter.party).where_set("kind = ?", filter.kind);
  if (filter.state) select.where("state = ?", {to_value(*filter.state)});
  if (filter.severity) select.where("severity = ?", {to_value(*filter.severity)});
  if (!filter.region.empty()) select.where(kInRegion, {filter.region, end_of_prefix(filter.region)});
  return page_of(typed_all<Finding>(select.run(reader, {"opened", "id"}, Select::Order::down, page)), page,
                 [](const Finding& row) {
                   return Row{row.opened, row.id};
                 });
}

}  // namespace registry
