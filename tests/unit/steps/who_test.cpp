#include <catch2/catch.hpp>

#include "world.h"

using namespace world;

namespace {

constexpr const char* kAnyuan = "360302";
constexpr const char* kJiangxi = "360000";

/// A county of Pingxiang with its police, a verified factory, and the operator.
World pingxiang() {
  World w;
  w.agency("PSB-ANYUAN", "PS", "X", kAnyuan);
  w.agency("PSB-NANCHANG", "PS", "C", "360100");
  w.agency("PSD-JIANGXI", "PS", "P", kJiangxi);
  w.unit("FACTORY", "producer,user", kAnyuan);
  w.unit("NEWCOMER", "user", kAnyuan, PartyStatus::registered);
  w.unit("HALTED", "user", kAnyuan, PartyStatus::suspended);
  w.unit("OPERATOR", "operator", kJiangxi);
  return w;
}

std::string registration(std::string_view region = kAnyuan, std::string_view uscc = "91110000600037341L",
                         std::string_view kinds = "'user','producer'") {
  return "{'name':'安源化工','kinds':[" + std::string(kinds) + "],'uscc':'" + std::string(uscc) + "','region':'" +
         std::string(region) + "','address':'1 号','key':" + World::key_json("acid") + "}";
}

std::string site(std::string_view id, std::string_view region = kAnyuan) {
  return "{'site':'" + std::string(id) + "','name':'一号库','kind':'store','region':'" + std::string(region) +
         "','address':'1 号'}";
}

std::string enrolment(std::string_view name, std::string_view more = "") {
  return "{'key':" + World::key_json(name) + ",'role':'officer'" + std::string(more) + "}";
}

std::string revocation(std::string_view key) { return "{'key':'" + std::string(key) + "','reason':'lost'}"; }

}  // namespace

TEST_CASE("party.register: a finer kind of unit stands with its broader ones", "[steps][who]") {
  World w = pingxiang();
  const std::string regional = registration(kAnyuan, "91110000600037341L", "'regional-wholesaler'");
  CHECK(w.submit("party.register", "ACID", regional, {w.new_key("ACID", "acid")}).accepted());
  CHECK(w.row<Party>("ACID")->kinds == "regional-wholesaler,wholesaler");
}

TEST_CASE("party.register: a unit asks to take part, signed by its own new key", "[steps][who]") {
  World w = pingxiang();
  w.start_at(7);
  CHECK(w.submit("party.register", "ACID", registration(), {w.new_key("ACID", "acid")}).says() == "accepted 7");
  const auto* party = w.row<Party>("ACID");
  REQUIRE(party);
  CHECK(party->kinds == "producer,user");
  CHECK(party->status == PartyStatus::registered);
  CHECK(party->registered == 7);
  const auto* key = w.row<Key>(World::key_id("acid"));
  REQUIRE(key);
  CHECK(key->party == "ACID");
  CHECK(key->role == KeyRole::admin);
  CHECK(key->since == 7);
  const auto* duty = w.row<Obligation>("verify-party:ACID");
  REQUIRE(duty);
  CHECK(duty->party.empty());
  CHECK(duty->closed == kNone);
  CHECK(duty->due > w.now());
}

TEST_CASE("party.register: refuses a number, a key or a region that cannot be had", "[steps][who]") {
  World w = pingxiang();
  const auto registers = [&](std::string_view party, const std::string& payload, Signer signer) {
    return w.submit("party.register", party, payload, {std::move(signer)}).says();
  };
  CHECK(registers("FACTORY", registration(), w.new_key("FACTORY", "acid")) == "refused id-taken header/party");
  CHECK(registers("ACID", registration(), w.new_key("ACID", "another")) == "refused key-possession /key");
  CHECK(registers("ACID", registration("369999"), w.new_key("ACID", "acid")) == "refused unknown-region /region");
  CHECK(registers("ACID", registration("110103"), w.new_key("ACID", "acid")) == "refused unknown-region /region");
  CHECK(registers("ACID", registration(kAnyuan, "9111"), w.new_key("ACID", "acid")) ==
        "refused payload-form /uscc:bad_uscc");
  CHECK(registers("ACID", registration(kAnyuan, "91110000600037341L", "'agency'"), w.new_key("ACID", "acid")) ==
        "refused payload-form /kinds/0:not_allowed");
  w.add(Setting{"suites", "sm2-sm3", 0});
  CHECK(registers("ACID", registration(), w.new_key("ACID", "acid")) == "refused suite-not-accepted /key/suite");
}

