#include <catch2/catch.hpp>
#include <map>

#include "world.h"

using namespace world;

namespace {

/// Pingxiang with its police of three levels, a factory, a trader, a carrier and a hospital.
World pingxiang() {
  World w;
  w.agency("PSB-ANYUAN", "PS", "X", "360302");
  w.agency("PSB-PINGXIANG", "PS", "C", "360300");
  w.agency("PSB-NANCHANG", "PS", "X", "360102");
  w.agency("PSD-JIANGXI", "PS", "P", "360000");
  w.agency("DA-JIANGXI", "DA", "P", "360000");
  w.agency("EM-JIANGXI", "EM", "P", "360000");
  w.unit("FACTORY", "producer,user", "360302");
  w.unit("TRADER", "trader", "360102");
  w.unit("CARRIER", "carrier", "360302");
  w.unit("HOSPITAL", "hospital", "360302");
  w.unit("NEWCOMER", "user", "360302", PartyStatus::registered);
  return w;
}

/// A paper as people would write it: a purchase filing certificate for 25 kg of toluene, with changes.
std::string paper(std::map<std::string, std::string> changes = {}) {
  std::map<std::string, std::string> members = {
      {"permit", "'GB-1'"},
      {"kind", "'C23-BUY-N'"},
      {"holder", "'FACTORY'"},
      {"purpose", "'溶剂'"},
      {"valid_from", "'2026-03-02'"},
      {"valid_to", "'2026-09-02'"},
      {"lines", "[{'substance':'CN3-01','quantity':{'unit':'kg','value':'25'}}]"}};
  for (auto& [name, value] : changes) members[name] = value;
  std::string text = "{";
  for (const auto& [name, value] : members) {
    if (!value.empty()) text += (text.size() > 1 ? ",'" : "'") + name + "':" + value;
  }
  return text + "}";
}

std::string line(std::string_view substance, std::string_view value = "25", std::string_view unit = "kg") {
  return "[{'substance':'" + std::string(substance) + "','quantity':{'unit':'" + std::string(unit) + "','value':'" +
         std::string(value) + "'}}]";
}

std::string bare_line(std::string_view substance) { return "[{'substance':'" + std::string(substance) + "'}]"; }

std::string issues(World& w, std::map<std::string, std::string> changes, std::string_view agency = "PSB-ANYUAN") {
  return w.submit("permit.issue", agency, paper(std::move(changes))).says();
}

/// The same, signed by an issuer and an approver of the agency.
std::string two_issue(World& w, std::map<std::string, std::string> changes, std::string_view agency) {
  return w
      .submit("permit.issue", agency, paper(std::move(changes)),
              {w.official(agency, "ISSUER", "issuer"), w.official(agency, "APPROVER", "approver")})
      .says();
}

std::string revokes(World& w, std::string_view agency, std::string_view no = "GB-1") {
  return w.submit("permit.revoke", agency, "{'permit':'" + std::string(no) + "','reason':'停产'}").says();
}

std::string closes(World& w, std::string_view party, std::string_view no = "GB-1") {
  return w.submit("permit.close", party, "{'permit':'" + std::string(no) + "','statement':'未使用'}").says();
}

constexpr std::int64_t kKg = 1'000'000;

}  // namespace

TEST_CASE("permit.issue: a filing certificate gives its holder a quota and a write-off to do", "[steps][permits]") {
  World w = pingxiang();
  CHECK(issues(w, {{"supplier", "'TRADER'"}}) == "accepted 100");
  const auto* permit = w.row<Permit>("GB-1");
  REQUIRE(permit);
  CHECK(permit->holder == "FACTORY");
  CHECK(permit->supplier == "TRADER");
  CHECK(permit->uses == PermitUses::multi);
  CHECK(permit->status == PermitStatus::issued);
  CHECK(permit->issued == 100);
  CHECK(w.row<PermitLine>("GB-1", "CN3-01")->granted == 25 * kKg);
  CHECK(w.balance("permit:GB-1", "CN3-01") == 25 * kKg);
  CHECK(w.balance("granted", "CN3-01") == -25 * kKg);
  const auto* duty = w.row<Obligation>("write-off:permit:GB-1");
  REQUIRE(duty);
  CHECK(duty->party == "FACTORY");
  CHECK(duty->subject == "permit:GB-1");
  CHECK(duty->due == end_of(*Date::parse("2026-09-07")));
}

