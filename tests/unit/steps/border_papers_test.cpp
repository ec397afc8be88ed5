#include <catch2/catch.hpp>

#include "goods.h"
#include "registry/rules/border_rules.h"

using namespace goods;

namespace {

std::string departure(const Members& changes = {}) {
  return payload({{"site", "'S-SELLER'"},
                  {"lot", "'A-1'"},
                  {"quantity", quantity("10 kg")},
                  {"permit", "'EX-1'"},
                  {"country", "'SG'"},
                  {"consignee", "'Lim Pte'"},
                  {"declaration", "'2202-17'"},
                  {"departed_on", "'2026-03-02'"}},
                 changes);
}

std::string arrival(const Members& changes = {}) {
  return payload({{"site", "'S-MAKER'"},
                  {"lot", "'I-1'"},
                  {"substance", "'CN1-12a'"},
                  {"quantity", quantity("5 kg")},
                  {"permit", "'IM-1'"},
                  {"country", "'DE'"},
                  {"exporter", "'Chemie GmbH'"},
                  {"declaration", "'2202-18'"},
                  {"received_on", "'2026-03-02'"}},
                 changes);
}

World port() {
  World w = trade();
  stock(w, "S-SELLER", "A-1", kAcetone, 500 * kKg);
  paper(w, "EX-1", "EXP", "SELLER", kAcetone, 50 * kKg);
  paper(w, "IM-1", "IMP", "MAKER", kEphedrine, 50 * kKg);
  return w;
}

}  // namespace

TEST_CASE("special countries: an export needs a second licence from the day the country is on the list",
          "[steps][border]") {
  World w = port();
  CHECK(does(w, "export.depart", "SELLER", departure({{"country", "'MM'"}})) ==
        "refused companion-missing /companions");
  CHECK(does(w, "export.depart", "SELLER", departure({{"country", "'US'"}})) ==
        "refused companion-missing /companions");
  paper(w, "SP-1", "EXP-SPECIAL", "SELLER", kAcetone, 10 * kKg);
  CHECK(does(w, "export.depart", "SELLER", departure({{"country", "'MM'"}, {"companions", "['SP-1']"}})) == "ok");
  CHECK(w.row<Permit>("SP-1")->status == PermitStatus::used_up);
  const BorderRules& rules = w.rules().border();
  const Substance& acetone = *w.rules().substance(kAcetone);
  const auto count = [&](std::string_view country, Date day) {
    return rules.companions_for(BorderDirection::export_goods, acetone, country, day).size();
  };
  CHECK(count("US", Date::of(2025, 11, 9)) == 0);
  CHECK(count("US", Date::of(2025, 11, 10)) == 1);
  CHECK(count("AF", Date::of(2010, 1, 1)) == 1);
  CHECK(count("SG", Date::of(2026, 1, 1)) == 0);
}

TEST_CASE("pharmaceutical precursors: an import needs consent, clearance form and a named importer",
          "[steps][border]") {
  World w = port();
  const Answer bare = w.submit("import.receive", "MAKER", arrival());
  CHECK(verdict(w, bare) == "ok");
  CHECK(findings(bare) ==
        "import-paper-missing critical [-5000000,-5000000] (-1,100] ; import-paper-missing critical "
        "[-5000000,-5000000] (-1,100] ; import-paper-missing critical [-5000000,-5000000] (-1,100] ");
  CHECK(w.row<Finding>("F-100-1")->subject == "permit_kind:IMP-CONSENT");
  CHECK(w.row<Finding>("F-100-2")->subject == "permit_kind:IMP-FORM");
  CHECK(w.row<Finding>("F-100-3")->subject == "permit_kind:IMP-NAMED");
  paper(w, "CO-1", "IMP-CONSENT", "MAKER", kEphedrine, 5 * kKg);
  paper(w, "FO-1", "IMP-FORM", "MAKER", kEphedrine, 5 * kKg);
  paper(w, "NA-1", "IMP-NAMED", "MAKER", kEphedrine, 0);
  const Answer full =
      w.submit("import.receive", "MAKER", arrival({{"lot", "'I-2'"}, {"companions", "['CO-1','FO-1','NA-1']"}}));
  CHECK(verdict(w, full) == "ok");
  CHECK(findings(full).empty());
}

