#include "registry/views/movements.h"

#include <algorithm>
#include <span>

#include "registry/views/select.h"

namespace registry {
namespace {

constexpr std::size_t kLinesMax = limits::kPageMax * limits::kLinesMax;
constexpr std::string_view kHasGoods =
    "EXISTS (SELECT 1 FROM consignment_line l WHERE l.consignment = consignment.id AND l.substance IN ($goods))";

Row place_of(const Consignment& row) { return {row.dispatched}; }
Row place_of(const Sale& row) { return {row.seq}; }

/// One query for each part a party can play, each along its own index, merged: an OR over three columns would sort all
/// that the party ever did. `query(condition)` gives a page and one more of the rows that meet "column = ?".
template <class T, class Query>
PageOf<T> list_by_part(std::span<const std::string_view> parts, const Page& page, Query&& query) {
  std::vector<T> all;
  for (const std::string_view part : parts)
    for (T& row : query(part)) all.push_back(std::move(row));
  std::sort(all.begin(), all.end(), [](const T& a, const T& b) { return place_of(a) > place_of(b); });
  all.erase(std::unique(all.begin(), all.end(), [](const T& a, const T& b) { return a.id == b.id; }), all.end());
  return page_of(std::move(all), page, [](const T& row) { return place_of(row); });
}

std::vector<ConsignmentView> with_lines(Reader& reader, std::vector<Consignment> heads) {
  std::vector<ConsignmentView> out;
  if (heads.empty()) return out;
  std::vector<std::string> ids;
  for (const Consignment& head : heads) ids.push_back(head.id);
  Select select(select_all<ConsignmentLine>());
  const auto rows = select.where_in("consignment", ids).run(reader, "consignment, n", kLinesMax);
  const auto lines = typed_all<ConsignmentLine>(rows);
  for (Consignment& head : heads) {
    ConsignmentView view{std::move(head), {}};
    for (const ConsignmentLine& line : lines)
      if (line.consignment == view.consignment.id) view.lines.push_back(line);
    out.push_back(std::move(view));
  }
  return out;
}

}  // namespace

PageOf<ConsignmentView> list_consignments(Reader& reader, const ConsignmentFilter& filter, const Page& page) {
  constexpr std::string_view kParts[] = {"sender = ?", "receiver = ?", "carrier = ?"}, kAny[] = {""},
                             kCarried[] = {"carrier = ?", "custodian = ?"};
  const std::span<const std::string_view> named =
      filter.carried_only ? std::span<const std::string_view>(kCarried) : std::span<const std::string_view>(kParts);
  const auto parts = filter.party.empty() ? std::span<const std::string_view>(kAny) : named;
  auto heads = list_by_part<Consignment>(parts, page, [&](std::string_view part) {
    Select select(select_all<Consignment>());
    select.where_set(part, filter.party)
        .where_within({"sender", "receiver", "carrier"}, page.within, "id", page.within.touched.consignments);
    select.where_goods(kHasGoods, page.within);
    if (filter.state) select.where("state = ?", {to_value(*filter.state)});
    return typed_all<Consignment>(select.run(reader, {"dispatched"}, Select::Order::down, page));
  });
  return {with_lines(reader, std::move(heads.rows)), std::move(heads.next)};
}

std::optional<ConsignmentView> find_consignment(Reader& reader, const std::string& id) {
  auto head = find_row<Consignment>(reader, id);
  if (!head) return {};
  return with_lines(reader, {std::move(*head)}).front();
}

std::vector<Consignment> uncounted_for(Reader& reader, const std::string& receiver) {
  Select select(select_all<Consignment>());
  select.where("receiver = ? AND counted = -1", {receiver});
  return typed_all<Consignment>(select.run(reader, "id", kUncountedMax));
}

PageOf<Sale> list_sales(Reader& reader, const SaleFilter& filter, const Page& page) {
  constexpr std::string_view kParts[] = {"seller = ?", "buyer = ?"}, kAny[] = {""};
  const auto parts = filter.party.empty() ? std::span<const std::string_view>(kAny) : kParts;
  return list_by_part<Sale>(parts, page, [&](std::string_view part) {
    Select select(select_all<Sale>());
    select.where_set(part, filter.party).where_set("substance = ?", filter.substance);
    select.where_within({"seller", "buyer"}, page.within).where_goods("substance IN ($goods)", page.within);
    if (filter.state) select.where("state = ?", {to_value(*filter.state)});
    return typed_all<Sale>(select.run(reader, {"seq"}, Select::Order::down, page));
  });
}

}  // namespace registry
