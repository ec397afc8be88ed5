#include <catch2/catch.hpp>

#include "goods.h"
#include "registry/rules/escalation.h"

using namespace goods;

namespace {

/// Pingxiang and Nanchang with the agencies that issue papers, a factory, a trader, a hospital and a wholesaler.
World cities() {
  World w = market();
  w.agency("PS-X", "PS", "X", "360302");
  w.agency("PS-FAR", "PS", "C", "360100");
  w.agency("EM-CITY", "EM", "C", "360300");
  w.agency("HC-CITY", "HC", "C", "360300");
  w.agency("DA-JX", "DA", "P", "360000");
  w.unit("CONSIGNEE", "user", "360102");
  return w;
}

Members plain(const char* no, const char* kind, const char* holder, const char* substance, const char* from,
              const char* to) {
  const auto q = [](std::string_view text) { return "'" + std::string(text) + "'"; };
  return {{"permit", q(no)},       {"kind", q(kind)},
          {"holder", q(holder)},   {"lines", "[{'substance':" + q(substance) + "}]"},
          {"valid_from", q(from)}, {"valid_to", q(to)},
          {"purpose", "'x'"}};
}

std::string issues(World& w, const char* agency, const Members& members) {
  return does(w, "permit.issue", agency, payload(members));
}

/// The last day of an open obligation; "... closed" of one that is done.
std::string due(const World& w, const std::string& id) {
  const auto* row = w.row<Obligation>(id);
  if (!row) return "none";
  return local_date(row->due.plus_ms(-1)).str() + (row->closed == kNone ? "" : " closed");
}

/// "overdue 1 high": where the obligation stands on the ladder at noon of a day.
std::string stands(const World& w, const std::string& id, int y, int m, int d) {
  const auto* row = w.row<Obligation>(id);
  REQUIRE(row);
  const Standing at = standing_of(w.rules(), *row, end_of(Date::of(y, m, d)).plus_ms(-1000));
  REQUIRE(at.step);
  return at.step->stage + " " + std::string(name_of(at.step->severity));
}

std::string report(std::string_view kind, std::string_view about, std::string_view more = "") {
  return "{'kind':'" + std::string(kind) + "','about':'" + std::string(about) + "','at_index':1,'hash':'" +
         std::string(64, 'a') + "'" + std::string(more) + "}";
}

Members production(const char* lot, const char* day) {
  return {{"site", "'S-MAKER'"},
          {"lot", "'" + std::string(lot) + "'"},
          {"substance", "'CN2-02'"},
          {"quantity", quantity("80 kg")},
          {"produced_on", "'" + std::string(day) + "'"}};
}

std::string made(World& w, const char* lot, const char* day) {
  const Answer answer = w.submit("production.record", "MAKER", payload(production(lot, day)));
  return verdict(w, answer) + " " + findings(answer);
}

}  // namespace

TEST_CASE("seal card: its renewal is due three months before it ends; an application in time is enough",
          "[steps][duties]") {
  World w = cities();
  REQUIRE(issues(w, "HC-CITY", plain("YJK-1", "YJK", "HOSPITAL", "N-18", "2026-03-02", "2028-06-30")) == "ok");
  CHECK(due(w, "renew:permit:YJK-1") == "2028-03-30");
  CHECK(w.row<Obligation>("renew:permit:YJK-1")->rule == "renew-yjk");
  CHECK(w.rules().rule_text("renew-yjk")->article.find("421号") != std::string::npos);
  CHECK(stands(w, "renew:permit:YJK-1", 2028, 3, 30) == "due-soon low");
  CHECK(stands(w, "renew:permit:YJK-1", 2028, 3, 31) == "overdue medium");
  w.go_to("2028-03-20");
  const std::string asks = payload({{"application", "'A-1'"},
                                    {"agency", "'HC-CITY'"},
                                    {"kind", "'YJK'"},
                                    {"purpose", "'换领'"},
                                    {"lines", "[{'substance':'N-18'},{'substance':'P1-07'}]"}});
  REQUIRE(does(w, "permit.apply", "HOSPITAL", asks) == "ok");
  CHECK(due(w, "renew:permit:YJK-1") == "2028-03-30 closed");
}

