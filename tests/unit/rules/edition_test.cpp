#include "shared_pack.h"

using namespace registry;

namespace {

Date day(int year, int month, int d) { return Date::of(year, month, d); }

std::string by(std::string_view cas, std::string_view name) {
  std::string out;
  for (const SubstanceMatch& match : pack().on(day(2026, 3, 2)).match(cas, name)) {
    constexpr const char* kNames[] = {"cas", "name", "alias", "salt"};
    out += (out.empty() ? "" : " ") + match.substance->code + ":" + kNames[static_cast<int>(match.kind)];
  }
  return out;
}

ChannelAnswer asked(std::string_view code, std::string_view form, std::string_view seller, std::string_view buyer,
                    std::string_view buyer_region = "360302", std::string_view paper = "",
                    std::string_view exemption = "") {
  const RulePack& now = pack().on(day(2026, 3, 2));
  return now.judge_channel({.substance = *now.substance(code),
                            .form = form,
                            .seller_kinds = seller,
                            .buyer_kinds = buyer,
                            .seller_region = "360302",
                            .buyer_region = buyer_region,
                            .paper_kind = paper,
                            .exemption = exemption});
}

}  // namespace

TEST_CASE("editions: the catalogue of the day decides, and its name tells the day of its last change",
          "[rules][editions]") {
  const RulePack& before = pack().on(day(2024, 8, 31));
  const RulePack& after = pack().on(day(2024, 9, 1));
  CHECK(after.edition() == "cn/2024-09-01");
  CHECK(before.edition() != after.edition());
  CHECK(&pack().on(day(2024, 9, 2)) == &after);
  CHECK_FALSE(before.in_force(*before.substance("CN2-12"), day(2024, 8, 31)));
  CHECK(after.in_force(*after.substance("CN2-12"), day(2024, 9, 1)));
  CHECK(pack().edition() == "cn");
  CHECK(pack().edition_days().front() == Date{});
}

TEST_CASE("editions: a substance that changed class has the class of the day", "[rules][editions]") {
  CHECK(pack().on(day(2023, 9, 30)).substance("P2-46")->cls == "P1");
  CHECK(pack().on(day(2023, 10, 1)).substance("P2-46")->cls == "P2");
  CHECK(pack().on(day(2024, 6, 30)).substance("P1-12")->cls == "P2");
  CHECK(pack().on(day(2024, 7, 1)).substance("P1-12")->cls == "P1");
  const RulePack& later = pack().on(day(2025, 8, 1));
  CHECK_FALSE(later.in_force(*later.substance("P2-79"), day(2025, 8, 1)));
}

TEST_CASE("editions: a paper counts only while its rule is in force", "[rules][editions]") {
  const RulePack& old = pack().on(day(2009, 1, 1));
  CHECK(old.permit_kind("C1P-BUY"));
  CHECK_FALSE(old.needs_permit(PermitPurpose::purchase, *old.substance("CN1-12a")));
  CHECK(pack().on(day(2010, 5, 1)).needs_permit(PermitPurpose::purchase, substance("CN1-12a")));
}

TEST_CASE("overlays: provincial rules lie over those of the pack on their days only", "[rules][overlays]") {
  CHECK(pack().overlay("zhejiang"));
  CHECK_FALSE(pack().overlay("jiangxi"));
  const RulePack& zhejiang = pack().on(day(2026, 3, 2), "zhejiang@2026-01-01..2026-12-31");
  CHECK(zhejiang.edition().starts_with("cn+zhejiang/"));
  CHECK(zhejiang.exemption("EX-ZJ-PASS-23"));
  CHECK(zhejiang.permit_kind("ZJ-PASS-23")->issuer_level == "X");
  const RulePack& before = pack().on(day(2025, 12, 31), "zhejiang@2026-01-01..2026-12-31");
  CHECK(before.exemption("EX-ZJ-PASS-23") == nullptr);
  const RulePack& chongqing = pack().on(day(2026, 3, 2), "zhejiang@2020-01-01..2025-12-31,chongqing@2026-01-01");
  CHECK(chongqing.deadline("CQ-PASS").days == 3);
  CHECK(chongqing.exemption("EX-ZJ-PASS-23") == nullptr);
  CHECK(pack().on(day(2026, 3, 2), "none").edition() == pack().on(day(2026, 3, 2)).edition());
}

