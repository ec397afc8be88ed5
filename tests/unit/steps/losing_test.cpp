#include <catch2/catch.hpp>

#include "goods.h"

using namespace goods;

namespace {

/// trade() with public security, emergency management and health of the city.
World watched() {
  World w = trade();
  w.agency("PS-CITY", "PS", "C", "360300");
  w.agency("PS-LUXI", "PS", "X", "360323");
  w.agency("EM-CITY", "EM", "C", "360300");
  return w;
}

World watched_road() {
  World w = on_the_road();
  w.agency("PS-CITY", "PS", "C", "360300");
  return w;
}

std::string report(const Members& changes = {}) {
  return payload({{"site", "'S-SELLER'"},
                  {"lot", "'L-1'"},
                  {"quantity", quantity("12 kg")},
                  {"kind", "'stolen'"},
                  {"discovered", "'2026-03-02T01:00:00.000Z'"},
                  {"circumstances", "'仓库门锁被撬'"}},
                 changes);
}

std::string counts(World& w, std::string_view amount) {
  return does(
      w, "stock.count", "SELLER",
      payload({{"site", "'S-SELLER'"}, {"lines", "[" + line("L-1", amount) + "]"}, {"counted_on", "'2026-03-02'"}}));
}

std::string road_count(World& w, std::string_view amount) {
  return does(
      w, "transfer.count", "BUYER",
      payload({{"consignment", "'C-1'"}, {"lines", "[" + line("L-1", amount) + "]"}, {"seals_intact", "'yes'"}}));
}

std::string found(World& w, std::string_view amount, const Members& changes = {}) {
  return does(w, "loss.found", "SELLER",
              payload({{"finding", "'F-100-1'"},
                       {"site", "'S-SELLER'"},
                       {"lot", "'L-1'"},
                       {"quantity", quantity(amount)},
                       {"found_on", "'2026-03-02'"},
                       {"circumstances", "'在隔壁库房找到'"}},
                      changes));
}

std::string explains(World& w, std::string_view author, const Members& changes = {}) {
  return does(w, "finding.explain", author,
              payload({{"finding", "'F-100-1'"}, {"cause", "'leakage'"}, {"statement", "'桶盖渗漏'"}}, changes));
}

std::string closes(World& w, std::string_view verdict, const Members& changes = {}, std::vector<Signer> signers = {}) {
  return does(
      w, "finding.close", "PS-CITY",
      payload({{"finding", "'F-100-1'"}, {"verdict", "'" + std::string(verdict) + "'"}, {"statement", "'已核实'"}},
              changes),
      std::move(signers));
}

std::string concludes(World& w, std::string_view result, const Members& changes = {}, std::vector<Signer> signers = {},
                      std::string_view author = "PS-CITY") {
  return does(w, "loss.conclude", author,
              payload({{"finding", "'F-100-1'"},
                       {"result", "'" + std::string(result) + "'"},
                       {"statement", "'案件已侦结'"},
                       {"case", "'萍公立字〔2026〕12号'"}},
                      changes),
              std::move(signers));
}

const Finding& finding(const World& w, std::string_view id) {
  const Finding* row = w.row<Finding>(id);
  REQUIRE(row);
  return *row;
}

/// "closed accepted 12000000/12000000": state, result, settled of missing.
std::string state_of(const World& w, std::string_view id) {
  const Finding& row = finding(w, id);
  return std::string(name_of(row.state)) + " " + std::string(name_of(row.result)) + " " + std::to_string(row.settled) +
         "/" + std::to_string(row.missing);
}

/// What is still missing by all findings together.
std::int64_t missing_in_all(const World& w) {
  std::int64_t sum = 0;
  for (const char* id : {"F-100-1", "F-101-1", "F-102-1", "F-103-1", "F-104-1"})
    if (const Finding* row = w.row<Finding>(id)) sum += std::max<std::int64_t>(0, row->missing - row->settled);
  return sum;
}

}  // namespace

TEST_CASE("loss: public security and the competent agency are told at the same time", "[steps][losing]") {
  World w = watched();
  CHECK(does(w, "loss.report", "SELLER", report()) == "ok");
  const auto* ps = w.row<Obligation>("loss-case:finding:F-100-1");
  const auto* em = w.row<Obligation>("loss-notice-em:finding:F-100-1");
  REQUIRE(ps);
  REQUIRE(em);
  CHECK(ps->rule == "445-34");
  CHECK(ps->due == em->due);
  CHECK(ps->due.str() == "2026-03-02T16:00:00.000Z");
  CHECK_FALSE(w.row<Obligation>("loss-notice-da:finding:F-100-1"));
}