TEST_CASE("seal card: the health agency decides in forty working days, and tells the others of the card",
          "[steps][duties]") {
  World w = cities();
  const std::string asks = payload({{"application", "'A-1'"},
                                    {"agency", "'HC-CITY'"},
                                    {"kind", "'YJK'"},
                                    {"purpose", "'新办'"},
                                    {"lines", "[{'substance':'N-18'}]"}});
  REQUIRE(does(w, "permit.apply", "HOSPITAL", asks) == "ok");
  CHECK(w.row<Obligation>("decide-permit:application:A-1")->party == "HC-CITY");
  CHECK(w.rules().deadline("decide-442-36").days == 40);
  Members card = plain("YJK-1", "YJK", "HOSPITAL", "N-18", "2026-03-02", "2028-06-30");
  card["application"] = "'A-1'";
  REQUIRE(issues(w, "HC-CITY", card) == "ok");
  CHECK(w.row<Obligation>("decide-permit:application:A-1")->closed != kNone);
  CHECK(due(w, "tell-card:permit:YJK-1") == "2026-03-09");
  CHECK(w.row<Obligation>("tell-card:permit:YJK-1")->party == "HC-CITY");
  CHECK(stands(w, "tell-card:permit:YJK-1", 2026, 3, 10) == "overdue medium");
  CHECK(does(w, "report.file", "HOSPITAL", report("card-notice", "YJK-1")) == "refused not-an-agency header/party");
  REQUIRE(does(w, "report.file", "HC-CITY", report("card-notice", "YJK-1")) == "ok");
  CHECK(due(w, "tell-card:permit:YJK-1") == "2026-03-09 closed");
}

TEST_CASE("seal card: a hospital buys from wholesalers of its own province", "[steps][duties]") {
  World w = market();
  w.unit("ABROAD", "wholesaler", "430102");
  paper(w, "PF-1", "NP-TRADE", "ABROAD", kMorphine, 0);
  paper(w, "PF-2", "NP-TRADE", "WHOLESALER", kMorphine, 0);
  paper(w, "YJK-1", "YJK", "HOSPITAL", kMorphine, 0);
  const auto sells = [&](const char* seller, const char* licence) {
    return does(w, "sale.record", seller,
                sale({{"buyer", "'HOSPITAL'"},
                      {"substance", "'N-18'"},
                      {"quantity", quantity("1 g")},
                      {"licence", "'" + std::string(licence) + "'"},
                      {"permit", "'YJK-1'"}}));
  };
  CHECK(sells("ABROAD", "PF-1") == "refused channel-forbidden /buyer");
  CHECK(sells("WHOLESALER", "PF-2") == "ok");
}

TEST_CASE("storage: narcotics do not cross a border between two stores without a certificate", "[steps][making]") {
  World w = market();
  stock(w, "S-SELLER", "M-1", kMorphine, 1'000'000);
  CHECK(does(w, "storage.move", "SELLER",
             payload({{"from_site", "'S-SELLER'"},
                      {"to_site", "'S-SELLER-FAR'"},
                      {"lot", "'M-1'"},
                      {"quantity", quantity("1 g")}}),
             two(w, "SELLER")) == "refused storage-move-crosses-border /to_site");
  const Members sent = {
      {"receiver", "'SELLER'"}, {"to_site", "'S-SELLER-FAR'"}, {"sale", ""}, {"lines", "[" + line("M-1", "1 g") + "]"}};
  CHECK(does(w, "transfer.dispatch", "SELLER", dispatch(sent), two(w, "SELLER")) ==
        "refused transport-permit-required /permit");
}

