#include <catch2/catch.hpp>

#include "world.h"

using namespace world;

namespace {

/// Public security of a province with its people, and a factory.
World province() {
  World w;
  w.agency("PSD", "PS", "P", "360000");
  w.agency("PSN", "PS", "N", "000000");
  w.unit("FACTORY", "producer,user", "360302");
  return w;
}

/// A purchase paper for one kilogram: class 1 of piperonal, class 2 and 3 of the others.
std::string paper(std::string_view substance, std::string_view kind, std::string_view no = "GB-1") {
  return "{'permit':'" + std::string(no) + "','kind':'" + std::string(kind) +
         "','holder':'FACTORY','purpose':'合成','valid_from':'2026-03-02','valid_to':'2026-04-01','lines':"
         "[{'substance':'" +
         std::string(substance) + "','quantity':{'unit':'kg','value':'1'}}]}";
}
std::string piperonal(std::string_view no = "GB-1") { return paper("CN1-03", "C1-BUY", no); }

Answer issues(World& w, std::vector<Signer> signers, std::string_view payload = piperonal()) {
  return w.submit("permit.issue", "PSD", payload, std::move(signers));
}

constexpr const char* kTooFew = "refused needs-two-officials /signatures";

}  // namespace

TEST_CASE("approval: two officials of the agency approve a paper over class 1", "[steps][permits][approval]") {
  World w = province();
  const Signer issuer = w.official("PSD", "LI", "issuer"), approver = w.official("PSD", "ZHAO", "approver");
  CHECK(issues(w, {issuer, approver}).says() == "accepted 100");
  CHECK(w.row<Permit>("GB-1")->issued == 100);
}

TEST_CASE("approval: an approver may be the first, and another approver the second", "[steps][permits][approval]") {
  World w = province();
  const Signer zhao = w.official("PSD", "ZHAO", "approver"), qian = w.official("PSD", "QIAN", "approver");
  CHECK(issues(w, {zhao, qian}).accepted());
  CHECK(issues(w, {qian, w.official("PSD", "LI", "issuer")}, piperonal("GB-2")).accepted());
}

TEST_CASE("approval: one signature does not issue it, whoever's it is", "[steps][permits][approval]") {
  World w = province();
  CHECK(issues(w, {w.admin("PSD")}).says() == kTooFew);
  CHECK(issues(w, {w.official("PSD", "LI", "issuer")}).says() == kTooFew);
  CHECK(issues(w, {w.official("PSD", "ZHAO", "approver")}).says() == kTooFew);
}

TEST_CASE("approval: the keys of the agency itself are nobody's, however many sign", "[steps][permits][approval]") {
  World w = province();
  CHECK(issues(w, {w.admin("PSD", 1), w.admin("PSD", 2)}).says() == kTooFew);
  CHECK(issues(w, {w.official("PSD", "LI", "issuer"), w.admin("PSD")}).says() == kTooFew);
  CHECK(issues(w, {w.admin("PSD"), w.official("PSD", "ZHAO", "approver")}).says() == kTooFew);
}

TEST_CASE("approval: two keys of one person are one person", "[steps][permits][approval]") {
  World w = province();
  const Signer first = w.official("PSD", "ZHAO", "approver");
  Signer second = w.officer("PSD", 2);
  second.officer = "ZHAO";
  CHECK(issues(w, {first, second}).says() == kTooFew);
}

TEST_CASE("approval: the second must be an approver", "[steps][permits][approval]") {
  World w = province();
  const Signer li = w.official("PSD", "LI", "issuer");
  CHECK(issues(w, {li, w.official("PSD", "SUN", "issuer")}).says() == kTooFew);
  CHECK(issues(w, {li, w.official("PSD", "WU", "inspector")}).says() == kTooFew);
  CHECK(issues(w, {w.official("PSD", "WU", "inspector"), w.official("PSD", "ZHAO", "approver")}).says() == kTooFew);
  CHECK(issues(w, {w.official("PSD", "WU", "inspector"), li, w.official("PSD", "ZHAO", "approver")}).accepted());
}

TEST_CASE("approval: an approver of another agency is no second official", "[steps][permits][approval]") {
  World w = province();
  CHECK(issues(w, {w.official("PSD", "LI", "issuer"), w.official("PSN", "ZHOU", "approver")}).says() == kTooFew);
}

TEST_CASE("approval: the refusal says who has signed and who is wanted", "[steps][permits][approval]") {
  World w = province();
  const Answer answer = issues(w, {w.official("PSD", "LI", "issuer")});
  CHECK(fact(answer, "signed") == "LI (issuer)");
  CHECK(fact(answer, "signed_zh") == "LI (签发人)");
  CHECK(fact(answer, "first") == "issuer or approver");
  CHECK(fact(answer, "second_zh") == "审批员");
  CHECK(fact(issues(w, {w.admin("PSD")}), "signed") == "no person");
}

TEST_CASE("approval: what is wrong with the paper itself is told first", "[steps][permits][approval]") {
  World w = province();
  CHECK(issues(w, {w.admin("PSD")}, paper("CN1-03", "C23-BUY-1")).says() ==
        "refused substance-not-of-kind /lines/0/substance");
}

TEST_CASE("approval: one official is enough for classes 2 and 3", "[steps][permits][approval]") {
  World w = province();
  CHECK(issues(w, {w.admin("PSD")}, paper("CN2-02", "C23-BUY-1", "GB-2")).accepted());
  CHECK(issues(w, {w.official("PSD", "LI", "issuer")}, paper("CN3-01", "C23-BUY-1", "GB-3")).accepted());
}

TEST_CASE("approval: one official stops a class 1 paper at once, and two give it back", "[steps][permits][approval]") {
  World w = province();
  const Signer issuer = w.official("PSD", "LI", "issuer"), approver = w.official("PSD", "ZHAO", "approver");
  REQUIRE(issues(w, {issuer, approver}).accepted());
  const std::string back = "{'permit':'GB-1','reason':'整改完成'}";
  REQUIRE(w.submit("permit.suspend", "PSD", "{'permit':'GB-1','cause':'doubt','reason':'核查'}").accepted());
  CHECK(w.submit("permit.restore", "PSD", back).says() == kTooFew);
  CHECK(w.submit("permit.restore", "PSD", back, {issuer}).says() == kTooFew);
  CHECK(w.row<Permit>("GB-1")->status == PermitStatus::suspended);
  CHECK(w.submit("permit.restore", "PSD", back, {issuer, approver}).accepted());
  CHECK(w.row<Permit>("GB-1")->status == PermitStatus::issued);
  CHECK(w.submit("permit.revoke", "PSD", back).accepted());
}