TEST_CASE("loss at an importer or exporter: commerce is told too", "[steps][losing]") {
  World w = watched();
  w.unit("EXPORTER", "exporter", "360302");
  w.site("S-EXPORTER", "EXPORTER", "360302");
  stock(w, "S-EXPORTER", "E-1", kAnhydride, 50 * kKg);
  CHECK(does(w, "loss.report", "EXPORTER", report({{"site", "'S-EXPORTER'"}, {"lot", "'E-1'"}})) == "ok");
  CHECK(w.row<Obligation>("loss-notice-co:finding:F-100-1"));
}

TEST_CASE("loss of a medicine in a hospital: health and drug agencies are told too", "[steps][losing]") {
  World w = watched();
  stock(w, "S-HOSPITAL", "M-1", kMorphine, kKg);
  CHECK(does(w, "loss.report", "HOSPITAL",
             report({{"site", "'S-HOSPITAL'"}, {"lot", "'M-1'"}, {"quantity", quantity("1 g")}})) == "ok");
  for (const char* kind : {"loss-case", "loss-notice-da", "loss-notice-hc"}) {
    CAPTURE(kind);
    const auto* duty = w.row<Obligation>(std::string(kind) + ":finding:F-100-1");
    REQUIRE(duty);
    CHECK(duty->rule == "442-64");
  }
  CHECK_FALSE(w.row<Obligation>("loss-notice-em:finding:F-100-1"));
}

TEST_CASE("loss: reported the next day is late, and a crime by its amount is worse", "[steps][losing]") {
  World w = watched();
  const Members yesterday = {{"discovered", "'2026-03-01T01:00:00.000Z'"}};
  const Answer late = w.submit("loss.report", "SELLER", report(yesterday));
  CHECK(verdict(w, late) == "ok");
  CHECK(finding(w, "F-100-2").kind == "late-loss-report");
  CHECK(finding(w, "F-100-2").severity == Severity::critical);
  Members little = yesterday;
  little["quantity"] = quantity("3 kg");
  CHECK(does(w, "loss.report", "SELLER", report(little)) == "ok");
  CHECK(finding(w, "F-101-2").severity == Severity::high);
  // Discovered last evening in Shanghai, reported the next morning: "at once" has no hours, the day decides.
  CHECK(does(w, "loss.report", "SELLER", report({{"discovered", "'2026-03-01T16:00:00.000Z'"}})) == "ok");
  CHECK_FALSE(w.row<Finding>("F-102-2"));
}

TEST_CASE("loss: goods that the count has shown missing are not lost twice", "[steps][losing]") {
  World w = watched();
  CHECK(counts(w, "488 kg") == "ok");
  CHECK(missing_in_all(w) == 12 * kKg);
  CHECK(does(w, "loss.report", "SELLER", report()) == "ok");
  CHECK(w.balance("site:S-SELLER", kAnhydride, "L-1") == 488 * kKg);
  CHECK(w.balance("counted", kAnhydride, "L-1") == 0);
  CHECK(w.balance("lost", kAnhydride, "L-1") == 12 * kKg);
  CHECK(state_of(w, "F-100-1") == "closed continued 12000000/12000000");
  CHECK(finding(w, "F-100-1").same_as == "F-101-1");
  CHECK(state_of(w, "F-101-1") == "open none 0/12000000");
  CHECK(missing_in_all(w) == 12 * kKg);
  CHECK(counts(w, "488 kg") == "ok");
  CHECK(missing_in_all(w) == 12 * kKg);
}

TEST_CASE("loss: less reported than counted leaves the rest with the count; further goods are further",
          "[steps][losing]") {
  World w = watched();
  CHECK(counts(w, "488 kg") == "ok");
  CHECK(does(w, "loss.report", "SELLER", report({{"quantity", quantity("5 kg")}})) == "ok");
  CHECK(state_of(w, "F-100-1") == "open none 5000000/12000000");
  CHECK(w.balance("site:S-SELLER", kAnhydride, "L-1") == 488 * kKg);
  CHECK(missing_in_all(w) == 12 * kKg);
  CHECK(does(w, "loss.report", "SELLER", report({{"quantity", quantity("5 kg")}, {"further", "'yes'"}})) == "ok");
  CHECK(w.balance("site:S-SELLER", kAnhydride, "L-1") == 483 * kKg);
  CHECK(missing_in_all(w) == 17 * kKg);
  CHECK(does(w, "loss.report", "SELLER", report({{"finding", "'F-9-1'"}})) == "refused unknown-finding /finding");
  CHECK(does(w, "loss.report", "SELLER", report({{"finding", "'F-100-1'"}, {"further", "'yes'"}})) ==
        "refused payload-form /further:one_of");
}

