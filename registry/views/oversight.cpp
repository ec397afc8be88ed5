#include "registry/views/oversight.h"

#include "registry/views/select.h"

namespace registry {
namespace {

constexpr std::string_view kStoppedGoods =
    "(consignment = '' OR EXISTS (SELECT 1 FROM consignment_line l WHERE l.consignment = stop.consignment AND "
    "l.substance IN ($goods)))";

/// One page along the index of log indexes; `id` tells rows of one entry apart.
template <class T>
PageOf<T> newest(Reader& reader, Select& select, const Page& page) {
  return page_of(typed_all<T>(select.run(reader, {"seq", "id"}, Select::Order::down, page)), page, [](const T& row) {
    return Row{row.seq, row.id};
  });
}

}  // namespace

PageOf<Stop> list_stops(Reader& reader, const StopFilter& filter, const Page& page) {
  Select select(select_all<Stop>());
  select.where_set("consignment = ?", filter.consignment).where_set("vehicle = ?", filter.vehicle);
  select.where_set("agency = ?", filter.agency).where_within({"agency"}, page.within);
  select.where_goods(kStoppedGoods, page.within);
  if (filter.result) select.where("result = ?", {to_value(*filter.result)});
  return newest<Stop>(reader, select, page);
}

PageOf<Inspection> list_inspections(Reader& reader, const InspectionFilter& filter, const Page& page) {
  Select select(select_all<Inspection>());
  select.where_set("party = ?", filter.party).where_set("site = ?", filter.site);
  select.where_within({"party", "agency"}, page.within);
  select.where_set("agency = ?", filter.agency);
  if (filter.result) select.where("result = ?", {to_value(*filter.result)});
  return newest<Inspection>(reader, select, page);
}

PageOf<Seizure> list_seizures(Reader& reader, const SeizureFilter& filter, const Page& page) {
  Select select(select_all<Seizure>());
  select.where_set("party = ?", filter.party).where_set("agency = ?", filter.agency);
  select.where_set("substance = ?", filter.substance).where_within({"party", "agency"}, page.within);
  select.where_goods("substance IN ($goods)", page.within);
  return page_of(typed_all<Seizure>(select.run(reader, {"seq", "id", "lot"}, Select::Order::down, page)), page,
                 [](const Seizure& row) {
                   return Row{row.seq, row.id, row.lot};
                 });
}

}  // namespace registry
