#include "tools/demo_city/two_way.h"

#include "crypto/digest.h"
#include "registry/steps/border_link.h"

namespace tools {
namespace {

constexpr Milli kExported = 500'000, kImported = 800'000;
constexpr const char *kTrader = "ganxi-trade", *kCommerce = "co-jiangxi", *kPolice = "ps-jiangxi",
                     *kCustoms = "cu-nanchang", *kPermanganate = "CN3-04";
constexpr const char *kExportPaper = "EXP-VN-017", *kImportPaper = "IMP-IN-204";
constexpr const char *kExportDeclaration = "400120260100831", *kImportDeclaration = "400120260100799";
constexpr std::int64_t kLinkDays = 10, kDayMs = std::int64_t{24} * 60 * 60 * 1000;

}  // namespace

void TwoWay::day(int day) {
  switch (day) {
    case 5:
      return notify_viet_nam();
    case 6:
      return licence_import();
    case 8:
      players_.answers(link_, {{"answer", "no_objection"}, {"officer_reference", "C04/VN/2231"}});
      return;
    case 9:
      return licence_export();
    case 10:
      return answer_india();
    case 19:
      return release(kImportCase, kImportDeclaration, kImported);
    case 20:
      return receive_import();
    case 23:
      return release(kExportCase, kExportDeclaration, kExported);
    case 24:
      return depart();
    case 28:
      players_.answers(issue_link("VN-017-2", "confirm"), {{"quantity", quantity(kPermanganate, kExported)},
                                                           {"arrived_on", clock_.today().str()},
                                                           {"officer_reference", "C04/VN/2298"}});
      return;
    default:
      return;
  }
}

Json TwoWay::notice(const char* border_case, const char* direction, const char* country, Milli amount) const {
  return {{"border_case", border_case},
          {"direction", direction},
          {"party", kTrader},
          {"country", country},
          {"exporter_address", "-"},
          {"importer_address", "-"},
          {"substance", kPermanganate},
          {"quantity", quantity(kPermanganate, amount)},
          {"mode", "sea"},
          {"hs_code", "284161"},
          {"end_use", "water treatment 水处理"},
          {"dispatch_on", clock_.today().plus_days(14).str()},
          {"reply_by", clock_.today().plus_days(15).str()}};
}

/// The answer to a notice is awaited on an address that Ha Noi got by its embassy.
void TwoWay::notify_viet_nam() {
  Json payload = notice(kExportCase, "export", "VN", kExported);
  payload["authority"] = "Drug Crime Investigation Department, Ha Noi";
  payload["exporter_name"] = "江西赣西进出口有限公司";
  payload["importer_name"] = "Song Hong Water JSC";
  payload["port_exit"] = "Shanghai";
  payload["port_entry"] = "Hai Phong";
  players_.act(kCommerce, {"border.notify", std::move(payload)});
  link_ = issue_link("VN-017-1", "answer");
  players_.opens(link_);
}

std::string TwoWay::issue_link(const std::string& link, const char* purpose) {
  const registry::LinkToken token{link, crypto::sha256("demo " + link).hex()};
  players_.act(kCommerce, {"border.link",
                           {{"border_case", kExportCase},
                            {"link", link},
                            {"purpose", purpose},
                            {"secret_hash", registry::link_secret_hash(token.secret)},
                            {"expires", clock_.now().plus_ms(kLinkDays * kDayMs).str()}}});
  return std::string("/v1/border-cases/") + kExportCase + "/partner/" + token.str();
}

Json TwoWay::paper(const char* number, const char* kind, Milli amount) const {
  return {{"permit", number},
          {"kind", kind},
          {"holder", kTrader},
          {"lines", Json::array({{{"substance", kPermanganate}, {"quantity", quantity(kPermanganate, amount)}}})},
          {"valid_from", clock_.today().str()},
          {"valid_to", clock_.today().plus_days(60).str()},
          {"purpose", "一般贸易"}};
}

void TwoWay::licence_export() {
  Json payload = paper(kExportPaper, "EXP", kExported);
  payload["border_case"] = kExportCase;
  players_.act(kCommerce, {"permit.issue", std::move(payload)});
}

void TwoWay::licence_import() {
  players_.act(kCommerce, {"permit.issue", paper(kImportPaper, "IMP", kImported)});
  Json payload = notice(kImportCase, "import", "IN", kImported);
  payload["authority"] = "Central Bureau of Narcotics, Gwalior";
  payload["exporter_name"] = "Narmada Oxidants Ltd.";
  payload["importer_name"] = "江西赣西进出口有限公司";
  payload["port_exit"] = "Mundra";
  payload["port_entry"] = "Shanghai";
  payload["licence"] = kImportPaper;
  players_.act(kPolice, {"border.notify", std::move(payload)});
}

void TwoWay::answer_india() {
  players_.act(kPolice, {"border.reply",
                         {{"border_case", kImportCase},
                          {"answer", "no_objection"},
                          {"channel", "own"},
                          {"officer_reference", "赣公禁函〔204〕号"}}});
}

void TwoWay::release(const char* border_case, const char* declaration, Milli amount) {
  players_.act(kCustoms, {"border.clear",
                          {{"border_case", border_case},
                           {"declaration", declaration},
                           {"quantity", quantity(kPermanganate, amount)},
                           {"office", "4001"},
                           {"released_on", clock_.today().str()}}});
}

void TwoWay::receive_import() {
  const std::string lot = shelves_.new_lot(kPermanganate);
  players_.act(kTrader, {"import.receive",
                         {{"site", store_of(kTrader)},
                          {"lot", lot},
                          {"substance", kPermanganate},
                          {"quantity", quantity(kPermanganate, kImported)},
                          {"permit", kImportPaper},
                          {"country", "IN"},
                          {"exporter", "Narmada Oxidants Ltd."},
                          {"declaration", kImportDeclaration},
                          {"received_on", clock_.today().str()}}});
  shelves_.put(store_of(kTrader), lot, kPermanganate, kImported);
}

void TwoWay::depart() {
  const std::string site = store_of(kTrader), lot = shelves_.oldest(site, kPermanganate, kExported).lot;
  players_.act(kTrader, {"export.depart",
                         {{"site", site},
                          {"lot", lot},
                          {"quantity", quantity(kPermanganate, kExported)},
                          {"permit", kExportPaper},
                          {"country", "VN"},
                          {"consignee", "Song Hong Water JSC"},
                          {"declaration", kExportDeclaration},
                          {"departed_on", clock_.today().str()}}});
  shelves_.take(site, lot, kExported);
}

}  // namespace tools
