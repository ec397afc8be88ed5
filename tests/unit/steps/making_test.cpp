#include <catch2/catch.hpp>

#include "goods.h"

using namespace goods;

namespace {

std::string opening(const Members& changes = {}) {
  return payload({{"site", "'S-MAKER'"},
                  {"lines", "[{'lot':'L-9','substance':'CN2-02','quantity':" + quantity("12.5 kg") +
                                ",'purity_ppm':980000,'expiry':'2027-01-31','maker':'华东化工'}]"}},
                 changes);
}

std::string production(const Members& changes = {}) {
  return payload({{"site", "'S-MAKER'"},
                  {"lot", "'P-1'"},
                  {"substance", "'CN2-02'"},
                  {"quantity", quantity("80 kg")},
                  {"inputs", "[" + line("A-1", "100 kg") + "]"},
                  {"licence", "'PR-1'"},
                  {"produced_on", "'2026-03-01'"}},
                 changes);
}

World plant() {
  World w = market();
  stock(w, "S-MAKER", "A-1", kAcetone, 100 * kKg);
  paper(w, "PR-1", "C2P-FILE", "MAKER", kAnhydride, 0);
  return w;
}

std::string uses(World& w, const Members& changes = {}, std::vector<Signer> signers = {},
                 std::string_view party = "MAKER") {
  const std::string text = payload({{"site", "'S-MAKER'"},
                                    {"lot", "'A-1'"},
                                    {"quantity", quantity("100 kg")},
                                    {"purpose", "'溶剂'"},
                                    {"used_on", "'2026-03-02'"}},
                                   changes);
  return does(w, "use.record", party, text, std::move(signers));
}

std::string moves(World& w, std::string_view to, std::string_view amount = "500 kg") {
  return does(w, "storage.move", "SELLER",
              payload({{"from_site", "'S-SELLER'"},
                       {"to_site", "'" + std::string(to) + "'"},
                       {"lot", "'L-1'"},
                       {"quantity", quantity(amount)}}));
}

}  // namespace