TEST_CASE("renewal: the next paper of the line closes it and opens its own", "[steps][duties]") {
  World w = cities();
  REQUIRE(issues(w, "EM-CITY", plain("F-1", "C2T-FILE", "SELLER", "CN2-02", "2026-03-02", "2028-12-31")) == "ok");
  CHECK(due(w, "renew:permit:F-1") == "2028-12-31");
  w.go_to("2028-12-01");
  REQUIRE(issues(w, "EM-CITY", plain("F-2", "C2T-FILE", "SELLER", "CN2-02", "2028-12-01", "2031-11-30")) == "ok");
  CHECK(due(w, "renew:permit:F-1") == "2028-12-31 closed");
  CHECK(due(w, "renew:permit:F-2") == "2031-11-30");
  // One for other substances is another line.
  REQUIRE(issues(w, "EM-CITY", plain("F-3", "C2T-FILE", "SELLER", "CN2-01", "2028-12-01", "2031-11-30")) == "ok");
  CHECK(due(w, "renew:permit:F-2") == "2031-11-30");
  CHECK(due(w, "renew:permit:F-3") == "2031-11-30");
  // One for both takes the place of both.
  Members both = plain("F-4", "C2T-FILE", "SELLER", "CN2-02", "2028-12-01", "2031-11-29");
  both["lines"] = "[{'substance':'CN2-01'},{'substance':'CN2-02'}]";
  REQUIRE(issues(w, "EM-CITY", both) == "ok");
  CHECK(due(w, "renew:permit:F-2") == "2031-11-30 closed");
  CHECK(due(w, "renew:permit:F-3") == "2031-11-30 closed");
  CHECK(due(w, "renew:permit:F-4") == "2031-11-29");
}

TEST_CASE("renewal: nothing is left to renew of a paper that is taken back or closed", "[steps][duties]") {
  World w = cities();
  for (const char* no : {"F-1", "F-2"}) {
    Members members =
        plain(no, "C2T-FILE", std::string_view(no) == "F-1" ? "SELLER" : "MAKER", "CN2-02", "2026-03-02", "2028-12-31");
    REQUIRE(issues(w, "EM-CITY", members) == "ok");
  }
  REQUIRE(does(w, "permit.suspend", "EM-CITY", "{'permit':'F-1','cause':'doubt','reason':'x'}") == "ok");
  CHECK(due(w, "renew:permit:F-1") == "2028-12-31");
  REQUIRE(does(w, "permit.revoke", "EM-CITY", "{'permit':'F-1','reason':'x'}") == "ok");
  CHECK(due(w, "renew:permit:F-1") == "2028-12-31 closed");
  REQUIRE(does(w, "permit.close", "MAKER", "{'permit':'F-2','statement':'停产'}") == "ok");
  CHECK(due(w, "renew:permit:F-2") == "2028-12-31 closed");
}

TEST_CASE("transport certificate of medicines: renewed in its last month, handed back within three months after",
          "[steps][duties]") {
  World w = cities();
  Members members = plain("YZ-1", "NP-TRAN", "WHOLESALER", "N-18", "2026-03-02", "2026-12-31");
  members["lines"] = "[{'substance':'N-18','quantity':" + quantity("100 g") + "}]";
  REQUIRE(issues(w, "DA-CITY", members) == "ok");
  CHECK(due(w, "renew:permit:YZ-1") == "2026-12-31");
  CHECK(due(w, "hand-back:permit:YZ-1") == "2027-03-31");
  w.go_to("2027-01-04");
  REQUIRE(does(w, "permit.close", "WHOLESALER", "{'permit':'YZ-1','statement':'未使用'}") == "ok");
  CHECK(due(w, "renew:permit:YZ-1") == "2026-12-31 closed");
  // Written off is not handed back.
  CHECK(due(w, "hand-back:permit:YZ-1") == "2027-03-31");
  CHECK(stands(w, "hand-back:permit:YZ-1", 2027, 4, 1) == "overdue medium");
  REQUIRE(does(w, "report.file", "WHOLESALER", report("certificate-return", "YZ-1")) == "ok");
  CHECK(due(w, "hand-back:permit:YZ-1") == "2027-03-31 closed");
  CHECK(w.row<Duty>("hand-back:YZ-1")->closed != kNone);
}