TEST_CASE("party.register: a unit of another country names the number of its register", "[steps][who]") {
  World w = pingxiang();
  const auto with = [](std::string text, const char* members) {
    const std::string code = "'uscc':'91110000600037341L'";
    return text.replace(text.find(code), code.size(), members);
  };
  const auto registers = [&](const char* members) {
    return w.submit("party.register", "ACID", with(registration(), members), {w.new_key("ACID", "acid")}).says();
  };
  CHECK(registers("'country':'DE'") == "refused payload-form /number:required");
  CHECK(registers("'number':'HRB 1'") == "refused payload-form /country:required");
  CHECK(registers("'country':'de','number':'HRB 1','uscc':'91110000600037341L'") ==
        "refused payload-form /uscc:not_allowed /country:bad_country");
  CHECK(registers("'country':'CN','number':'HRB 1'") == "refused payload-form /country:not_allowed");
  const Answer abroad = w.submit("party.register", "ACID", with(registration(), "'country':'DE','number':'HRB 12345'"),
                                 {w.new_key("ACID", "acid")});
  CHECK(abroad.says() == "accepted 100");
  CHECK(abroad.outcome.changes<Finding>().empty());
  CHECK(w.row<Party>("ACID")->uscc == "DE:HRB 12345");
}

TEST_CASE("party.verify: closes the case of a party abroad that somebody had named", "[steps][who][coverage]") {
  World w = pingxiang();
  REQUIRE(w.submit("party.name", "FACTORY", "{'what':'foreign','name':'安源化工','country':'DE'}").accepted());
  std::string text = registration();
  const std::string code = "'uscc':'91110000600037341L'";
  text.replace(text.find(code), code.size(), "'country':'DE','number':'HRB 12345'");
  REQUIRE(w.submit("party.register", "ACID", text, {w.new_key("ACID", "acid")}).accepted());
  REQUIRE(w.submit("party.verify", "PSB-ANYUAN", "{'party':'ACID','method':'in-person'}").accepted());
  CHECK(w.row<Named>("foreign:DE:安源化工")->known_as == "ACID");
  CHECK(w.row<Named>("uscc:DE:HRB 12345")->known_as == "ACID");
}

TEST_CASE("party.register: tells a taken number and an unknown region together", "[steps][who]") {
  World w = pingxiang();
  CHECK(w.submit("party.register", "FACTORY", registration("369999"), {w.new_key("FACTORY", "acid")}).says() ==
        "refused id-taken header/party /region:unknown-region");
}

TEST_CASE("party.verify: the county police verify a unit of their county, once", "[steps][who]") {
  World w = pingxiang();
  REQUIRE(w.submit("party.register", "ACID", registration(), {w.new_key("ACID", "acid")}).accepted());
  const auto verifies = [&](std::string_view agency, std::string_view party) {
    return w.submit("party.verify", agency, "{'party':'" + std::string(party) + "','method':'in-person'}").says();
  };
  CHECK(verifies("PSB-NANCHANG", "ACID") == "refused not-competent /party");
  CHECK(verifies("FACTORY", "ACID") == "refused not-an-agency header/party");
  CHECK(verifies("PSB-ANYUAN", "NOBODY") == "refused unknown-party /party");
  CHECK(verifies("PSB-ANYUAN", "ACID") == "accepted 101");
  CHECK(w.row<Party>("ACID")->status == PartyStatus::verified);
  CHECK(w.row<Party>("ACID")->verified_by == "PSB-ANYUAN");
  CHECK(w.row<Obligation>("verify-party:ACID")->closed == 101);
  CHECK(verifies("PSB-ANYUAN", "ACID") == "refused party-verified-already /party");
}

TEST_CASE("party.verify: the province may verify a unit of any of its counties", "[steps][who]") {
  World w = pingxiang();
  CHECK(w.submit("party.verify", "PSD-JIANGXI", "{'party':'NEWCOMER','method':'in-person'}").accepted());
}

TEST_CASE("site.add: a unit names its sites, also before it is verified, but not when it is halted", "[steps][who]") {
  World w = pingxiang();
  CHECK(w.submit("site.add", "FACTORY", site("S1"), {w.officer("FACTORY")}).says() == "accepted 100");
  CHECK(w.row<Site>("S1")->party == "FACTORY");
  CHECK(w.submit("site.add", "NEWCOMER", site("S2")).says() == "accepted 101");
  CHECK(w.submit("site.add", "HALTED", site("S3")).says() == "refused party-not-verified header/party");
  CHECK(w.submit("site.add", "NOBODY", site("S3")).says() == "refused unknown-party header/party");
  CHECK(w.submit("site.add", "FACTORY", site("S2")).says() == "refused id-taken /site");
  CHECK(w.submit("site.add", "FACTORY", site("S4", "123456")).says() == "refused unknown-region /region");
}

TEST_CASE("officer.appoint: only an administrator of the unit appoints", "[steps][who]") {
  World w = pingxiang();
  const char* officer = "{'officer':'O1','duty':'keeper'}";
  CHECK(w.submit("officer.appoint", "FACTORY", officer, {w.officer("FACTORY")}).says() ==
        "refused needs-admin header/key");
  CHECK(w.submit("officer.appoint", "FACTORY", officer, {w.officer("FACTORY"), w.admin("NEWCOMER")}).says() ==
        "refused needs-admin header/key");
  CHECK(w.submit("officer.appoint", "HALTED", officer).says() == "refused party-not-verified header/party");
  CHECK(w.submit("officer.appoint", "NEWCOMER", officer).says() == "accepted 100");
  CHECK(w.row<Officer>("O1")->party == "NEWCOMER");
  CHECK(w.submit("officer.appoint", "FACTORY", officer).says() == "refused id-taken /officer");
}