TEST_CASE("loss on the road: what was reported is not missing again when the receiver counts", "[steps][losing]") {
  World w = watched_road();
  const auto first = std::to_string(w.next());
  CHECK(does(w, "loss.report", "CARRIER",
             report({{"site", ""}, {"consignment", "'C-1'"}, {"quantity", quantity("3 kg")}})) == "ok");
  const Answer count = w.submit(
      "transfer.count", "BUYER",
      payload({{"consignment", "'C-1'"}, {"lines", "[" + line("L-1", "7 kg") + "]"}, {"seals_intact", "'yes'"}}));
  CHECK(verdict(w, count) == "ok");
  const std::string later = "F-" + std::to_string(count.index) + "-1";
  CHECK(state_of(w, later) == "closed continued 3000000/3000000");
  CHECK(finding(w, later).same_as == "F-" + first + "-1");
  CHECK(does(w, "transfer.accept", "BUYER", payload({{"consignment", "'C-1'"}})) == "ok");
  CHECK(w.balance("transit:C-1", kAnhydride, "L-1") == 0);
  CHECK(w.balance("site:S-BUYER", kAnhydride, "L-1") == 7 * kKg);
  CHECK(w.balance("lost", kAnhydride, "L-1") == 3 * kKg);
}

TEST_CASE("loss on the road: after the count the report goes on from the finding, with its interval",
          "[steps][losing]") {
  World w = watched_road();
  const std::int64_t at = w.next();
  CHECK(road_count(w, "8 kg") == "ok");
  CHECK(does(w, "loss.report", "CARRIER",
             report({{"site", ""}, {"consignment", "'C-1'"}, {"quantity", quantity("2 kg")}})) == "ok");
  const Finding& counted = finding(w, "F-" + std::to_string(at) + "-1");
  const Finding& reported = finding(w, "F-" + std::to_string(at + 1) + "-1");
  CHECK(counted.result == FindingResult::continued);
  CHECK(reported.from_index == counted.from_index);
  CHECK(reported.to_index == counted.to_index);
  CHECK(reported.missing - reported.settled == 2 * kKg);
  CHECK(w.balance("transit:C-1", kAnhydride, "L-1") == 8 * kKg);
}

TEST_CASE("found: lost goods come back from where the finding put them, some or all", "[steps][losing]") {
  World w = watched();
  CHECK(does(w, "loss.report", "SELLER", report()) == "ok");
  CHECK(found(w, "5 kg") == "ok");
  CHECK(w.balance("lost", kAnhydride, "L-1") == 7 * kKg);
  CHECK(w.balance("site:S-SELLER", kAnhydride, "L-1") == 493 * kKg);
  CHECK(state_of(w, "F-100-1") == "explained none 5000000/12000000");
  CHECK(found(w, "8 kg") == "ok");
  CHECK(w.balance("lost", kAnhydride, "L-1") == 0);
  CHECK(w.balance("found", kAnhydride, "L-1") == -kKg);
  CHECK(finding(w, "F-102-1").kind == "found-beyond-loss");
  CHECK(finding(w, "F-102-1").missing == -kKg);
  CHECK(w.row<FindingNote>("F-100-1", "002")->act == FindingAct::found);
}

TEST_CASE("found: bad input stores nothing", "[steps][losing]") {
  World w = watched();
  CHECK(does(w, "loss.report", "SELLER", report()) == "ok");
  CHECK(found(w, "5 kg", {{"finding", "'F-1-1'"}}) == "refused unknown-finding /finding");
  CHECK(found(w, "5 kg", {{"site", "'S-BUYER'"}}) == "refused site-of-another /site");
  CHECK(found(w, "5 kg", {{"found_on", "'2026-03-03'"}}) == "refused day-in-future /found_on");
  CHECK(found(w, "5 kg", {{"lot", "'L-9'"}}) == "refused unknown-lot /lot");
  stock(w, "S-SELLER", "L-2", kAnhydride, kKg);
  CHECK(found(w, "1 kg", {{"lot", "'L-2'"}}) == "refused other-goods /finding");
  CHECK(found(w, "5 kg", {{"circumstances", ""}, {"evidence", "[{'name':'a','sha256':'xy'}]"}}) ==
        "refused payload-form /circumstances:required /evidence/0/sha256:bad_hex");
  CHECK(w.balance("lost", kAnhydride, "L-1") == 12 * kKg);
}

