#include "tools/demo_city/episodes.h"

namespace tools {
namespace {

const std::string kHospital = "city-hospital", kBuyer = "huaxin-changsha", kCollege = "pingxiang-college";

}  // namespace

void Episodes::day(int day) {
  switch (day) {
    case 3:
      return open_expired_stock();
    case 4:
      return issue_changsha_papers();
    case 7:
      return send_anhydride(40'000);
    case 8:
      return receive_anhydride(40'000, "yes");
    case 9:
      return correct_slip();
    case 10:
      return issue_unused_paper();
    case 11:
      return send_anhydride(35'000);
    case 12:
      return receive_anhydride(35'000, "yes");
    case 14:
      replace_officer();
      return refuse_goods();
    case 15:
      take_back_goods();
      ask_for_too_much();
      send_anhydride(25'000);
      return stop_on_road();
    case 16:
      return receive_anhydride(23'800, "no");
    case 17:
      return report_theft();
    case 18:
      count_with_small_difference();
      return write_off_rest();
    case 20:
      return close_unused_paper();
    case 21:
      return destroy_expired();
    case 22:
      return export_acetone();
    case 24:
      return inspect_after_theft();
    default:
      return;
  }
}

void Episodes::issue_changsha_papers() {
  const Trade& trade = anhydride_to_changsha();
  const UnitCard &from = unit(trade.seller), &to = unit(trade.buyer);
  story_.permit = papers_.issue({"ps-yuelu", "C23-BUY-N", trade.buyer, {{"CN2-02", 100'000}}, "分装销售", 170});
  papers_.issue({"ps-anyuan",
                 "C2-TRAN-3",
                 trade.seller,
                 {{"CN2-02", 200'000}},
                 "公路运输",
                 85,
                 trade.buyer,
                 trade.carrier,
                 from.region,
                 to.region});
}

void Episodes::send_anhydride(Milli amount) {
  anhydride_ = market_.strike(anhydride_to_changsha(), amount);
  market_.send(*anhydride_);
}

void Episodes::receive_anhydride(Milli counted, std::string_view seals) {
  market_.count(*anhydride_, counted, seals);
  market_.accept(*anhydride_, counted);
  story_.waybill = anhydride_->waybill;
}

/// 25 kg are left on the paper, and somebody orders 30.
void Episodes::ask_for_too_much() {
  Deal deal = *anhydride_;
  deal.amount = 30'000;
  deal.sale = "S-30KG";
  story_.refusal = players_.refused(deal.trade->seller, market_.sale_of(deal), "permit-exhausted");
}

void Episodes::report_theft() {
  const Json receipt = players_.act(
      anhydride_->trade->carrier,
      {"loss.report",
       {{"consignment", anhydride_->waybill},
        {"lot", anhydride_->lot},
        {"quantity", quantity("CN2-02", 1'200)},
        {"kind", "stolen"},
        {"discovered", clock_.now().str()},
        {"circumstances", "途中停车过夜，次日卸货时发现封签被剪断，一只桶内缺少约1.2千克，已向公安机关报案。"},
        {"reported_to", {"ps-anyuan", "ps-yuelu"}}}});
  theft_ = "F-" + std::to_string(receipt.at("index").get<std::int64_t>()) + "-1";
}

/// At the roadside nothing is missing yet: the theft came after.
void Episodes::stop_on_road() {
  const Trade& trade = *anhydride_->trade;
  players_.act("ps-anyuan", {"checkpoint.stop",
                             {{"stop", "LJ-15"},
                              {"vehicle", vehicle_of(trade.carrier)},
                              {"place", "沪昆高速萍乡东出口"},
                              {"region", "360302"},
                              {"consignment", anhydride_->waybill},
                              {"paper", "carried"},
                              {"owner", trade.seller},
                              {"consignee", trade.buyer},
                              {"carrier", trade.carrier},
                              {"seals_intact", "yes"},
                              {"lines", Json::array({{{"substance", "CN2-02"},
                                                      {"lot", anhydride_->lot},
                                                      {"quantity", quantity("CN2-02", 25'000)}}})}}});
}

/// The carrier has said how it came; public security looks at the seller's store as well. The case stays open.
void Episodes::inspect_after_theft() {
  players_.act(
      anhydride_->trade->carrier,
      {"finding.explain",
       {{"finding", theft_}, {"cause", "theft"}, {"statement", "司机夜间停车休息时被盗，已提供行车记录和现场照片。"}}});
  players_.act(
      "ps-anyuan",
      {"inspection.record",
       {{"inspection", "JC-24"},
        {"site", store_of(anhydride_->trade->seller)},
        {"inspected_on", clock_.today().str()},
        {"access", "given"},
        {"items", Json::array({{{"item", "records"}, {"met", "yes"}}, {{"item", "certificates"}, {"met", "yes"}}})},
        {"findings", Json::array({theft_})},
        {"statement", "核查发货单位出库记录与称重记录，未见异常。"}}});
}

/// What was missing went back to the purchase paper; the holder declares that it will not use it.
void Episodes::write_off_rest() {
  players_.act(kBuyer, {"permit.close", {{"permit", story_.permit}, {"statement", "余量1.2千克不再使用，申请核销。"}}});
}

void Episodes::issue_unused_paper() {
  unused_ = papers_.issue({"ps-anyuan", "C23-BUY-1", kCollege, {{"CN3-01", 20'000}}, "教学实验"});
}

void Episodes::close_unused_paper() {
  players_.act(kCollege, {"permit.close", {{"permit", unused_}, {"statement", "课程取消，未购买，申请核销。"}}});
}

void Episodes::correct_slip() {
  const std::string who = "luxi-ceramics", site = store_of(who);
  const Shelf shelf = shelves_.oldest(site, "CN3-06", 250'000);
  const Json receipt = players_.act(who, {"use.record",
                                          {{"site", site},
                                           {"lot", shelf.lot},
                                           {"quantity", quantity("CN3-06", 250'000)},
                                           {"purpose", "管道除垢"},
                                           {"used_on", clock_.today().str()}}});
  players_.act(who, {"entry.correct",
                     {{"entry", receipt["index"]},
                      {"reason", "多录一个零，实际使用25千克。"},
                      {"lines", lot_lines(shelf.lot, "CN3-06", 25'000)}}});
  shelves_.take(site, shelf.lot, 25'000);
}

/// An officer leaves: the next one's key is enrolled, the old one revoked.
void Episodes::replace_officer() {
  const std::string old = players_.officer_key(kHospital).public_key().id().hex();
  players_.appoint(kHospital, kHospital + "-2", "pharmacist");
  players_.act(kHospital, {"key.revoke", {{"key", old}, {"reason", "left"}}, Hand::head});
}

void Episodes::refuse_goods() {
  refused_ = market_.strike(permanganate_to_fireworks(), 60'000);
  market_.send(*refused_);
  players_.act(refused_->trade->buyer,
               {"transfer.refuse", {{"consignment", refused_->waybill}, {"reason", "包装受潮结块，拒收。"}}});
}

void Episodes::take_back_goods() {
  const std::string seller = refused_->trade->seller;
  players_.act(seller, {"transfer.count",
                        {{"consignment", refused_->waybill},
                         {"lines", lot_lines(refused_->lot, "CN3-04", refused_->amount)},
                         {"seals_intact", "yes"}}});
  players_.act(seller, {"transfer.accept", {{"consignment", refused_->waybill}}});
  shelves_.put(store_of(seller), refused_->lot, "CN3-04", refused_->amount);
}

/// Half a thousandth is missing of a tank: within the 0.3 % that weighing a liquid may be off by.
void Episodes::count_with_small_difference() {
  const std::string who = "lianhua-dye", site = store_of(who);
  const Shelf shelf = *shelves_.fullest(site, "CN3-01");
  const Milli missing = shelf.amount / 2000;
  shelves_.take(site, shelf.lot, missing);
  players_.act(who, {"stock.count",
                     {{"site", site},
                      {"lines", lot_lines(shelf.lot, "CN3-01", shelf.amount - missing)},
                      {"counted_on", clock_.today().str()}}});
}

void Episodes::open_expired_stock() {
  expired_ = shelves_.new_lot("N-18");
  players_.act(kHospital, {"stock.open",
                           {{"site", second_store_of(kHospital)},
                            {"lines", Json::array({{{"lot", expired_},
                                                    {"substance", "N-18"},
                                                    {"quantity", quantity("N-18", 3'000)},
                                                    {"expiry", clock_.today().plus_days(-20).str()},
                                                    {"maker", "ganjiang-pharma"}}})}},
                           Hand::both});
}

/// Under the eyes of the drug administration, which signs as well.
void Episodes::destroy_expired() {
  const std::string witness = "da-pingxiang";
  players_.act(kHospital, {"destruction.record",
                           {{"site", second_store_of(kHospital)},
                            {"lot", expired_},
                            {"quantity", quantity("N-18", 3'000)},
                            {"method", "监督下高温焚烧"},
                            {"destroyed_on", clock_.today().str()},
                            {"witness", witness}},
                           Hand::both,
                           {&players_.head_key(witness)}});
}

void Episodes::export_acetone() {
  const std::string who = "ganxi-trade", site = store_of(who);
  const Milli amount = 2'000'000;
  const std::string lot = shelves_.oldest(site, "CN3-02", amount).lot;
  players_.act(who, {"export.depart",
                     {{"site", site},
                      {"lot", lot},
                      {"quantity", quantity("CN3-02", amount)},
                      {"permit", papers_.border(who, "CN3-02")},
                      {"country", "VN"},
                      {"consignee", "Hai Phong Chemicals JSC"},
                      {"declaration", "400320260100722"},
                      {"departed_on", clock_.today().str()}}});
  shelves_.take(site, lot, amount);
}

}  // namespace tools