TEST_CASE("permit.issue: a paper of several substances lists them in order", "[steps][permits]") {
  World w = pingxiang();
  const std::string two =
      "[{'substance':'CN3-01','quantity':{'unit':'kg','value':'1'}},"
      "{'substance':'CN2-02','quantity':{'unit':'g','value':'0.5'}}]";
  CHECK(issues(w, {{"lines", two}}) == "accepted 100");
  CHECK(w.row<Permit>("GB-1")->substances == "CN2-02,CN3-01");
  CHECK(w.balance("permit:GB-1", "CN2-02") == 500);
}

TEST_CASE("permit.issue: a standing licence has no quantity and nothing to write off", "[steps][permits]") {
  World w = pingxiang();
  const std::map<std::string, std::string> licence = {
      {"kind", "'C1-PROD'"}, {"valid_to", "'2029-03-02'"}, {"lines", bare_line("CN1-02")}};
  CHECK(two_issue(w, licence, "EM-JIANGXI") == "accepted 100");
  CHECK(w.row<PermitLine>("GB-1", "CN1-02")->granted == 0);
  CHECK(w.row<Obligation>("write-off:permit:GB-1") == nullptr);
  CHECK(w.balance("permit:GB-1", "CN1-02") == 0);
}

TEST_CASE("permit.issue: the agency must have the role, the level and the region of the kind", "[steps][permits]") {
  World w = pingxiang();
  const std::map<std::string, std::string> class1 = {
      {"kind", "'C1-BUY'"}, {"valid_to", "'2026-04-02'"}, {"lines", line("CN1-02")}};
  CHECK(issues(w, class1, "PSB-PINGXIANG") == "refused not-competent /kind");
  CHECK(issues(w, class1, "DA-JIANGXI") == "refused not-competent /kind");
  CHECK(issues(w, {}, "PSB-NANCHANG") == "refused not-competent /kind");
  CHECK(issues(w, {}, "TRADER") == "refused not-an-agency header/party");
  CHECK(issues(w, {}, "NOBODY") == "refused unknown-party header/party");
  CHECK(two_issue(w, class1, "PSD-JIANGXI") == "accepted 100");
  CHECK(issues(w, {{"permit", "'GB-2'"}}, "PSB-PINGXIANG") == "accepted 101");
}

TEST_CASE("permit.issue: names the agency that is competent", "[steps][permits]") {
  World w = pingxiang();
  const Answer answer = w.submit("permit.issue", "PSB-NANCHANG", paper());
  CHECK(fact(answer, "wanted") == "public security of county level or above in 360302");
  CHECK(fact(answer, "wanted_zh") == "360302 的县级以上公安机关");
}

TEST_CASE("permit.issue: a transport paper comes from where the goods start", "[steps][permits]") {
  World w = pingxiang();
  const std::map<std::string, std::string> transport = {{"kind", "'C3-TRAN-3'"},    {"valid_to", "'2026-06-02'"},
                                                        {"origin", "'360102'"},     {"destination", "'360302'"},
                                                        {"consignee", "'FACTORY'"}, {"carrier", "'CARRIER'"}};
  CHECK(issues(w, transport, "PSB-ANYUAN") == "refused not-competent /kind");
  CHECK(issues(w, transport, "PSB-NANCHANG") == "accepted 100");
  CHECK(w.row<Permit>("GB-1")->origin == "360102");
  CHECK(w.row<Permit>("GB-1")->carrier == "CARRIER");
}

TEST_CASE("permit.issue: begins today at the earliest and in 30 days at the latest", "[steps][permits]") {
  World w = pingxiang();
  CHECK(issues(w, {{"valid_from", "'2026-03-01'"}, {"valid_to", "'2026-08-31'"}}) ==
        "refused permit-starts-in-past /valid_from");
  CHECK(issues(w, {{"valid_from", "'2026-04-02'"}}) == "refused permit-starts-too-late /valid_from");
  CHECK(issues(w, {{"valid_from", "'2026-04-01'"}}) == "accepted 100");
}