TEST_CASE("conclude: public security ends a loss; what is still missing stays in the sum", "[steps][losing]") {
  World w = watched();
  CHECK(does(w, "loss.report", "SELLER", report({{"quantity", quantity("3 kg")}})) == "ok");
  CHECK(concludes(w, "recovered") == "refused not-recovered /result");
  CHECK(concludes(w, "diverted") == "ok");
  CHECK(state_of(w, "F-100-1") == "closed diverted 0/3000000");
  CHECK(finding(w, "F-100-1").case_no == "萍公立字〔2026〕12号");
  CHECK(w.row<Obligation>("loss-case:finding:F-100-1")->closed == 101);
  CHECK(w.row<Obligation>("loss-notice-em:finding:F-100-1")->closed == 101);
  CHECK(w.balance("lost", kAnhydride, "L-1") == 3 * kKg);
  CHECK(missing_in_all(w) == 3 * kKg);
  CHECK(concludes(w, "accounted") == "refused finding-closed /finding");
  // Years on, the goods come to light.
  CHECK(found(w, "3 kg") == "ok");
  CHECK(missing_in_all(w) == 0);
}

TEST_CASE("conclude: two persons for a critical one, and only public security of the place", "[steps][losing]") {
  World w = watched();
  CHECK(does(w, "loss.report", "SELLER", report()) == "ok");
  CHECK(concludes(w, "unexplained") == "refused needs-second-signature /signatures");
  CHECK(concludes(w, "accounted", {}, two(w, "EM-CITY"), "EM-CITY") == "refused not-competent header/party");
  CHECK(concludes(w, "accounted", {}, two(w, "PS-LUXI"), "PS-LUXI") == "refused not-competent /finding");
  CHECK(concludes(w, "accounted", {}, two(w, "SELLER"), "SELLER") == "refused not-an-agency header/party");
  CHECK(concludes(w, "vanished", {}, two(w, "PS-CITY")) == "refused payload-form /result:not_allowed");
  CHECK(concludes(w, "accounted", {}, two(w, "PS-CITY")) == "ok");
  CHECK(state_of(w, "F-100-1") == "closed accounted 12000000/12000000");
}

TEST_CASE("conclude: half of the lowest amount is a crime with an aggravating circumstance", "[steps][losing]") {
  World w = watched();
  CHECK(does(w, "loss.report", "SELLER", report({{"quantity", quantity("5 kg")}})) == "ok");
  CHECK(finding(w, "F-100-1").severity == Severity::high);
  CHECK(concludes(w, "diverted", {{"aggravated", "'yes'"}}) == "ok");
  CHECK(finding(w, "F-100-1").severity == Severity::critical);
  CHECK(does(w, "loss.report", "SELLER", report({{"quantity", quantity("4.999999 kg")}})) == "ok");
  CHECK(concludes(w, "diverted", {{"finding", "'F-102-1'"}, {"aggravated", "'yes'"}}) == "ok");
  CHECK(finding(w, "F-102-1").severity == Severity::medium);
}

TEST_CASE("conclude: a surplus is no loss", "[steps][losing]") {
  World w = watched();
  REQUIRE(counts(w, "510 kg") == "ok");
  REQUIRE(finding(w, "F-100-1").kind == "count-surplus");
  CHECK(concludes(w, "accounted") == "refused no-loss /finding");
}

TEST_CASE("case: no agency is judge of its own finding", "[steps][losing]") {
  World w = watched();
  REQUIRE(counts(w, "488 kg") == "ok");
  Finding own = finding(w, "F-100-1");
  own.party = "PS-CITY";
  w.add(own);
  CHECK(closes(w, "accepted") == "refused own-finding /finding");
  CHECK(concludes(w, "diverted", {}, two(w, "PS-CITY")) == "refused own-finding /finding");
}

