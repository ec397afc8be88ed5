#include <catch2/catch.hpp>

#include "goods.h"

using namespace goods;

namespace {

constexpr std::string_view kNumber = "'0011223344556677889900112233445566778899001122334455667788990011'";

/// Ten ampoules of 10 mg morphine hydrochloride in a box: 7592 ug of base each.
std::string ampoules(std::string_view lot, std::string_view amount, const Members& pack = {}) {
  return payload({{"lot", "'" + std::string(lot) + "'"},
                  {"substance", "'N-18'"},
                  {"quantity", quantity(amount)},
                  {"expiry", "'2027-05-31'"},
                  {"pack", payload({{"form", "'injection'"},
                                    {"salt", "'hydrochloride-3h2o'"},
                                    {"strength", quantity("10 mg")},
                                    {"per_strip", "5"},
                                    {"per_box", "10"},
                                    {"code", "'8112345'"}},
                                   pack)}});
}

std::string opens(World& w, const std::string& line, std::string_view unit = "HOSPITAL") {
  return does(w, "stock.open", unit, "{'site':'S-" + std::string(unit) + "','lines':[" + line + "]}", two(w, unit));
}

/// An officer and the pharmacist of the hospital.
std::vector<Signer> checked(World& w) {
  std::vector<Signer> signers = two(w, "HOSPITAL");
  signers[1].officer = "PH-1";
  return signers;
}

/// The hospital with its seal card, a ward, and 20 boxes of ampoules M-1.
World hospital() {
  World w = market();
  w.site("S-WARD", "HOSPITAL", "360302", "ward");
  w.add(Officer{"PH-1", "HOSPITAL", "pharmacist", 0});
  paper(w, "YJK-1", "YJK", "HOSPITAL", kMorphine, 0);
  ensure(opens(w, ampoules("M-1", "20 box")) == "ok", "the ampoules are there");
  return w;
}

std::string prescribed(std::string_view lot, std::string_view amount, int days = 1, int doses = 1,
                       std::string_view codes = "") {
  return "{'lot':'" + std::string(lot) + "','quantity':" + quantity(amount) + ",'days':" + std::to_string(days) +
         ",'doses':" + std::to_string(doses) + (codes.empty() ? "" : ",'codes':[" + std::string(codes) + "]") + "}";
}

std::string prescription(const Members& changes = {}) {
  return payload({{"site", "'S-HOSPITAL'"},
                  {"prescription", std::string(kNumber)},
                  {"written_on", "'2026-03-02'"},
                  {"dispensed_on", "'2026-03-02'"},
                  {"patient", "'inpatient'"},
                  {"given", "'inside'"},
                  {"minor", "'no'"},
                  {"permit", "'YJK-1'"},
                  {"pharmacist", "'PH-1'"},
                  {"lines", "[" + prescribed("M-1", "2 pcs") + "]"}},
                 changes);
}

std::string line(std::string_view text) { return "[" + std::string(text) + "]"; }

/// The findings of a dispensing that is recorded.
std::string found(World& w, const Members& changes) {
  const Answer answer = w.submit("use.dispense", "HOSPITAL", prescription(changes), checked(w));
  CHECK(verdict(w, answer) == "ok");
  std::string out;
  for (const auto& change : answer.outcome.changes<Finding>()) out += (out.empty() ? "" : " ") + change.after.kind;
  return out;
}
std::string found(const Members& changes) {
  World w = hospital();
  return found(w, changes);
}

std::string destroys(World& w, const Members& changes, std::vector<Signer> signers = {}) {
  return does(
      w, "destruction.record", "HOSPITAL",
      payload({{"site", "'S-HOSPITAL'"}, {"lot", "'M-1'"}, {"method", "'冲洗'"}, {"destroyed_on", "'2026-03-02'"}},
              changes),
      std::move(signers));
}

}  // namespace