TEST_CASE("key.enrol: an administrator enrols a key, and the key itself signs", "[steps][who]") {
  World w = pingxiang();
  w.add(Officer{"O1", "FACTORY", "keeper", 3});
  w.add(Officer{"O2", "NEWCOMER", "keeper", 3});
  const auto enrols = [&](const std::string& payload, std::vector<Signer> signers) {
    return w.submit("key.enrol", "FACTORY", payload, std::move(signers)).says();
  };
  const Signer fresh = w.new_key("FACTORY", "phone");
  CHECK(enrols(enrolment("phone"), {w.admin("FACTORY")}) == "refused key-possession /key");
  CHECK(enrols(enrolment("phone"), {w.officer("FACTORY"), fresh}) == "refused needs-admin header/key");
  CHECK(enrols(enrolment("phone", ",'officer':'O2'"), {w.admin("FACTORY"), fresh}) ==
        "refused unknown-officer /officer");
  CHECK(enrols(enrolment("phone", ",'officer':'O9'"), {w.admin("FACTORY"), fresh}) ==
        "refused unknown-officer /officer");
  CHECK(enrols(enrolment("phone", ",'officer':'O1'"), {w.admin("FACTORY"), fresh}) == "accepted 100");
  const auto* key = w.row<Key>(World::key_id("phone"));
  REQUIRE(key);
  CHECK(key->role == KeyRole::officer);
  CHECK(key->officer == "O1");
  CHECK(key->since == 100);
  CHECK(enrols(enrolment("phone"), {w.admin("FACTORY"), fresh}) == "refused key-enrolled-already /key");
  CHECK(
      w.submit("key.enrol", "HALTED", enrolment("tablet"), {w.admin("HALTED"), w.new_key("HALTED", "tablet")}).says() ==
      "refused party-not-verified header/party");
}

TEST_CASE("key.revoke: the key, an administrator of its party or a covering agency ends it", "[steps][who]") {
  World w = pingxiang();
  const auto revokes = [&](std::string_view author, const Signer& key, std::vector<Signer> signers) {
    return w.submit("key.revoke", author, revocation(key.key), std::move(signers)).says();
  };
  CHECK(revokes("FACTORY", w.officer("FACTORY", 1), {w.officer("FACTORY", 1)}) == "accepted 100");
  CHECK(revokes("FACTORY", w.officer("FACTORY", 2), {w.officer("FACTORY", 3)}) == "refused needs-admin header/key");
  CHECK(revokes("FACTORY", w.officer("FACTORY", 2), {w.admin("FACTORY")}) == "accepted 101");
  CHECK(revokes("NEWCOMER", w.officer("FACTORY", 3), {w.admin("NEWCOMER")}) == "refused not-your-key /key");
  CHECK(revokes("PSB-NANCHANG", w.officer("FACTORY", 3), {w.officer("PSB-NANCHANG")}) == "refused not-competent /key");
  CHECK(revokes("PSB-ANYUAN", w.officer("FACTORY", 3), {w.officer("PSB-ANYUAN")}) == "accepted 102");
  const auto* key = w.row<Key>(w.officer("FACTORY", 3).key);
  CHECK(key->state == KeyState::revoked);
  CHECK(key->revoked == 102);
}

TEST_CASE("key.revoke: an agency cannot end the keys of its superior or of the operator", "[steps][who]") {
  World w = pingxiang();
  const auto revokes = [&](std::string_view author, const Signer& key) {
    return w.submit("key.revoke", author, revocation(key.key)).says();
  };
  CHECK(revokes("PSB-ANYUAN", w.admin("PSD-JIANGXI")) == "refused not-your-key /key");
  CHECK(revokes("PSD-JIANGXI", w.admin("OPERATOR")) == "refused not-your-key /key");
  CHECK(revokes("PSD-JIANGXI", w.admin("PSB-ANYUAN")) == "accepted 100");
}

TEST_CASE("key.revoke: a key that is unknown or ended already stays as it is", "[steps][who]") {
  World w = pingxiang();
  CHECK(w.submit("key.revoke", "FACTORY", revocation(World::key_id("no device"))).says() ==
        "refused key-not-found /key");
  CHECK(w.submit("key.revoke", "FACTORY", revocation("ABC")).says() == "refused payload-form /key:bad_hash");
  REQUIRE(w.submit("key.revoke", "FACTORY", revocation(w.officer("FACTORY").key)).accepted());
  const Answer again = w.submit("key.revoke", "FACTORY", revocation(w.officer("FACTORY").key));
  CHECK(again.says() == "refused key-revoked-already /key");
  CHECK(fact(again, "index") == "100");
  // A halted unit may still stop a stolen key.
  CHECK(w.submit("key.revoke", "HALTED", revocation(w.admin("HALTED").key)).says() == "accepted 101");
}