TEST_CASE("mixtures: up to 40 percent of acetone cross the border without a licence", "[steps][border]") {
  World w = port();
  const auto content = [&](std::int64_t ppm) {
    Lot lot = *w.row<Lot>("A-1");
    lot.purity_ppm = ppm;
    w.add(lot);
  };
  content(400'001);
  CHECK(does(w, "export.depart", "SELLER", departure({{"permit", ""}})) == "refused export-without-licence /permit");
  content(400'000);
  CHECK(does(w, "export.depart", "SELLER", departure({{"permit", ""}})) == "ok");
  const BorderRules& rules = w.rules().border();
  const Date day = Date::of(2026, 3, 2);
  CHECK(rules.needs_licence(*w.rules().substance("CN3-06"), 100'001, day));
  CHECK_FALSE(rules.needs_licence(*w.rules().substance("CN3-06"), 100'000, day));
  CHECK(rules.needs_licence(*w.rules().substance("CN2-02"), 1, day));
  CHECK(rules.needs_licence(*w.rules().substance("CN3-06"), 1, Date::of(2007, 5, 15)));
}

TEST_CASE("bonded zones: no licence between the domestic area and a zone", "[steps][border]") {
  World w = port();
  const Members zone = {{"permit", ""}, {"exemption", "'EX-30-b'"}, {"zone", "'九江综合保税区'"}};
  const auto with = [&](Members changes) {
    for (const auto& [name, value] : zone) changes.try_emplace(name, value);
    return departure(changes);
  };
  CHECK(does(w, "export.depart", "SELLER", with({})) == "refused exemption-not-applicable /exemption");
  CHECK(does(w, "export.depart", "SELLER", with({{"country", "'CN'"}, {"exemption", "'EX-30-a'"}})) ==
        "refused exemption-not-applicable /exemption");
  CHECK(does(w, "export.depart", "SELLER", with({{"country", "'CN'"}, {"zone", ""}})) ==
        "refused payload-form /zone:required");
  CHECK(does(w, "export.depart", "SELLER", with({{"country", "'CN'"}, {"permit", "'EX-1'"}})) ==
        "refused payload-form /permit:not_wanted");
  CHECK(does(w, "export.depart", "SELLER", with({{"country", "'CN'"}})) == "ok");
  const Answer in =
      w.submit("import.receive", "MAKER",
               arrival({{"permit", ""}, {"country", "'CN'"}, {"exemption", "'EX-30-a'"}, {"zone", "'x'"}}));
  CHECK(verdict(w, in) == "ok");
  CHECK(findings(in).empty());
  const Answer abroad =
      w.submit("import.receive", "MAKER",
               arrival({{"lot", "'I-3'"}, {"permit", ""}, {"exemption", "'EX-30-a'"}, {"zone", "'x'"}}));
  CHECK(verdict(w, abroad) == "ok");
  CHECK(findings(abroad).starts_with("imported-without-permit critical"));
}

TEST_CASE("border licences end by 31 March of the next year, an unconfirmed rule", "[steps][border]") {
  World w = port();
  const LicenceEndRule* rule = w.rules().border().licence_end("EXP", Date::of(2026, 3, 2));
  REQUIRE(rule);
  CHECK(rule->confidence == "L");
  w.agency("CO-JX", "CO", "P", "360000");
  w.unit("EXPORTER", "exporter", "360302");
  const auto issue = [&](std::string_view from, std::string_view to) {
    return payload({{"permit", "'EX-5'"},
                    {"kind", "'EXP'"},
                    {"holder", "'EXPORTER'"},
                    {"lines", "[{'substance':'CN3-02','quantity':" + quantity("1 kg") + "}]"},
                    {"valid_from", "'" + std::string(from) + "'"},
                    {"valid_to", "'" + std::string(to) + "'"},
                    {"purpose", "'出口'"}});
  };
  w.go_to("2026-05-01");
  CHECK(does(w, "permit.issue", "CO-JX", issue("2026-05-01", "2027-04-01")) == "refused border-licence-end /valid_to");
  CHECK(does(w, "permit.issue", "CO-JX", issue("2026-05-01", "2027-03-31")) == "ok");
}
