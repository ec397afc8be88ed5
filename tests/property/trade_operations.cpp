#include <algorithm>

#include "operations.h"
#include "registry/domain/account.h"

namespace property {

using namespace registry;

namespace {

using Made = std::optional<Submission>;

void drop(std::vector<std::string>& list, const std::string& id) {
  list.erase(std::remove(list.begin(), list.end(), id), list.end());
}

Made sell(City& city) {
  if (city.open_sales.size() > 20) return {};
  return Submission{"sale.record",
                    "SELLER",
                    {{"sale", city.new_id("X-")},
                     {"buyer", "BUYER"},
                     {"substance", "CN2-02"},
                     {"quantity", {{"unit", "g"}, {"value", std::to_string(1 + city.dice(200'000))}}},
                     {"licence", "TR-2"},
                     {"permit", "GB-2"},
                     {"payment", "transfer"},
                     {"sold_on", city.driver().today().str()}}};
}
void sold(City& city, const Submission& done) { city.open_sales.push_back(done.payload["sale"].get<std::string>()); }

Made confirm(City& city) {
  if (city.open_sales.empty()) return {};
  const std::string id = city.any(city.open_sales);
  const Sale* sale = city.driver().row<Sale>(id);
  if (sale->confirmed != kNone) return {};
  return Submission{
      "sale.confirm", "BUYER", {{"sale", id}, {"quantity", {{"unit", "mg"}, {"value", std::to_string(sale->amount)}}}}};
}

Made dispatch(City& city) {
  if (city.open_sales.empty()) return {};
  const std::string id = city.any(city.open_sales);
  const Sale* sale = city.driver().row<Sale>(id);
  const std::int64_t left = sale->amount - sale->dispatched;
  const auto held = city.held("S-SELLER", "CN2-02");
  if (left <= 0) drop(city.open_sales, id);
  if (left <= 0 || !held) return {};
  const std::int64_t amount = std::min(held->amount, city.chance(60) ? left : 1 + city.dice(left));
  return Submission{"transfer.dispatch",
                    "SELLER",
                    {{"consignment", city.new_id("C-")},
                     {"receiver", "BUYER"},
                     {"from_site", "S-SELLER"},
                     {"to_site", "S-BUYER"},
                     {"carrier", "CARRIER"},
                     {"vehicle", "赣J00T01"},
                     {"sale", id},
                     {"lines", Json::array({{{"lot", held->lot}, {"quantity", city.quantity(amount, *held->row)}}})}}};
}

/// Between two sites of one unit, on the road.
Made dispatch_own(City& city) {
  const auto held = city.held("S-SELLER-2");
  if (!held) return {};
  return Submission{"transfer.dispatch",
                    "SELLER",
                    {{"consignment", city.new_id("C-")},
                     {"receiver", "SELLER"},
                     {"from_site", "S-SELLER-2"},
                     {"to_site", "S-SELLER"},
                     {"carrier", "CARRIER"},
                     {"vehicle", "赣J00T01"},
                     {"lines", Json::array({{{"lot", held->lot}, {"quantity", city.some(*held)}}})}}};
}
void sent(City& city, const Submission& done) {
  city.open_consignments.push_back(done.payload["consignment"].get<std::string>());
}

/// What somebody reads on the scales: nearly always what was sent.
Json lines_as_measured(City& city, const Consignment& head) {
  Json lines = Json::array();
  for (std::int64_t n = 1; n <= head.lines; ++n) {
    const std::string number = std::string(n < 10 ? "00" : "0") + std::to_string(n);
    const ConsignmentLine& line = *city.driver().row<ConsignmentLine>(head.id, number);
    const Lot& lot = *city.driver().row<Lot>(line.lot);
    const std::int64_t step = lot.piece ? lot.piece : 1;
    std::int64_t amount = line.shipped;
    if (city.chance(15)) amount = std::max<std::int64_t>(0, amount + step * (city.dice(2'001) - 1'000));
    lines.push_back({{"lot", line.lot}, {"quantity", city.quantity(amount, lot)}});
  }
  return lines;
}

Made on_some(City& city, Made (*make)(City&, const Consignment&)) {
  if (city.open_consignments.empty()) return {};
  return make(city, *city.driver().row<Consignment>(city.any(city.open_consignments)));
}

Made carry(City& city) {
  return on_some(city, [](City& c, const Consignment& head) -> Made {
    if (head.carried != kNone) return {};
    return Submission{"transfer.carry",
                      "CARRIER",
                      {{"consignment", head.id},
                       {"vehicle", "赣J00T01"},
                       {"seals_intact", "yes"},
                       {"lines", lines_as_measured(c, head)}}};
  });
}

Made count(City& city) {
  return on_some(city, [](City& c, const Consignment& head) -> Made {
    const bool is_back = head.state == ConsignmentState::refused;
    return Submission{"transfer.count",
                      is_back ? head.sender : head.receiver,
                      {{"consignment", head.id}, {"seals_intact", "none"}, {"lines", lines_as_measured(c, head)}}};
  });
}

Made accept(City& city) {
  return on_some(city, [](City&, const Consignment& head) -> Made {
    const bool is_back = head.state == ConsignmentState::refused;
    return Submission{"transfer.accept", is_back ? head.sender : head.receiver, {{"consignment", head.id}}};
  });
}
void settled(City& city, const Submission& done) {
  drop(city.open_consignments, done.payload["consignment"].get<std::string>());
}

Made refuse_goods(City& city) {
  return on_some(city, [](City&, const Consignment& head) -> Made {
    return Submission{"transfer.refuse", head.receiver, {{"consignment", head.id}, {"reason", "包装破损"}}};
  });
}

Made lose_on_road(City& city) {
  return on_some(city, [](City& c, const Consignment& head) -> Made {
    const ConsignmentLine& line = *c.driver().row<ConsignmentLine>(head.id, "001");
    const Lot& lot = *c.driver().row<Lot>(line.lot);
    const std::int64_t step = lot.piece ? lot.piece : 1;
    return Submission{"loss.report",
                      "CARRIER",
                      {{"consignment", head.id},
                       {"lot", line.lot},
                       {"quantity", c.quantity(step * (1 + c.dice(3)), lot)},
                       {"kind", "lost"},
                       {"discovered", "2026-03-01T10:00:00.000Z"},
                       {"circumstances", "途中丢失"}}};
  });
}

}  // namespace

std::vector<Operation> trade_operations() {
  return {{"sale.record", 8, sell, sold},
          {"sale.confirm", 5, confirm},
          {"transfer.dispatch", 10, dispatch, sent},
          {"transfer.dispatch (own)", 4, dispatch_own, sent},
          {"transfer.carry", 10, carry},
          {"transfer.count", 14, count},
          {"transfer.accept", 14, accept, settled},
          {"transfer.refuse", 2, refuse_goods},
          {"loss.report (road)", 1, lose_on_road}};
}

}  // namespace property
