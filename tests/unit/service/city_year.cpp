#include "tests/unit/service/city_year.h"

#include <catch2/catch.hpp>

namespace service_test {
namespace {

constexpr const char *kAnyuan = "360302", *kXiangdong = "360313", *kChangsha = "430102";
constexpr const char *kToluene = "CN3-01", *kAcetone = "CN3-02", *kNewlyListed = "CN2-12", *kMorphine = "N-18";

Json amount(const char* value, const char* unit = "kg") { return {{"unit", unit}, {"value", value}}; }
Json line(const std::string& lot, const Json& quantity) { return {{"lot", lot}, {"quantity", quantity}}; }
std::string named(const char* what, int n) { return std::string(what) + "-" + std::to_string(n); }

/// Each unit has a code of its own.
std::string uscc_of(std::size_t n) { return "91360300MA35K000" + std::to_string(10 + n); }

}  // namespace

CityYear::CityYear() {
  clock.set(*UtcTime::parse("2024-01-02T01:00:00.000Z"));
  open();
  REQUIRE(found(hand("operator")));
  ++decided[edition()];
  enter_agencies();
  enter_units();
  issue_papers();
}

Hand& CityYear::hand(const std::string& party) {
  const auto at = hands_.find(party);
  if (at != hands_.end()) return at->second;
  const char seed = static_cast<char>('a' + hands_.size());
  const std::string who = party.substr(0, party.find('/'));
  return hands_.emplace(party, Hand(who, seed)).first->second;
}

void CityYear::note_refusal(std::string_view type, const Refusal& refusal) {
  std::string cited;
  for (const auto& [name, value] : refusal.facts)
    if (name == "edition") cited = value;
  last_refusal_ = refusal.rule + (refusal.fields.empty() ? "" : " " + refusal.fields.front().pointer);
  refusals.insert(cited + " " + refusal.rule);
  if (cited != edition()) wrong_editions.push_back(day() + " " + std::string(type) + " " + cited);
}

bool CityYear::act(const char* party, std::string_view type, Json payload, const std::vector<const char*>& others) {
  Hand& author = hand(party);
  Submission entry = author.make(clock.now(), type, std::move(payload));
  for (const char* other : others) {
    const Hand& second = hand(other);
    entry.signatures.push_back({second.key().public_key().id(), second.key().sign(entry.header_text), {}});
  }
  const auto receipt = registry().submit(format_submission(entry));
  clock.set(clock.now().plus_ms(60'000));
  if (!receipt) return note_refusal(type, receipt.error()), false;
  author.stored(entry);
  ++decided[edition()];
  types.insert(std::string(type));
  return true;
}

void CityYear::must(const char* party, std::string_view type, Json payload, const std::vector<const char*>& others) {
  INFO(day() << " " << party << " " << type << " " << payload.dump());
  const bool stored = act(party, type, std::move(payload), others);
  INFO(last_refusal_);
  REQUIRE(stored);
}

void CityYear::enter_agencies() {
  struct Card {
    const char *id, *role, *level, *region;
  };
  for (const Card& card :
       {Card{"PS-CITY", "PS", "C", "360300"}, Card{"PS-XD", "PS", "X", kXiangdong}, Card{"PS-CS", "PS", "C", "430100"},
        Card{"EM-CITY", "EM", "C", "360300"}, Card{"DA-JX", "DA", "P", "360000"}, Card{"HC-CITY", "HC", "C", "360300"}})
    must("operator", "agency.enrol",
         {{"agency", card.id},
          {"name", card.id},
          {"role", card.role},
          {"level", card.level},
          {"region", card.region},
          {"key", hand(card.id).key_json()}},
         {card.id});
}

void CityYear::unit(const char* party, const char* region, const std::vector<std::string>& kinds,
                    const char* site_kind) {
  must(party, "party.register",
       {{"name", party},
        {"kinds", kinds},
        {"uscc", uscc_of(hands_.size())},
        {"region", region},
        {"address", "一号"},
        {"key", hand(party).key_json()}});
  must(std::string_view(region) == kChangsha ? "PS-CS" : "PS-CITY", "party.verify",
       {{"party", party}, {"method", "in-person"}});
  must(party, "site.add",
       {{"site", std::string("S-") + party},
        {"name", "库"},
        {"kind", site_kind},
        {"region", region},
        {"address", "一号"}});
}

void CityYear::enter_units() {
  unit("PLANT-A", kAnyuan, {"producer", "trader", "user"}, "plant");
  unit("PLANT-B", kXiangdong, {"producer", "trader"}, "plant");
  unit("BUYER", kAnyuan, {"user"}, "store");
  unit("FAR", kChangsha, {"user"}, "store");
  unit("CARRIER", kAnyuan, {"carrier"}, "store");
  unit("WHOLESALER", kAnyuan, {"wholesaler"}, "store");
  unit("HOSPITAL", kAnyuan, {"hospital"}, "pharmacy");
  for (const char* pair : {"WHOLESALER", "HOSPITAL"}) {
    const std::string second = std::string(pair) + "/2";
    must(pair, "key.enrol", {{"key", hand(second).key_json()}, {"role", "officer"}}, {second.c_str()});
  }
}

void CityYear::issue(const char* agency, const char* kind, const char* holder, const char* substance, int months,
                     Json more) {
  Json goods{{"substance", substance}};
  if (more.contains("quantity")) goods["quantity"] = more["quantity"], more.erase("quantity");
  Json paper{{"permit", named("P", ++papers_)},
             {"kind", kind},
             {"holder", holder},
             {"lines", Json::array({goods})},
             {"valid_from", day()},
             {"valid_to", today().plus_months(months).plus_days(-1).str()},
             {"purpose", "生产经营"}};
  paper.update(more);
  must(agency, "permit.issue", std::move(paper));
}

void CityYear::issue_papers() {
  issue("EM-CITY", "C3P-FILE", "PLANT-A", kAcetone, 36);
  issue("EM-CITY", "C3P-FILE", "PLANT-B", kToluene, 36);
  issue("DA-JX", "NP-TRADE", "WHOLESALER", kMorphine, 60);
  issue("HC-CITY", "YJK", "HOSPITAL", kMorphine, 36);
  Json opening = line("M-1", amount("900", "g"));
  opening["substance"] = kMorphine;
  must("WHOLESALER", "stock.open", {{"site", "S-WHOLESALER"}, {"lines", Json::array({opening})}}, {"WHOLESALER/2"});
  renew_papers();
}

/// What runs out in the year is issued anew each quarter.
void CityYear::renew_papers() {
  const std::string clean = today().plus_months(-13).str();
  issue("PS-CITY", "C23-BUY-N", "BUYER", kAcetone, 6, {{"quantity", amount("100", "t")}, {"clean_since", clean}});
  buying_ = named("P", papers_);
  issue("PS-CS", "C23-BUY-N", "FAR", kToluene, 6, {{"quantity", amount("100", "t")}, {"clean_since", clean}});
  far_buying_ = named("P", papers_);
  issue("PS-XD", "C3-TRAN-3", "PLANT-B", kToluene, 3,
        {{"quantity", amount("100", "t")},
         {"origin", kXiangdong},
         {"destination", kChangsha},
         {"consignee", "FAR"},
         {"carrier", "CARRIER"}});
  road_ = named("P", papers_);
  issue("DA-JX", "NP-TRAN", "WHOLESALER", kMorphine, 3,
        {{"quantity", amount("300", "g")},
         {"valid_to", std::min(today().plus_months(3).plus_days(-1), Date::of(2024, 12, 31)).str()}});
  medicine_road_ = named("P", papers_);
}

void CityYear::live() {
  for (int n = 1; n <= 364; ++n) {
    clock.set(end_of(Date::of(2024, 1, 1).plus_days(n)).plus_ms(9 * 3'600'000));
    live_day(n);
  }
  REQUIRE(day() == "2024-12-31");
}

void CityYear::live_day(int n) {
  if (n % 85 == 0) renew_papers();
  if (n % 4 == 1) produce(n);
  if (n % 4 == 2) trade(n);
  if (n % 8 == 3) carry_to_far(n);
  if (n % 12 == 4) care(n);
  if (n % 30 == 5) count_stores();
}

void CityYear::produce(int n) {
  const auto makes = [&](const char* plant, const std::string& lot, const char* substance) -> Json {
    return {{"site", std::string("S-") + plant},
            {"lot", lot},
            {"substance", substance},
            {"quantity", amount("500")},
            {"produced_on", day()}};
  };
  must("PLANT-A", "production.record", makes("PLANT-A", stock_["PLANT-A"] = named("A", n), kAcetone));
  must("PLANT-B", "production.record", makes("PLANT-B", stock_["PLANT-B"] = named("T", n), kToluene));
  // What comes under control on 1 September: no business of the registry before, an entry like others after.
  if (n % 20 == 1) act("PLANT-A", "production.record", makes("PLANT-A", named("AP", n), kNewlyListed));
}

void CityYear::deal(const std::string& sale, const char* seller, const char* buyer, const char* substance,
                    const Json& quantity, const Json& papers, const char* licence) {
  Json sold{{"sale", sale},           {"buyer", buyer},
            {"substance", substance}, {"quantity", quantity},
            {"licence", licence},     {"payment", "transfer"},
            {"sold_on", day()},       {"checks", Json::array({"copies-kept"})}};
  sold.update(papers);
  must(seller, "sale.record", std::move(sold));
  must(buyer, "sale.confirm", {{"sale", sale}, {"quantity", quantity}});
}

void CityYear::bring(const std::string& goods, const char* seller, const char* buyer, const std::string& lot,
                     const Json& quantity, const Json& papers, bool by_two) {
  const Json lines = Json::array({line(lot, quantity)});
  const std::string from = std::string(seller) + "/2", to = std::string(buyer) + "/2";
  const auto second = [&](const std::string& key) {
    return by_two ? std::vector<const char*>{key.c_str()} : std::vector<const char*>{};
  };
  Json sent{{"consignment", goods},
            {"receiver", buyer},
            {"from_site", std::string("S-") + seller},
            {"to_site", std::string("S-") + buyer},
            {"lines", lines}};
  sent.update(papers);
  const bool is_carried = sent.contains("carrier");
  must(seller, "transfer.dispatch", std::move(sent), second(from));
  if (is_carried)
    must("CARRIER", "transfer.carry",
         {{"consignment", goods}, {"vehicle", "赣J00T01"}, {"seals_intact", "yes"}, {"lines", lines}});
  must(buyer, "transfer.count", {{"consignment", goods}, {"lines", lines}, {"seals_intact", "none"}}, second(to));
  must(buyer, "transfer.accept", {{"consignment", goods}}, second(to));
}

void CityYear::trade(int n) {
  const std::string sale = named("X", n), lot = stock_["PLANT-A"];
  deal(sale, "PLANT-A", "BUYER", kAcetone, amount("80"), {{"permit", buying_}}, "P-1");
  bring(named("C", n), "PLANT-A", "BUYER", lot, amount("80"), {{"sale", sale}}, false);
  must("BUYER", "use.record",
       {{"site", "S-BUYER"}, {"lot", lot}, {"quantity", amount("70")}, {"purpose", "清洗"}, {"used_on", day()}});
}

/// Over the border of the city and the province, refused without its paper first.
void CityYear::carry_to_far(int n) {
  const std::string sale = named("XF", n), lot = stock_["PLANT-B"];
  deal(sale, "PLANT-B", "FAR", kToluene, amount("120"), {{"permit", far_buying_}}, "P-2");
  const Json goods{{"sale", sale}, {"carrier", "CARRIER"}, {"vehicle", "赣J00T01"}};
  Json bare{{"consignment", named("CF", n)},
            {"receiver", "FAR"},
            {"from_site", "S-PLANT-B"},
            {"to_site", "S-FAR"},
            {"lines", Json::array({line(lot, amount("120"))})}};
  bare.update(goods);
  CHECK_FALSE(act("PLANT-B", "transfer.dispatch", std::move(bare)));
  Json papers = goods;
  papers["permit"] = road_;
  bring(named("CF", n), "PLANT-B", "FAR", lot, amount("120"), papers, false);
}

/// Morphine for the hospital, by two persons on each side.
void CityYear::care(int n) {
  const std::string sale = named("XM", n);
  deal(sale, "WHOLESALER", "HOSPITAL", kMorphine, amount("10", "g"), {{"permit", "P-4"}}, "P-3");
  bring(named("CM", n), "WHOLESALER", "HOSPITAL", "M-1", amount("10", "g"),
        {{"sale", sale}, {"permit", medicine_road_}}, true);
  // One person alone is refused, in every edition.
  const Json use{
      {"site", "S-HOSPITAL"}, {"lot", "M-1"}, {"quantity", amount("2", "g")}, {"purpose", "医疗"}, {"used_on", day()}};
  CHECK_FALSE(act("HOSPITAL", "use.record", use));
  must("HOSPITAL", "use.record", use, {"HOSPITAL/2"});
}

void CityYear::count_stores() {
  const auto lines = [&](const std::string& lot, const char* much) { return Json::array({line(lot, amount(much))}); };
  must("PLANT-A", "stock.count",
       {{"site", "S-PLANT-A"}, {"counted_on", day()}, {"lines", lines(stock_["PLANT-A"], "419.5")}});
  must("PLANT-B", "stock.count",
       {{"site", "S-PLANT-B"}, {"counted_on", day()}, {"lines", lines(stock_["PLANT-B"], "380")}});
}

}  // namespace service_test