TEST_CASE("monthly reports: a standing paper of medicines or pharmaceutical precursors opens them", "[steps][duties]") {
  World w = cities();
  w.agency("DA-N", "DA", "N", "000000");
  REQUIRE(issues(w, "DA-JX", plain("PF-1", "NP-TRADE", "WHOLESALER", "N-18", "2026-03-02", "2030-03-01")) == "ok");
  CHECK(due(w, "monthly-report-np:WHOLESALER:2026-03") == "2026-04-10");
  CHECK(due(w, "renew:permit:PF-1") == "2029-09-01");
  const std::string licence = payload(plain("PF-2", "C1P-TRADE", "SELLER", "CN1-12a", "2026-03-02", "2030-03-01"));
  REQUIRE(w.submit("permit.issue", "DA-JX", licence,
                   {w.official("DA-JX", "ISSUER", "issuer"), w.official("DA-JX", "APPROVER", "approver")})
              .accepted());
  CHECK(due(w, "monthly-report:SELLER:2026-03") == "2026-04-10");
  w.go_to("2026-04-02");
  const std::string march = "{'kind':'monthly','period':'2026-03','at_index':1,'hash':'" + std::string(64, 'a') + "'}";
  REQUIRE(does(w, "report.file", "SELLER", march) == "ok");
  CHECK(due(w, "monthly-report:SELLER:2026-03") == "2026-04-10 closed");
  CHECK(due(w, "monthly-report:SELLER:2026-04") == "2026-05-10");
}

TEST_CASE("two cities: the one of origin tells the other each quarter what it permitted, once", "[steps][duties]") {
  World w = cities();
  Members road = plain("TP-1", "C2-TRAN-3", "SELLER", "CN2-02", "2026-03-02", "2026-06-01");
  road["lines"] = "[{'substance':'CN2-02','quantity':" + quantity("100 kg") + "}]";
  road["consignee"] = "'CONSIGNEE'";
  road["carrier"] = "'CARRIER'";
  road["origin"] = "'360302'";
  road["destination"] = "'360102'";
  REQUIRE(issues(w, "PS-X", road) == "ok");
  const std::string id = "quarter-feedback:PS-X:2026-Q1:360100";
  CHECK(due(w, id) == "2026-04-10");
  road["permit"] = "'TP-2'";
  REQUIRE(issues(w, "PS-X", road) == "ok");
  road["permit"] = "'TP-3'";
  road["destination"] = "'360323'";
  REQUIRE(issues(w, "PS-X", road) == "ok");
  CHECK(due(w, "quarter-feedback:PS-X:2026-Q1:360300") == "none");
  w.go_to("2026-04-09");
  const std::string tells =
      "{'kind':'quarter','period':'2026-Q1','to':'PS-FAR','at_index':1,'hash':'" + std::string(64, 'a') + "'}";
  REQUIRE(does(w, "report.file", "PS-X", tells) == "ok");
  CHECK(due(w, id) == "2026-04-10 closed");
  CHECK(w.row<Duty>(id)->closed != kNone);
  CHECK(due(w, "answer-feedback:PS-FAR:PS-X:2026-Q1") == "2026-04-23");
  const std::string answers = "{'kind':'quarter-answer','period':'2026-Q1','answers':'PS-X','at_index':1,'hash':'" +
                              std::string(64, 'a') + "'}";
  REQUIRE(does(w, "report.file", "PS-FAR", answers) == "ok");
  CHECK(due(w, "answer-feedback:PS-FAR:PS-X:2026-Q1") == "2026-04-23 closed");
}