TEST_CASE("permit.issue: ends within the months of its kind", "[steps][permits]") {
  World w = pingxiang();
  CHECK(issues(w, {{"valid_to", "'2026-09-03'"}}) == "refused permit-too-long /valid_to");
  CHECK(issues(w, {{"valid_to", "'2026-03-01'"}}) == "refused permit-ends-before-start /valid_to");
  CHECK(issues(w, {{"valid_to", "'2026-03-02'"}}) == "accepted 100");
}

TEST_CASE("permit.issue: a narcotics transport certificate ends with its year", "[steps][permits]") {
  World w = pingxiang();
  std::map<std::string, std::string> certificate = {
      {"kind", "'NP-TRAN'"}, {"holder", "'HOSPITAL'"}, {"lines", line("N-001", "5", "g")}};
  for (const Substance& substance : w.rules().substances()) {
    if (substance.cls == "N") certificate["lines"] = line(substance.code, "5", "g");
  }
  certificate["valid_to"] = "'2027-01-01'";
  CHECK(issues(w, certificate, "DA-JIANGXI") == "refused permit-crosses-year /valid_to");
  certificate["valid_to"] = "'2026-12-31'";
  CHECK(issues(w, certificate, "DA-JIANGXI") == "accepted 100");
}

TEST_CASE("permit.issue: a kind that was not in force yet cannot be issued", "[steps][permits]") {
  World w = pingxiang();
  w.go_to("2006-09-30");
  CHECK(issues(w, {{"valid_from", "'2006-09-30'"}, {"valid_to", "'2006-10-30'"}}) ==
        "refused permit-kind-not-in-force /kind");
}

TEST_CASE("permit.issue: the holder is a verified unit whose business fits the paper", "[steps][permits]") {
  World w = pingxiang();
  CHECK(issues(w, {{"holder", "'NOBODY'"}}) == "refused unknown-party /holder");
  CHECK(issues(w, {{"holder", "'NEWCOMER'"}}) == "refused holder-not-verified /holder");
  CHECK(issues(w, {{"holder", "'CARRIER'"}}) == "refused holder-wrong-kind /holder");
  CHECK(issues(w, {{"holder", "'PSB-ANYUAN'"}}) == "refused holder-wrong-kind /holder");
  CHECK(issues(w, {{"kind", "'C1-PROD'"}, {"holder", "'HOSPITAL'"}, {"lines", bare_line("CN1-02")}}, "EM-JIANGXI") ==
        "refused holder-wrong-kind /holder");
}

TEST_CASE("permit.issue: an individual only ever gets a paper of one use", "[steps][permits]") {
  World w = pingxiang();
  w.unit("LI", "person", "360302");
  CHECK(issues(w, {{"holder", "'LI'"}, {"lines", line("CN3-01", "1")}}) == "refused person-one-use-only /kind");
  CHECK(issues(w, {{"kind", "'C23-BUY-1'"},
                   {"holder", "'LI'"},
                   {"lines", line("CN3-01", "1")},
                   {"valid_to", "'2026-04-01'"}}) == "accepted 100");
}

TEST_CASE("permit.issue: the pack may say which kinds of unit hold a paper", "[steps][permits]") {
  World w = pingxiang();
  w.unit("LAB", "research,user", "360302");
  const auto to = [&](const char* holder) {
    return issues(w, {{"kind", "'NPR-ITEM'"}, {"holder", holder}, {"lines", line("NP-001", "1", "g")}}, "DA-JIANGXI");
  };
  CHECK(to("'TRADER'") == "refused holder-wrong-kind /holder");
  CHECK(to("'LAB'") == "accepted 100");
}

