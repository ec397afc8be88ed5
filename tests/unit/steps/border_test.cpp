#include <catch2/catch.hpp>

#include "goods.h"

using namespace goods;

namespace {

std::string arrival(const Members& changes = {}) {
  return payload({{"site", "'S-MAKER'"},
                  {"lot", "'I-1'"},
                  {"substance", "'CN2-02'"},
                  {"quantity", quantity("60 kg")},
                  {"permit", "'IM-1'"},
                  {"country", "'DE'"},
                  {"exporter", "'Chemie GmbH'"},
                  {"declaration", "'480120260000000001'"},
                  {"received_on", "'2026-03-02'"}},
                 changes);
}

std::string departure(const Members& changes = {}) {
  return payload({{"site", "'S-SELLER'"},
                  {"lot", "'A-1'"},
                  {"quantity", quantity("40 kg")},
                  {"permit", "'EX-1'"},
                  {"country", "'SG'"},
                  {"consignee", "'Lim Pte'"},
                  {"declaration", "'480120260000000002'"},
                  {"departed_on", "'2026-03-02'"}},
                 changes);
}

World port() {
  World w = trade();
  paper(w, "IM-1", "IMP", "MAKER", kAnhydride, 100 * kKg);
  stock(w, "S-SELLER", "A-1", kAcetone, 500 * kKg);
  paper(w, "EX-1", "EXP", "SELLER", kAcetone, 50 * kKg);
  return w;
}

}  // namespace

TEST_CASE("import: goods come in and draw on the licence", "[steps][border]") {
  World w = port();
  const Answer first = w.submit("import.receive", "MAKER", arrival());
  CHECK(verdict(w, first) == "ok");
  CHECK(findings(first).empty());
  CHECK(w.balance("site:S-MAKER", kAnhydride, "I-1") == 60 * kKg);
  CHECK(w.balance("used:IM-1", kAnhydride) == 60 * kKg);
  CHECK(w.row<Lot>("I-1")->maker == "Chemie GmbH");
  CHECK(does(w, "import.receive", "MAKER", arrival({{"lot", "'I-2'"}, {"quantity", quantity("40 kg")}})) == "ok");
  CHECK(w.row<Permit>("IM-1")->status == PermitStatus::used_up);
  CHECK(w.row<Obligation>("write-off:permit:IM-1")->closed == 101);
}

TEST_CASE("import: a milligram more than the licence is recorded and found", "[steps][border]") {
  World w = port();
  const Answer more = w.submit("import.receive", "MAKER", arrival({{"quantity", quantity("100.000001 kg")}}));
  CHECK(verdict(w, more) == "ok");
  CHECK(findings(more) == "import-permit-exceeded critical [-1,-1] (-1,100] ");
  CHECK(w.balance("site:S-MAKER", kAnhydride, "I-1") == 100'000'001);
  CHECK(w.balance("used:IM-1", kAnhydride) == 100 * kKg);
}

TEST_CASE("import: without a licence that fits, the fact is recorded and found", "[steps][border]") {
  const auto found = [](const Members& changes) {
    World w = port();
    const Answer answer = w.submit("import.receive", "MAKER", arrival(changes));
    CHECK(verdict(w, answer) == "ok");
    return findings(answer);
  };
  CHECK(found({{"permit", ""}}).starts_with("imported-without-permit critical"));
  CHECK(found({{"permit", "'NONE'"}}).starts_with("imported-without-permit critical"));
  CHECK(found({{"permit", "'EX-1'"}}).starts_with("imported-without-permit critical"));
  CHECK(found({{"received_on", "'2026-02-28'"}}).starts_with("imported-without-permit critical"));
  CHECK(found({}).empty());
}

TEST_CASE("import: what cannot be is refused", "[steps][border]") {
  World w = port();
  CHECK(does(w, "import.receive", "MAKER", arrival({{"country", "'de'"}})) ==
        "refused payload-form /country:bad_country");
  CHECK(does(w, "import.receive", "MAKER", arrival({{"lot", "'L-1'"}})) == "refused id-taken /lot");
  CHECK(does(w, "import.receive", "MAKER", arrival({{"received_on", "'2026-03-03'"}})) ==
        "refused day-in-future /received_on");
  CHECK(does(w, "import.receive", "BUYER", arrival()) == "refused site-of-another /site");
}

TEST_CASE("export: one licence, one batch", "[steps][border]") {
  World w = port();
  CHECK(does(w, "export.depart", "SELLER", departure({{"quantity", quantity("50.000001 kg")}})) ==
        "refused permit-exhausted /permit");
  CHECK(does(w, "export.depart", "SELLER", departure()) == "ok");
  CHECK(w.balance("exported", kAcetone, "A-1") == 40 * kKg);
  CHECK(w.balance("used:EX-1", kAcetone) == 40 * kKg);
  CHECK(w.balance("lapsed", kAcetone) == 10 * kKg);
  CHECK(w.row<Permit>("EX-1")->status == PermitStatus::used_up);
  CHECK(w.row<Obligation>("write-off:permit:EX-1")->closed == 100);
  CHECK(does(w, "export.depart", "SELLER", departure()) == "refused permit-used /permit");
}

TEST_CASE("export: goods and licence must be there", "[steps][border]") {
  World w = port();
  paper(w, "EX-2", "EXP", "SELLER", kAcetone, 900 * kKg);
  CHECK(
      does(w, "export.depart", "SELLER", departure({{"permit", "'EX-2'"}, {"quantity", quantity("500.000001 kg")}})) ==
      "refused insufficient-stock /quantity");
  CHECK(does(w, "export.depart", "SELLER", departure({{"permit", "'NONE'"}})) == "refused unknown-permit /permit");
  CHECK(does(w, "export.depart", "SELLER", departure({{"permit", "'IM-1'"}})) == "refused permit-not-held /permit");
  CHECK(does(w, "export.depart", "SELLER", departure({{"lot", "'L-2'"}})) == "refused unknown-lot /lot");
  CHECK(does(w, "export.depart", "SELLER", departure({{"departed_on", "'2026-03-03'"}})) ==
        "refused day-in-future /departed_on");
  CHECK(does(w, "export.depart", "SELLER", departure({{"permit", "'EX-2'"}, {"quantity", quantity("500 kg")}})) ==
        "ok");
}