TEST_CASE("beginning production: thirty days to file, then every lot is a finding", "[steps][duties]") {
  World w = cities();
  w.go_to("2026-03-10");
  CHECK(made(w, "P-1", "2026-03-02") == "ok ");
  CHECK(due(w, "start-production:MAKER:CN2-02") == "2026-04-01");
  CHECK(w.rules().rule_text("start-production")->article.find("第十三条") != std::string::npos);
  CHECK(stands(w, "start-production:MAKER:CN2-02", 2026, 4, 1) == "due-soon low");
  CHECK(stands(w, "start-production:MAKER:CN2-02", 2026, 4, 2) == "overdue medium");
  w.go_to("2026-04-02");
  CHECK(made(w, "P-2", "2026-04-01") == "ok ");
  CHECK(made(w, "P-3", "2026-04-02").starts_with("ok produced-without-permit critical"));
}

TEST_CASE("beginning production: the filing certificate ends the time, and it does not begin a second time",
          "[steps][duties]") {
  World w = cities();
  CHECK(made(w, "P-1", "2026-03-02") == "ok ");
  REQUIRE(issues(w, "EM-CITY", plain("F-1", "C2P-FILE", "MAKER", "CN2-02", "2026-03-02", "2028-12-31")) == "ok");
  CHECK(due(w, "start-production:MAKER:CN2-02") == "2026-04-01 closed");
  REQUIRE(does(w, "permit.revoke", "EM-CITY", "{'permit':'F-1','reason':'x'}") == "ok");
  CHECK(made(w, "P-2", "2026-03-02").starts_with("ok produced-without-permit critical"));
  // A unit that had its paper before it began has no time of its own either.
  World early = cities();
  REQUIRE(issues(early, "EM-CITY", plain("F-1", "C2P-FILE", "MAKER", "CN2-02", "2026-03-02", "2028-12-31")) == "ok");
  REQUIRE(does(early, "permit.revoke", "EM-CITY", "{'permit':'F-1','reason':'x'}") == "ok");
  CHECK(made(early, "P-1", "2026-03-02").starts_with("ok produced-without-permit critical"));
}

TEST_CASE("beginning trade: a trader sells for thirty days before its filing, a user never", "[steps][duties]") {
  World w = trade();
  paper(w, "GB-2", "C23-BUY-N", "BUYER", kAnhydride, 100 * kKg);
  const auto sells = [&](const char* no, std::string_view seller = "SELLER") {
    return does(w, "sale.record", seller,
                sale({{"sale", "'" + std::string(no) + "'"},
                      {"licence", ""},
                      {"sold_on", "'" + w.today().str() + "'"},
                      {"quantity", quantity("1 kg")},
                      {"permit", "'GB-2'"}}));
  };
  CHECK(sells("X-1") == "ok");
  CHECK(due(w, "start-trade:SELLER:CN2-02") == "2026-04-01");
  CHECK(stands(w, "start-trade:SELLER:CN2-02", 2026, 4, 2) == "overdue medium");
  CHECK(sells("X-2", "FAR") == "refused sale-licence-required /licence");
  edit(w, "GB-2", [](Permit& p) { p.valid_to = Date::of(2026, 4, 30); });
  w.go_to("2026-04-01");
  CHECK(sells("X-3") == "ok");
  w.go_to("2026-04-02");
  CHECK(sells("X-4") == "refused sale-licence-required /licence");
  w.agency("EM-CITY", "EM", "C", "360300");
  REQUIRE(issues(w, "EM-CITY", plain("F-1", "C2T-FILE", "SELLER", "CN2-02", "2026-04-02", "2028-12-31")) == "ok");
  CHECK(due(w, "start-trade:SELLER:CN2-02") == "2026-04-01 closed");
  CHECK(sells("X-4") == "refused sale-licence-required /licence");
}