TEST_CASE("matching: by number first, then name, alias, and as a salt of class 1 and 2 only", "[rules][match]") {
  CHECK(by("108-24-7", "") == "CN2-02:cas");
  CHECK(by("6740-87-0", "") == "CN1-13:cas");
  CHECK(by("4433-77-6", "α-乙酰乙酰苯胺") == "CN2-09:cas");
  CHECK(by("", "丙酮") == "CN3-02:name");
  CHECK(by("", "氯仿") == "CN2-03:alias");
  CHECK(by("", "盐酸麻黄碱") == "CN1-12a:salt");
  CHECK(by("", "硫酸丙酮").empty());
  CHECK(by("102-01-2", "").empty());
}

TEST_CASE("channels: raw pharmaceutical precursors never go from trader to trader, and stay in the province",
          "[rules][channels]") {
  CHECK(asked("CN1-12a", "", "producer", "trader").allowed);
  CHECK(asked("CN1-12a", "", "trader", "user").allowed);
  CHECK_FALSE(asked("CN1-12a", "", "trader", "trader").allowed);
  CHECK(asked("CN1-12a", "", "trader", "trader").row->id == "72-23-x");
  CHECK_FALSE(asked("CN1-12a", "", "trader", "user", "430224").allowed);
  CHECK(asked("CN1-12a", "", "trader", "user", "430224").row->id == "72-23");
  CHECK_FALSE(asked("CN1-12a", "", "foreign-trade,exporter,importer", "user").allowed);
}

TEST_CASE("channels: preparations go down the narcotic channel", "[rules][channels]") {
  const char *national = "national-wholesaler,wholesaler", *regional = "regional-wholesaler,wholesaler";
  CHECK(asked("CN1-12a", "tablets", "producer", national).allowed);
  CHECK_FALSE(asked("CN1-12a", "tablets", "producer", regional).allowed);
  CHECK(asked("CN1-12a", "tablets", national, regional).allowed);
  CHECK(asked("CN1-12a", "tablets", regional, "hospital", "360302", "YJK").allowed);
  CHECK_FALSE(asked("CN1-12a", "tablets", regional, "hospital").allowed);
  CHECK_FALSE(asked("CN1-12a", "tablets", regional, regional).allowed);
  CHECK(asked("CN1-12a", "tablets", regional, regional, "360302", "", "EX-72-26").allowed);
  CHECK_FALSE(asked("CN1-12a", "tablets", "trader", "hospital").allowed);
}

TEST_CASE("channels: narcotics go from producers over wholesalers to hospitals of the province", "[rules][channels]") {
  const char *national = "national-wholesaler,wholesaler", *regional = "regional-wholesaler,wholesaler";
  CHECK(asked("N-18", "", "designated-producer,producer", national).allowed);
  CHECK_FALSE(asked("N-18", "", "designated-producer,producer", regional).allowed);
  CHECK(asked("N-18", "", national, regional).allowed);
  CHECK_FALSE(asked("N-18", "", national, "hospital", "360302", "YJK").allowed);
  CHECK(asked("N-18", "", national, "hospital", "360302", "YJK", "EX-442-25").allowed);
  CHECK(asked("N-18", "", regional, "hospital", "360302", "YJK").allowed);
  CHECK_FALSE(asked("N-18", "", regional, "hospital", "430224", "YJK").allowed);
  CHECK(asked("N-18", "", regional, "hospital", "430224", "YJK").row->id == "442-26-x");
  CHECK(asked("N-18", "", regional, "hospital", "430224", "YJK", "EX-442-26-n").allowed);
  CHECK_FALSE(asked("N-18", "", regional, regional).allowed);
  CHECK_FALSE(asked("N-18", "", "class2-wholesaler,wholesaler", "hospital", "360302", "YJK").allowed);
  CHECK_FALSE(asked("N-18", "", "hospital", "wholesaler").allowed);
  CHECK(asked("P2-24", "", "class2-wholesaler,wholesaler", "retail-chain").allowed);
  CHECK_FALSE(asked("P2-24", "", "hospital", "retail-chain").allowed);
}