TEST_CASE("explain: whom it concerns says why; an agency accepts, rejects or opens a case", "[steps][losing]") {
  World w = watched();
  CHECK(counts(w, "495 kg") == "ok");
  CHECK(closes(w, "accepted") == "refused finding-not-explained /finding");
  CHECK(explains(w, "BUYER") == "refused finding-of-another /finding");
  CHECK(explains(w, "SELLER", {{"quantity", quantity("5.000001 kg")}}) == "refused explains-too-much /quantity");
  CHECK(explains(w, "SELLER") == "ok");
  CHECK(state_of(w, "F-100-1") == "explained none 0/5000000");
  CHECK(closes(w, "rejected") == "ok");
  CHECK(state_of(w, "F-100-1") == "open none 0/5000000");
  CHECK(explains(w, "SELLER", {{"cause", "'weighing'"}}) == "ok");
  CHECK(closes(w, "accepted") == "ok");
  CHECK(state_of(w, "F-100-1") == "closed accepted 5000000/5000000");
  CHECK(explains(w, "SELLER") == "refused finding-closed /finding");
  const auto* last = w.row<FindingNote>("F-100-1", "004");
  REQUIRE(last);
  CHECK(last->act == FindingAct::accepted);
  CHECK(last->party == "PS-CITY");
  CHECK(w.row<FindingNote>("F-100-1", "001")->statement == "桶盖渗漏");
}

TEST_CASE("explain: bad input stores nothing", "[steps][losing]") {
  World w = watched();
  CHECK(counts(w, "495 kg") == "ok");
  CHECK(explains(w, "SELLER", {{"cause", "'magic'"}, {"statement", ""}, {"extra", "1"}}) ==
        "refused payload-form /cause:not_allowed /statement:required /extra:unknown_field");
  CHECK(explains(w, "SELLER", {{"cause", "'same-goods'"}}) == "refused payload-form /same_as:one_of");
  CHECK(explains(w, "SELLER", {{"finding", "'F-1-1'"}}) == "refused unknown-finding /finding");
  CHECK(state_of(w, "F-100-1") == "open none 0/5000000");
}

TEST_CASE("explain: two findings about the same goods become one, and the goods leave the book once",
          "[steps][losing]") {
  World w = watched();
  CHECK(counts(w, "488 kg") == "ok");
  CHECK(does(w, "loss.report", "SELLER", report({{"further", "'yes'"}})) == "ok");
  CHECK(missing_in_all(w) == 24 * kKg);
  CHECK(explains(w, "SELLER", {{"cause", "'same-goods'"}, {"same_as", "'F-101-1'"}}) == "ok");
  CHECK(state_of(w, "F-100-1") == "closed continued 12000000/12000000");
  CHECK(missing_in_all(w) == 12 * kKg);
  CHECK(w.balance("site:S-SELLER", kAnhydride, "L-1") == 488 * kKg);
  CHECK(w.balance("counted", kAnhydride, "L-1") == 0);
}

TEST_CASE("close: a case number opens the case, and a reported loss ends by its conclusion only", "[steps][losing]") {
  World w = watched();
  CHECK(does(w, "loss.report", "SELLER", report({{"quantity", quantity("3 kg")}})) == "ok");
  CHECK(closes(w, "transferred") == "refused payload-form /case:one_of");
  CHECK(closes(w, "transferred", {{"case", "'A-1'"}}) == "ok");
  CHECK(finding(w, "F-100-1").case_no == "A-1");
  CHECK(finding(w, "F-100-1").state == FindingState::open);
  CHECK(w.row<Obligation>("loss-case:finding:F-100-1")->closed == 101);
  CHECK(w.row<Obligation>("loss-notice-em:finding:F-100-1")->closed == kNone);
  CHECK(explains(w, "SELLER") == "ok");
  CHECK(closes(w, "accepted") == "refused loss-needs-conclusion /verdict");
  CHECK(does(w, "finding.close", "SELLER",
             payload({{"finding", "'F-100-1'"}, {"verdict", "'accepted'"}, {"statement", "'好'"}})) ==
        "refused not-an-agency header/party");
}

TEST_CASE("close: two persons for a critical finding", "[steps][losing]") {
  World w = watched();
  CHECK(counts(w, "400 kg") == "ok");
  CHECK(explains(w, "SELLER") == "ok");
  CHECK(closes(w, "accepted") == "refused needs-second-signature /signatures");
  CHECK(closes(w, "accepted", {}, two(w, "PS-CITY")) == "ok");
}