TEST_CASE("permit.issue: names only units and regions that exist", "[steps][permits]") {
  World w = pingxiang();
  CHECK(issues(w, {{"supplier", "'A'"},
                   {"consignee", "'B'"},
                   {"carrier", "'C'"},
                   {"origin", "'369999'"},
                   {"destination", "'360301'"}}) ==
        "refused unknown-party /supplier /consignee /carrier /origin:unknown-region /destination:unknown-region");
}

TEST_CASE("permit.issue: the paper covers its classes and nothing else", "[steps][permits]") {
  World w = pingxiang();
  CHECK(issues(w, {{"kind", "'C2-PAPER'"}}) == "refused unknown-permit-kind /kind");
  CHECK(issues(w, {{"lines", line("CN9-01")}}) == "refused unknown-substance /lines/0/substance");
  const Answer class1 = w.submit("permit.issue", "PSB-ANYUAN", paper({{"lines", line("CN1-02")}}));
  CHECK(class1.says() == "refused substance-not-of-kind /lines/0/substance");
  CHECK(fact(class1, "kinds") == "C1-BUY");
  // Ephedrine is a pharmaceutical precursor: the drug administration's paper, not the police's.
  CHECK(issues(w, {{"kind", "'C1-BUY'"}, {"valid_to", "'2026-04-02'"}, {"lines", line("CN1-12a")}}, "PSD-JIANGXI") ==
        "refused substance-not-of-kind /lines/0/substance");
}

TEST_CASE("permit.issue: a substance is not controlled before its day", "[steps][permits]") {
  World w = pingxiang();
  std::string code, from;
  for (const Substance& substance : w.rules().substances()) {
    if (substance.cls == "2" && substance.effective_from > *Date::parse("2012-01-01")) {
      code = substance.code;
      w.go_to(substance.effective_from.plus_days(-1).str());
      from = substance.effective_from.str();
    }
  }
  REQUIRE_FALSE(code.empty());
  const std::string today = "'" + w.today().str() + "'";
  CHECK(issues(w, {{"lines", line(code)}, {"valid_from", today}, {"valid_to", today}}) ==
        "refused substance-not-in-force /lines/0/substance");
  CHECK(issues(w, {{"lines", line(code)}, {"valid_from", "'" + from + "'"}, {"valid_to", "'" + from + "'"}}) ==
        "accepted 100");
}

TEST_CASE("permit.issue: the quantity is there when the kind counts, exact, and absent when it does not",
          "[steps][permits]") {
  World w = pingxiang();
  CHECK(issues(w, {{"lines", bare_line("CN3-01")}}) == "refused quantity-required /lines/0/quantity");
  CHECK(issues(w, {{"lines", line("CN3-01", "0.0000001")}}) == "refused quantity-too-fine /lines/0/quantity");
  CHECK(issues(w, {{"lines", line("CN3-01", "3", "pcs")}}) == "refused quantity-wrong-unit /lines/0/quantity");
  CHECK(issues(w, {{"lines", line("CN3-01", "0")}}) == "refused payload-form /lines/0/quantity/value:zero_quantity");
  CHECK(issues(w, {{"kind", "'C1-PROD'"}, {"lines", line("CN1-02")}}, "EM-JIANGXI") ==
        "refused quantity-not-wanted /lines/0/quantity");
}

TEST_CASE("permit.issue: tells all that is wrong at once", "[steps][permits]") {
  World w = pingxiang();
  REQUIRE(issues(w, {}) == "accepted 100");
  const std::string lines = "[{'substance':'CN9-01','quantity':{'unit':'kg','value':'1'}},{'substance':'CN3-01'}]";
  CHECK(issues(w, {{"valid_from", "'2026-03-01'"}, {"valid_to", "'2027-03-01'"}, {"lines", lines}}) ==
        "refused id-taken /permit /valid_from:permit-starts-in-past /valid_to:permit-too-long "
        "/lines/0/substance:unknown-substance /lines/1/quantity:quantity-required");
  const std::string twice = "[{'substance':'CN3-01'},{'substance':'CN3-01'}]";
  CHECK(issues(w, {{"lines", twice}, {"purpose", ""}}) ==
        "refused payload-form /purpose:required /lines/1/substance:repeated");
}