TEST_CASE("package: ten milligrams of morphine hydrochloride are 7592 micrograms of base, exactly",
          "[steps][medicines]") {
  World w = hospital();
  CHECK(w.balance("site:S-HOSPITAL", kMorphine, "M-1") == 200 * 7592);
  REQUIRE(w.row<Pack>("M-1"));
  CHECK(w.row<Pack>("M-1")->strength == 10'000);
  CHECK(w.row<Pack>("M-1")->factor == 7592);
  CHECK(w.row<Lot>("M-1")->piece == 7592);
  CHECK(w.row<Lot>("M-1")->strip == 5);
  CHECK(w.row<Lot>("M-1")->box == 10);
  CHECK(w.row<Lot>("M-1")->purity_ppm == 1'000'000);
}

TEST_CASE("package: a piece whose base is no whole microgram is rounded once, and every box is a multiple",
          "[steps][medicines]") {
  World w = market();
  const Members methylphenidate = {
      {"form", "'controlled-release'"}, {"salt", "'hydrochloride'"}, {"strength", quantity("18 mg")}};
  std::string text = ampoules("R-1", "1000 pcs", methylphenidate);
  text.replace(text.find("'N-18'"), 6, "'P1-11'");
  CHECK(opens(w, text) == "ok");
  CHECK(w.row<Lot>("R-1")->piece == 15'568);
  CHECK(w.balance("site:S-HOSPITAL", "P1-11", "R-1") == 15'568'000);
}

TEST_CASE("package: of a precursor the salt is booked, and its share of base is the purity", "[steps][medicines]") {
  World w = market();
  std::string text =
      ampoules("E-1", "60000 pcs", {{"form", "'oral'"}, {"salt", "'hydrochloride'"}, {"strength", quantity("25 mg")}});
  text.replace(text.find("'N-18'"), 6, "'CN1-12a'");
  CHECK(opens(w, text) == "ok");
  CHECK(w.balance("site:S-HOSPITAL", kEphedrine, "E-1") == 1'500'000);
  CHECK(w.row<Lot>("E-1")->purity_ppm == 819'200);
}

TEST_CASE("package: every bad field of it is told at once and nothing is stored", "[steps][medicines]") {
  World w = market();
  const std::string before = everything(w.facts());
  CHECK(opens(w, ampoules("M-9", "1 box",
                          {{"form", "'powder'"}, {"per_box", "7"}, {"code", "'95200018'"}, {"salt", ""}})) ==
        "refused payload-form /lines/0/pack/form:not_allowed /lines/0/pack/salt:required "
        "/lines/0/pack/per_box:not_whole_strips /lines/0/pack/code:bad_product_code");
  CHECK(opens(w, ampoules("M-9", "1 box", {{"salt", "'citrate'"}})) == "refused unknown-salt /lines/0/pack/salt");
  CHECK(opens(w, ampoules("M-9", "1 box", {{"strength", quantity("0.0004 mg")}})) ==
        "refused quantity-too-fine /lines/0/pack/strength");
  CHECK(opens(w, ampoules("M-9", "1.5 pcs")) == "refused pieces-not-whole /lines/0/quantity");
  CHECK(opens(w, ampoules("M-9", "7593 ug")) == "refused pieces-not-whole /lines/0/quantity");
  CHECK(opens(w, ampoules("M-9", "1 box", {{"per_box", ""}})) == "refused package-level-unknown /lines/0/quantity");
  w.unit("HOSPITAL", "hospital", "360302");
  CHECK(does(w, "stock.open", "HOSPITAL", "{'site':'S-HOSPITAL','lines':[" + ampoules("M-9", "1 box") + "]}") ==
        "refused needs-second-signature /signatures");
  CHECK_FALSE(w.row<Lot>("M-9"));
}

TEST_CASE("dispensing: whole ampoules go to a patient, and the prescription is kept three years",
          "[steps][medicines]") {
  World w = hospital();
  CHECK(does(w, "use.dispense", "HOSPITAL", prescription(), checked(w)) == "ok");
  CHECK(w.balance("site:S-HOSPITAL", kMorphine, "M-1") == 198 * 7592);
  CHECK(w.balance("dispensed", kMorphine, "M-1") == 2 * 7592);
  const std::string id = "2026-03-02:" + std::string(kNumber.substr(1, 64));
  REQUIRE(w.row<Prescription>(id));
  CHECK(w.row<Prescription>(id)->keep_until == Date::of(2029, 3, 2));
  CHECK(w.row<Empties>("HOSPITAL", "M-1")->held == 2);
}

TEST_CASE("dispensing: two persons sign, one of them the pharmacist who checked it", "[steps][medicines]") {
  World w = hospital();
  const auto by = [&](std::vector<Signer> signers, const Members& changes = {}) {
    return does(w, "use.dispense", "HOSPITAL", prescription(changes), std::move(signers));
  };
  CHECK(by({w.officer("HOSPITAL")}) == "refused needs-second-signature /signatures");
  CHECK(by(two(w, "HOSPITAL")) == "refused needs-pharmacist /pharmacist");
  CHECK(by(checked(w), {{"pharmacist", ""}}) == "refused needs-pharmacist /pharmacist");
  w.add(Officer{"PH-1", "HOSPITAL", "keeper", 0});
  CHECK(by(checked(w)) == "refused needs-pharmacist /pharmacist");
}

TEST_CASE("dispensing: bad fields are all told and nothing is stored", "[steps][medicines]") {
  World w = hospital();
  CHECK(
      does(w, "use.dispense", "HOSPITAL",
           prescription(
               {{"prescription", "'12'"}, {"patient", "'friend'"}, {"dispensed_on", "'2026-03-01'"}, {"minor", ""}})) ==
      "refused payload-form /prescription:bad_commitment /dispensed_on:before_writing /patient:not_allowed "
      "/minor:required");
  CHECK(does(w, "use.dispense", "HOSPITAL", prescription({{"lines", line(prescribed("M-1", "201 pcs"))}}),
             checked(w)) == "refused insufficient-stock /lines/0/quantity");
  CHECK(does(w, "use.dispense", "HOSPITAL", prescription({{"lines", line(prescribed("M-1", "5 mg"))}}), checked(w)) ==
        "refused pieces-not-whole /lines/0/quantity");
}

TEST_CASE("dispensing: the limit depends on form and patient; beyond it is recorded and found", "[steps][medicines]") {
  const auto given = [](std::string_view patient, std::string_view where, int days, int doses) {
    return found({{"patient", "'" + std::string(patient) + "'"},
                  {"given", "'" + std::string(where) + "'"},
                  {"lines", line(prescribed("M-1", "2 pcs", days, doses))}});
  };
  CHECK(given("inpatient", "inside", 1, 4).empty());
  CHECK(given("inpatient", "inside", 2, 4) == "prescription-over-limit");
  CHECK(given("cancer-pain", "home", 3, 9).empty());
  CHECK(given("cancer-pain", "home", 4, 9) == "prescription-over-limit");
  CHECK(given("ordinary", "inside", 1, 1).empty());
  CHECK(given("ordinary", "inside", 1, 2) == "prescription-over-limit");
  CHECK(given("ordinary", "home", 1, 1) == "prescription-over-limit");
}

TEST_CASE("dispensing: class 2 psychotropics last a week, longer only for a stated reason", "[steps][medicines]") {
  World w = hospital();
  std::string text =
      ampoules("D-1", "1000 pcs", {{"form", "'oral'"}, {"salt", "'base'"}, {"strength", quantity("2.5 mg")}});
  text.replace(text.find("'N-18'"), 6, "'P2-24'");
  REQUIRE(opens(w, text) == "ok");
  int n = 0;
  const auto given = [&](int days, std::string_view reason) {
    std::string number(kNumber);
    number[1] = static_cast<char>('1' + n++);
    return found(w, {{"prescription", number},
                     {"patient", "'ordinary'"},
                     {"given", "'home'"},
                     {"reason", std::string(reason)},
                     {"lines", line(prescribed("D-1", "14 pcs", days, 14))}});
  };
  CHECK(given(7, "").empty());
  CHECK(given(8, "") == "prescription-over-limit");
  CHECK(given(8, "'慢性病'").empty());
}

TEST_CASE("dispensing: what is late, repeated or without a card is recorded and found", "[steps][medicines]") {
  CHECK(found({{"written_on", "'2026-03-01'"}}) == "prescription-stale");
  CHECK(found({{"written_on", "'2026-02-28'"}, {"valid_days", "3"}}).empty());
  CHECK(found({{"written_on", "'2026-02-27'"}, {"valid_days", "9"}}) == "prescription-stale");
  CHECK(found({{"permit", ""}}) == "dispensed-without-card");
  CHECK(found({{"permit", "'NONE'"}}) == "dispensed-without-card");
  World w = hospital();
  CHECK(found(w, {}).empty());
  CHECK(found(w, {}) == "prescription-filled-again");
}

TEST_CASE("dispensing: no traceability code comes twice, nor that of another product", "[steps][medicines]") {
  World w = hospital();
  const auto with = [&](std::string_view number, std::string_view codes) {
    std::string text(kNumber);
    text[1] = number[0];
    return found(w, {{"prescription", text}, {"lines", line(prescribed("M-1", "1 pcs", 1, 1, codes))}});
  };
  CHECK(with("1", "'81123450000000000001'").empty());
  CHECK(with("2", "'81123450000000000002'").empty());
  CHECK(with("3", "'81123450000000000001'") == "code-used-twice");
  CHECK(with("4", "'70000000000000000001'") == "code-of-other-product");
  CHECK(w.row<TraceCode>("81123450000000000002")->lot == "M-1");
}

TEST_CASE("retail: narcotics never, class 2 psychotropics to no minor", "[steps][medicines]") {
  World w = market();
  const auto sells = [&](std::string_view code, std::string_view minor) {
    const std::string lot = "T-" + std::string(code) + std::string(minor);
    std::string text = ampoules(lot, "100 pcs", {{"form", "'oral'"}, {"salt", "'base'"}});
    text.replace(text.find("'N-18'"), 6, "'" + std::string(code) + "'");
    ensure(opens(w, text, "SELLER") == "ok", "the shop has it");
    w.add(Officer{"PH-1", "SELLER", "pharmacist", 0});
    std::vector<Signer> signers = two(w, "SELLER");
    signers[1].officer = "PH-1";
    std::string number(kNumber);
    number[1] = static_cast<char>('0' + lot.size() % 10);
    const Answer answer = w.submit("use.dispense", "SELLER",
                                   prescription({{"site", "'S-SELLER'"},
                                                 {"prescription", number},
                                                 {"patient", "'ordinary'"},
                                                 {"given", "'home'"},
                                                 {"permit", ""},
                                                 {"minor", "'" + std::string(minor) + "'"},
                                                 {"lines", line(prescribed(lot, "1 pcs"))}}),
                                   signers);
    return findings(answer);
  };
  CHECK(sells("P2-24", "no").empty());
  CHECK(sells("P2-24", "yes").starts_with("sold-to-minor"));
  CHECK(sells("N-18", "no").starts_with("sold-at-retail"));
}

TEST_CASE("ward: two persons take ampoules up and bring unused ones back", "[steps][medicines]") {
  World w = hospital();
  const auto moves = [&](std::string_view from, std::string_view to, std::string_view amount, std::vector<Signer> by) {
    return does(w, "storage.move", "HOSPITAL",
                payload({{"from_site", "'" + std::string(from) + "'"},
                         {"to_site", "'" + std::string(to) + "'"},
                         {"lot", "'M-1'"},
                         {"quantity", quantity(amount)}}),
                std::move(by));
  };
  CHECK(moves("S-HOSPITAL", "S-WARD", "1 box", {w.officer("HOSPITAL")}) ==
        "refused needs-second-signature /signatures");
  CHECK(moves("S-HOSPITAL", "S-WARD", "4 mg", two(w, "HOSPITAL")) == "refused pieces-not-whole /quantity");
  CHECK(moves("S-HOSPITAL", "S-WARD", "1 box", two(w, "HOSPITAL")) == "ok");
  CHECK(moves("S-WARD", "S-HOSPITAL", "1 strip", two(w, "HOSPITAL")) == "ok");
  CHECK(w.balance("site:S-WARD", kMorphine, "M-1") == 5 * 7592);
}

TEST_CASE("remainder: what was given and what was poured away are whole ampoules together", "[steps][medicines]") {
  World w = hospital();
  const Members six_four = {{"used", quantity("4592 ug")}, {"quantity", quantity("3 mg")}};
  CHECK(destroys(w, six_four, {w.officer("HOSPITAL")}) == "refused needs-second-signature /signatures");
  CHECK(destroys(w, {{"used", quantity("4 mg")}, {"quantity", quantity("3 mg")}}, two(w, "HOSPITAL")) ==
        "refused residue-not-whole /used");
  CHECK(destroys(w, {{"used", quantity("10 pcs")}, {"quantity", quantity("1 pcs")}}, two(w, "HOSPITAL")) ==
        "refused residue-not-whole /used");
  CHECK(destroys(w, {{"used", quantity("1 pcs")}, {"quantity", quantity("1 pcs")}}, two(w, "HOSPITAL")) ==
        "refused residue-not-whole /used");
  CHECK(destroys(w, six_four, two(w, "HOSPITAL")) == "ok");
  CHECK(w.balance("used", kMorphine, "M-1") == 4592);
  CHECK(w.balance("destroyed", kMorphine, "M-1") == 3000);
  CHECK(w.balance("site:S-HOSPITAL", kMorphine, "M-1") == 199 * 7592);
  CHECK(w.row<Empties>("HOSPITAL", "M-1")->held == 1);
  w.unit("HOSPITAL", "user", "360302");
  CHECK(destroys(w, six_four, two(w, "HOSPITAL")) == "refused residue-only-in-hospital /used");
}

TEST_CASE("empties: they come back, are counted, and are destroyed by two persons", "[steps][medicines]") {
  World w = hospital();
  const auto returns = [&](int pieces) {
    return w.submit("use.empties", "HOSPITAL",
                    "{'site':'S-HOSPITAL','received_on':'2026-03-02','lines':[{'lot':'M-1','pieces':" +
                        std::to_string(pieces) + "}]}",
                    two(w, "HOSPITAL"));
  };
  CHECK(found(w, {{"patient", "'cancer-pain'"}, {"given", "'home'"}}).empty());
  CHECK(w.row<Empties>("HOSPITAL", "M-1")->due == 2);
  CHECK(destroys(w, {{"empties", "1"}}, two(w, "HOSPITAL")) == "refused empties-not-held /empties");
  CHECK(findings(returns(1)).empty());
  CHECK(findings(returns(2)).starts_with("empties-surplus medium [-7592,-7592]"));
  CHECK(w.row<Empties>("HOSPITAL", "M-1")->due == 0);
  CHECK(destroys(w, {{"empties", "3"}}, {w.officer("HOSPITAL")}) == "refused needs-second-signature /signatures");
  CHECK(destroys(w, {{"empties", "3"}, {"quantity", quantity("1 pcs")}}) == "refused payload-form /empties:one_of");
  CHECK(destroys(w, {{"empties", "3"}}, two(w, "HOSPITAL")) == "ok");
  CHECK(w.row<Empties>("HOSPITAL", "M-1")->destroyed == 3);
  stock(w, "S-HOSPITAL", "B-1", kMorphine, 1000);
  CHECK(does(w, "use.empties", "HOSPITAL",
             "{'site':'S-HOSPITAL','received_on':'2026-03-02','lines':[{'lot':'B-1','pieces':1}]}") ==
        "refused no-empties-of-lot /lines/0/lot");
}

TEST_CASE("destruction of whole ampoules still needs the agency", "[steps][medicines]") {
  World w = hospital();
  CHECK(destroys(w, {{"quantity", quantity("1 box")}}, two(w, "HOSPITAL")) == "refused needs-agency-witness /witness");
  CHECK(destroys(w, {{"quantity", quantity("1 box")}, {"witness", "'DA-CITY'"}},
                 {w.officer("HOSPITAL"), w.admin("DA-CITY")}) == "ok");
}

TEST_CASE("count: a missing ampoule is a finding, a weighing within the instrument's uncertainty is not",
          "[steps][medicines]") {
  World w = hospital();
  stock(w, "S-MAKER", "A-1", kAcetone, 100 * kKg);
  const auto counts = [&](std::string_view site, std::string_view unit, std::string_view lot, std::string_view amount,
                          std::string_view instrument = "") {
    return findings(w.submit("stock.count", unit,
                             payload({{"site", "'" + std::string(site) + "'"},
                                      {"counted_on", "'2026-03-02'"},
                                      {"lines", line(goods::line(lot, amount))},
                                      {"instrument", std::string(instrument)}}),
                             two(w, unit)));
  };
  CHECK(counts("S-HOSPITAL", "HOSPITAL", "M-1", "199 pcs").starts_with("count-shortage"));
  CHECK(counts("S-HOSPITAL", "HOSPITAL", "M-1", "199 pcs").empty());
  const std::string fine = "{'name':'TCS-150','uncertainty':" + quantity("10 g") + "}";
  const std::string rough = "{'name':'TCS-150','uncertainty':" + quantity("50 kg") + "}";
  CHECK(counts("S-MAKER", "MAKER", "A-1", "99.991 kg", fine).empty());
  CHECK(w.row<Measurement>("site:S-MAKER", "A-1")->uncertainty == 10'000);
  CHECK(counts("S-MAKER", "MAKER", "A-1", "99.960 kg", fine).starts_with("count-shortage"));
  // Whatever an instrument claims, it explains one part in a hundred at most.
  CHECK(counts("S-MAKER", "MAKER", "A-1", "98.5 kg", rough).starts_with("count-shortage"));
}

TEST_CASE("delivery: the wholesaler brings narcotics to the pharmacy; the hospital does not collect",
          "[steps][medicines]") {
  World w = hospital();
  w.unit("WHOLESALER", "wholesaler", "360302");
  stock(w, "S-WHOLESALER", "W-1", kMorphine, 1'000'000);
  Sale sold;
  sold.id = "X-N";
  sold.seller = "WHOLESALER";
  sold.buyer = "HOSPITAL";
  sold.substance = kMorphine;
  sold.amount = 1'000'000;
  sold.permit = "YJK-1";
  w.add(sold);
  paper(w, "NP-1", "NP-TRAN", "WHOLESALER", kMorphine, 1'000'000);
  const auto sends = [&](const Members& changes, std::vector<Signer> by) {
    return does(w, "transfer.dispatch", "WHOLESALER", dispatch([&] {
                  Members all = {{"receiver", "'HOSPITAL'"},  {"from_site", "'S-WHOLESALER'"},
                                 {"to_site", "'S-HOSPITAL'"}, {"sale", "'X-N'"},
                                 {"permit", "'NP-1'"},        {"lines", line(goods::line("W-1", "500 mg"))}};
                  for (const auto& [name, value] : changes) all[name] = value;
                  return all;
                }()),
                std::move(by));
  };
  CHECK(sends({}, {w.officer("WHOLESALER")}) == "refused needs-second-signature /signatures");
  CHECK(sends({{"to_site", "'S-WARD'"}}, two(w, "WHOLESALER")) == "refused delivery-to-pharmacy /to_site");
  w.unit("HOSPITAL", "carrier,hospital", "360302");
  CHECK(sends({{"carrier", "'HOSPITAL'"}}, two(w, "WHOLESALER")) == "refused hospital-may-not-collect /carrier");
  CHECK(sends({}, two(w, "WHOLESALER")) == "ok");
}