TEST_CASE("channels: non-medical items only between approved research units", "[rules][channels]") {
  CHECK(asked("NP-001", "", "research,user", "research,user", "360302", "NPR-ITEM").allowed);
  CHECK_FALSE(asked("NP-001", "", "research,user", "research,user").allowed);
  CHECK_FALSE(asked("NP-001", "", "trader", "user", "360302", "NPR-ITEM").allowed);
}

TEST_CASE("channels: individuals buy neither class 1 nor class 2", "[rules][channels]") {
  CHECK_FALSE(asked("CN1-03", "", "trader", "person").allowed);
  CHECK_FALSE(asked("CN2-02", "", "trader", "person").allowed);
  CHECK(asked("CN2-02", "", "trader", "user").allowed);
  CHECK(asked("CN3-04", "", "trader", "person").allowed);
}

TEST_CASE("a second pack needs no code: the EU inside its market", "[rules][packs]") {
  const RulePack eu = RulePack::load("eu");
  CHECK(eu.code() == "eu");
  const RulePack& now = eu.on(day(2026, 3, 2));
  const Substance* anhydride = now.substance("EU-2A-1");
  REQUIRE(anhydride);
  CHECK(now.kinds_for(PermitPurpose::purchase, *anhydride) == "EU-REG-2A-USE, EU-DECL");
  CHECK(now.needs_permit(PermitPurpose::trade, *now.substance("EU-1-1")));
  CHECK_FALSE(now.needs_permit(PermitPurpose::purchase, *now.substance("EU-3-1")));
  CHECK(now.exemption("EU-ANNEX-II-KMN")->year_max == 100'000'000);
  CHECK(now.find_deadline("445-36") == nullptr);
  CHECK_THROWS_AS(now.deadline("445-36"), RuleMissing);
  CHECK(now.find_deadline("receive"));
  CHECK(now.crosses_border("276001", "250001", "", day(2026, 3, 2)));
  CHECK(RulePack::load("bare").substances().size() == 1);
}

TEST_CASE("待确认 stands where a rule is from memory", "[rules][editions]") {
  CHECK(confirmation_note_zh("M") == "待确认");
  CHECK(confirmation_note_zh("L") == "待确认");
  CHECK(confirmation_note_zh("S").empty());
  CHECK(confirmation_note("M") == "to be confirmed");
}

TEST_CASE("the list of non-medical substances is from memory, and each of its pages says so", "[rules][texts]") {
  std::size_t listed = 0;
  for (const Substance& row : pack().substances()) {
    if (row.cls != "NP") continue;
    ++listed;
    CHECK(confirmation_note_zh(pack().rule_text(row.code)->confidence) == "待确认");
  }
  CHECK(listed == 25);
}

TEST_CASE("every paper, deadline, exemption and channel has a page of its own", "[rules][texts]") {
  for (const PermitKind& row : pack().permit_kinds()) CHECK(pack().rule_text(row.code));
  for (const Deadline& row : pack().deadlines()) CHECK(pack().rule_text(row.rule));
  for (const Exemption& row : pack().exemptions()) CHECK(pack().rule_text(row.id));
  for (const Channel& row : pack().channels()) CHECK(pack().rule_text(row.id));
  for (const Substance& row : pack().substances()) CHECK(pack().rule_text(row.code)->confidence == row.confidence);
}