TEST_CASE("permit.revoke: the issuer takes a paper back, and what is left lapses", "[steps][permits]") {
  World w = pingxiang();
  REQUIRE(issues(w, {}) == "accepted 100");
  CHECK(revokes(w, "PSB-ANYUAN") == "accepted 101");
  CHECK(w.row<Permit>("GB-1")->status == PermitStatus::revoked);
  CHECK(w.row<Permit>("GB-1")->closed == 101);
  CHECK(w.balance("permit:GB-1", "CN3-01") == 0);
  CHECK(w.balance("lapsed", "CN3-01") == 25 * kKg);
  CHECK(w.row<Obligation>("write-off:permit:GB-1")->closed == 101);
  CHECK(revokes(w, "PSB-ANYUAN") == "refused permit-ended-already /permit");
}

TEST_CASE("permit.revoke: what is promised to goods under way stays to be settled", "[steps][permits]") {
  World w = pingxiang();
  REQUIRE(issues(w, {}) == "accepted 100");
  w.add_balance("permit:GB-1", "CN3-01", "", 15 * kKg);
  w.add_balance("held:GB-1", "CN3-01", "", 10 * kKg);
  CHECK(revokes(w, "PSB-ANYUAN") == "accepted 101");
  CHECK(w.balance("held:GB-1", "CN3-01") == 10 * kKg);
  CHECK(w.balance("lapsed", "CN3-01") == 15 * kKg);
  CHECK(w.row<Obligation>("write-off:permit:GB-1")->closed == kNone);
}

TEST_CASE("permit.revoke: only the issuer or one of its kind above it", "[steps][permits]") {
  World w = pingxiang();
  w.agency("PSB-ANYUAN-2", "PS", "X", "360302");
  REQUIRE(issues(w, {}) == "accepted 100");
  CHECK(revokes(w, "PSB-NANCHANG") == "refused not-competent /permit");
  CHECK(revokes(w, "DA-JIANGXI") == "refused not-competent /permit");
  CHECK(revokes(w, "PSB-ANYUAN-2") == "refused not-the-issuer /permit");
  CHECK(revokes(w, "FACTORY") == "refused not-an-agency header/party");
  CHECK(revokes(w, "PSB-ANYUAN", "GB-9") == "refused unknown-permit /permit");
  CHECK(revokes(w, "PSB-PINGXIANG") == "accepted 101");
}

TEST_CASE("permit.close: the holder writes off what it did not use", "[steps][permits]") {
  World w = pingxiang();
  REQUIRE(issues(w, {}) == "accepted 100");
  w.go_to("2026-09-10");
  CHECK(closes(w, "FACTORY") == "accepted 101");
  CHECK(w.row<Permit>("GB-1")->status == PermitStatus::closed);
  CHECK(w.balance("permit:GB-1", "CN3-01") == 0);
  CHECK(w.balance("lapsed", "CN3-01") == 25 * kKg);
  CHECK(w.row<Obligation>("write-off:permit:GB-1")->closed == 101);
  CHECK(closes(w, "FACTORY") == "refused permit-ended-already /permit");
}

TEST_CASE("permit.close: not while goods are under way on it, and not by others", "[steps][permits]") {
  World w = pingxiang();
  REQUIRE(issues(w, {}) == "accepted 100");
  CHECK(closes(w, "TRADER") == "refused not-your-permit /permit");
  CHECK(closes(w, "PSB-PINGXIANG") == "refused not-your-permit /permit");
  CHECK(closes(w, "FACTORY", "GB-9") == "refused unknown-permit /permit");
  CHECK(closes(w, "NEWCOMER") == "refused party-not-verified header/party");
  w.add_balance("held:GB-1", "CN3-01", "", 10 * kKg);
  const Answer held = w.submit("permit.close", "FACTORY", "{'permit':'GB-1','statement':'未使用'}");
  CHECK(held.says() == "refused permit-held /permit");
  CHECK(fact(held, "held_zh").find("10 kg") == 0);
  w.add_balance("held:GB-1", "CN3-01", "", 0);
  CHECK(closes(w, "PSB-ANYUAN") == "accepted 101");
}