TEST_CASE("beginning trade: class 1 needs its licence from the first day; a producer that files sells its own product",
          "[steps][duties]") {
  World w = trade();
  paper(w, "GB-P", "C1-BUY", "BUYER", kPiperonal, 5 * kKg);
  CHECK(
      does(w, "sale.record", "SELLER",
           sale({{"licence", ""}, {"substance", "'CN1-03'"}, {"permit", "'GB-P'"}, {"quantity", quantity("1 kg")}})) ==
      "refused sale-licence-required /licence");
  CHECK(made(w, "P-1", "2026-03-02") == "ok ");
  CHECK(does(w, "sale.record", "MAKER", sale({{"licence", ""}})) == "ok");
  CHECK(due(w, "start-trade:MAKER:CN2-02") == "none");
}

TEST_CASE("wholesalers in an emergency: both report within two days, each by its own report", "[steps][duties]") {
  World w = market();
  w.unit("WHOLE-1", "regional-wholesaler,wholesaler", "360302");
  w.unit("WHOLE-2", "regional-wholesaler,wholesaler", "360102");
  paper(w, "PF-1", "NP-TRADE", "WHOLE-1", kMorphine, 0);
  paper(w, "PF-2", "NP-TRADE", "WHOLE-2", kMorphine, 0);
  const Members emergency = {{"buyer", "'WHOLE-2'"},   {"substance", "'N-18'"}, {"quantity", quantity("1 g")},
                             {"licence", "'PF-1'"},    {"permit", "'PF-2'"},    {"exemption", "'EX-442-26'"},
                             {"payment", "'transfer'"}};
  REQUIRE(does(w, "sale.record", "WHOLE-1", sale(emergency)) == "ok");
  const std::string one = "report-transfer:sale:X-1:WHOLE-1", two = "report-transfer:sale:X-1:WHOLE-2";
  CHECK(due(w, one) == "2026-03-04");
  CHECK(due(w, two) == "2026-03-04");
  CHECK(w.row<Obligation>(one)->rule == "442-26");
  CHECK(stands(w, one, 2026, 3, 4) == "due-soon low");
  CHECK(stands(w, one, 2026, 3, 5) == "overdue medium");
  REQUIRE(does(w, "report.file", "WHOLE-2", report("emergency-transfer", "X-1")) == "ok");
  CHECK(due(w, one) == "2026-03-04");
  CHECK(due(w, two) == "2026-03-04 closed");
  w.go_to("2026-03-05");
  const Answer late = w.submit("report.file", "WHOLE-1", report("emergency-transfer", "X-1"));
  CHECK(due(w, one) == "2026-03-04 closed");
  CHECK(findings(late).starts_with("late-report high"));
}

TEST_CASE("wholesalers in an emergency: a sale that is called off is not reported", "[steps][duties]") {
  World w = market();
  w.unit("WHOLE-1", "regional-wholesaler,wholesaler", "360302");
  w.unit("WHOLE-2", "regional-wholesaler,wholesaler", "360102");
  paper(w, "PF-1", "NP-TRADE", "WHOLE-1", kMorphine, 0);
  paper(w, "PF-2", "NP-TRADE", "WHOLE-2", kMorphine, 0);
  REQUIRE(does(w, "sale.record", "WHOLE-1",
               sale({{"buyer", "'WHOLE-2'"},
                     {"substance", "'N-18'"},
                     {"quantity", quantity("1 g")},
                     {"licence", "'PF-1'"},
                     {"permit", "'PF-2'"},
                     {"exemption", "'EX-442-26'"}})) == "ok");
  REQUIRE(does(w, "sale.cancel", "WHOLE-1", "{'sale':'X-1','reason':'x'}") == "ok");
  CHECK(due(w, "report-transfer:sale:X-1:WHOLE-1") == "2026-03-04 closed");
  CHECK(due(w, "report-transfer:sale:X-1:WHOLE-2") == "2026-03-04 closed");
}