TEST_CASE("opening stock: lots, amounts and the first measurement are entered", "[steps][making]") {
  World w = market();
  CHECK(does(w, "stock.open", "MAKER", opening()) == "ok");
  CHECK(w.balance("site:S-MAKER", kAnhydride, "L-9") == 12'500'000);
  CHECK(w.balance("opening", kAnhydride, "L-9") == -12'500'000);
  REQUIRE(w.row<Lot>("L-9"));
  CHECK(w.row<Lot>("L-9")->maker == "华东化工");
  CHECK(w.row<Lot>("L-9")->purity_ppm == 980'000);
  CHECK(w.row<Lot>("L-9")->expiry == Date::of(2027, 1, 31));
  CHECK(w.row<Measurement>("site:S-MAKER", "L-9")->seq == 100);
  CHECK(does(w, "stock.open", "MAKER", opening()) == "refused id-taken /lines/0/lot");
}

TEST_CASE("opening stock: only at an own site, of known substances, each lot once", "[steps][making]") {
  World w = market();
  CHECK(does(w, "stock.open", "BUYER", opening()) == "refused site-of-another /site");
  CHECK(does(w, "stock.open", "MAKER", opening({{"site", "'NOWHERE'"}})) == "refused unknown-site /site");
  const std::string one = "{'lot':'L-9','substance':'CN9-99','quantity':" + quantity("1 kg") + "}";
  CHECK(does(w, "stock.open", "MAKER", opening({{"lines", "[" + one + "]"}})) ==
        "refused unknown-substance /lines/0/substance");
  CHECK(does(w, "stock.open", "MAKER", opening({{"lines", "[" + one + "," + one + "]"}})) ==
        "refused payload-form /lines/1/lot:duplicate");
}

TEST_CASE("production: inputs are used, the product has parents", "[steps][making]") {
  World w = plant();
  const Answer made = w.submit("production.record", "MAKER", production());
  CHECK(verdict(w, made) == "ok");
  CHECK(findings(made).empty());
  CHECK(w.balance("site:S-MAKER", kAnhydride, "P-1") == 80 * kKg);
  CHECK(w.balance("site:S-MAKER", kAcetone, "A-1") == 0);
  CHECK(w.balance("used", kAcetone, "A-1") == 100 * kKg);
  CHECK(w.row<Lot>("P-1")->parents == "A-1");
  CHECK(w.row<Measurement>("site:S-MAKER", "P-1")->amount == 80 * kKg);
}

TEST_CASE("production: inputs must be there to the milligram", "[steps][making]") {
  World w = plant();
  const std::string more = "[" + line("A-1", "100.000001 kg") + "]";
  CHECK(does(w, "production.record", "MAKER", production({{"inputs", more}})) ==
        "refused insufficient-stock /inputs/0/quantity");
  CHECK(does(w, "production.record", "MAKER", production({{"inputs", "[" + line("A-2", "1 kg") + "]"}})) ==
        "refused unknown-lot /inputs/0/lot");
  CHECK(does(w, "production.record", "MAKER", production({{"produced_on", "'2026-03-03'"}})) ==
        "refused day-in-future /produced_on");
  CHECK(does(w, "production.record", "MAKER", production({{"inputs", "[" + line("A-1", "99.999999 kg") + "]"}})) ==
        "ok");
}

TEST_CASE("production without a licence in force is recorded and found", "[steps][making]") {
  const auto made = [](const Members& changes) {
    World w = plant();
    paper(w, "PR-3", "C3P-FILE", "MAKER", kAcetone, 0);
    const Answer answer = w.submit("production.record", "MAKER", production(changes));
    CHECK(verdict(w, answer) == "ok");
    return findings(answer);
  };
  CHECK(made({{"licence", "'PR-3'"}}).starts_with("produced-without-permit critical"));
  CHECK(made({{"licence", "'NONE'"}}).starts_with("produced-without-permit critical"));
  CHECK(made({{"produced_on", "'2026-02-28'"}}).starts_with("produced-without-permit critical"));
  CHECK(made({}).empty());
}

TEST_CASE("use: never more than the book holds, which is told", "[steps][making]") {
  World w = plant();
  const Answer more = w.submit("use.record", "MAKER",
                               payload({{"site", "'S-MAKER'"},
                                        {"lot", "'A-1'"},
                                        {"quantity", quantity("100.000001 kg")},
                                        {"purpose", "'溶剂'"},
                                        {"used_on", "'2026-03-02'"}}));
  CHECK(more.says() == "refused insufficient-stock /quantity");
  CHECK(fact(more, "book") == "100 kg");
  CHECK(uses(w, {{"used_on", "'2026-03-03'"}}) == "refused day-in-future /used_on");
  CHECK(uses(w, {{"lot", "'A-2'"}}) == "refused unknown-lot /lot");
  CHECK(uses(w) == "ok");
  CHECK(w.balance("site:S-MAKER", kAcetone, "A-1") == 0);
}

TEST_CASE("use: class 1 needs two persons of the unit", "[steps][making]") {
  World w = plant();
  stock(w, "S-MAKER", "C-1", kPiperonal, kKg);
  const Members one = {{"lot", "'C-1'"}, {"quantity", quantity("1 kg")}};
  CHECK(uses(w, one) == "refused needs-second-signature /signatures");
  CHECK(uses(w, one, {w.officer("MAKER"), w.officer("BUYER")}) == "refused needs-second-signature /signatures");
  CHECK(uses(w, one, two(w, "MAKER")) == "ok");
}

TEST_CASE("use: on the last day of the lot it is good, a day later it is found", "[steps][making]") {
  World w = plant();
  Lot lot = *w.row<Lot>("A-1");
  lot.expiry = Date::of(2026, 3, 1);
  w.add(lot);
  const auto use = [&](std::string_view day) {
    return findings(w.submit("use.record", "MAKER",
                             payload({{"site", "'S-MAKER'"},
                                      {"lot", "'A-1'"},
                                      {"quantity", quantity("1 kg")},
                                      {"purpose", "'溶剂'"},
                                      {"used_on", "'" + std::string(day) + "'"}})));
  };
  CHECK(use("2026-03-01").empty());
  CHECK(use("2026-03-02").starts_with("used-after-expiry medium"));
}

TEST_CASE("storage: goods move between own sites of one city only", "[steps][making]") {
  World w = trade();
  CHECK(moves(w, "S-SELLER-FAR") == "refused storage-move-crosses-border /to_site");
  CHECK(moves(w, "S-BUYER") == "refused site-of-another /to_site");
  CHECK(moves(w, "S-SELLER") == "refused payload-form /to_site:same_site");
  CHECK(moves(w, "S-SELLER-2", "500.000001 kg") == "refused insufficient-stock /quantity");
  w.unit("SELLER", "trader", "360302", PartyStatus::suspended);
  CHECK(moves(w, "S-SELLER-2") == "refused party-not-verified header/party");
  w.unit("SELLER", "trader", "360302");
  CHECK(moves(w, "S-SELLER-2") == "ok");
  CHECK(w.balance("site:S-SELLER-2", kAnhydride, "L-1") == 500 * kKg);
}
