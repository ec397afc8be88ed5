#include <catch2/catch.hpp>

#include "crypto/note.h"
#include "registry/steps/step.h"
#include "world.h"

using namespace world;

namespace {

crypto::PublicKey log_key() {
  return crypto::PrivateKey::from_seed(crypto::Suite::ed25519_sha256, std::string(32, 'L')).public_key();
}

std::string opening(std::string_view region = "360000") {
  const auto verifier = crypto::NoteVerifier::make("tallystick.example/jx", log_key());
  return "{'ledger':'tallystick.example/jx','log_key':'" + verifier.value().vkey() +
         "','operator_key':" + World::key_json("operator") + ",'region':'" + std::string(region) +
         "','pack':'cn','suites':['sm2-sm3','ed25519-sha256']}";
}

std::string agency(std::string_view id, std::string_view region = "360302") {
  return "{'agency':'" + std::string(id) + "','name':'安源公安分局','role':'PS','level':'X','region':'" +
         std::string(region) + "','key':" + World::key_json("police") + "}";
}

/// An open ledger with its operator, and a unit.
World open_ledger() {
  World w;
  w.start_at(0);
  const bool open = w.submit("ledger.open", "OPERATOR", opening(), {w.new_key("OPERATOR", "operator")}).accepted();
  ensure(open, "the test's ledger opens");
  w.unit("FACTORY", "user", "360302");
  return w;
}

Signer operator_admin() { return {World::key_id("operator"), "OPERATOR", KeyRole::admin, false}; }

}  // namespace

TEST_CASE("ledger.open: entry 0 founds the operator, the registry's own key and the settings", "[steps][registry]") {
  World w = open_ledger();
  CHECK(w.next() == 1);
  CHECK(w.row<Party>("OPERATOR")->kinds == "operator");
  CHECK(w.row<Party>("OPERATOR")->status == PartyStatus::verified);
  CHECK(w.row<Key>(World::key_id("operator"))->role == KeyRole::admin);
  CHECK(w.row<Party>("registry")->kinds == "registry");
  CHECK(w.row<Key>(log_key().id().hex())->party == "registry");
  CHECK(w.row<Setting>("ledger")->value == "tallystick.example/jx");
  CHECK(w.row<Setting>("region")->value == "360000");
  CHECK(w.row<Setting>("pack")->value == "cn");
  CHECK(w.row<Setting>("suites")->value == "ed25519-sha256,sm2-sm3");
  CHECK(w.row<Setting>("policy")->value == "0");
}

TEST_CASE("ledger.open: a ledger opens with the pack that the server has loaded", "[steps][registry]") {
  World w;
  w.start_at(0);
  std::string other = opening();
  other.replace(other.find("'cn'"), 4, "'eu'");
  CHECK(w.submit("ledger.open", "OPERATOR", other, {w.new_key("OPERATOR", "operator")}).says() ==
        "refused pack-not-served /pack");
}

TEST_CASE("ledger.open: refuses a second opening, a foreign key and an unknown region", "[steps][registry]") {
  World w;
  CHECK(w.submit("ledger.open", "OPERATOR", opening(), {w.new_key("OPERATOR", "operator")}).says() ==
        "refused ledger-open-already header/type");
  w.start_at(0);
  CHECK(w.submit("ledger.open", "OPERATOR", opening(), {w.new_key("OPERATOR", "another")}).says() ==
        "refused key-possession /operator_key");
  CHECK(w.submit("ledger.open", "registry", opening("369999"), {w.new_key("registry", "operator")}).says() ==
        "refused id-taken header/party /region:unknown-region");
  CHECK(w.submit("ledger.open", "OPERATOR",
                 "{'ledger':'a','log_key':'a+b','operator_key':" + World::key_json("operator") +
                     ",'region':'360000','pack':'eu','suites':['rsa']}")
            .says() == "refused payload-form /suites/0:not_allowed /log_key:bad_key");
}

TEST_CASE("policy.set: the operator sets key areas, and the entry is the policy from then on", "[steps][registry]") {
  World w = open_ledger();
  const char* areas = "{'settings':[{'name':'key_areas','value':'360302,360313'},{'name':'note','value':'试点'}]}";
  CHECK(w.submit("policy.set", "OPERATOR", areas, {operator_admin()}).says() == "accepted 1");
  CHECK(w.row<Setting>("key_areas")->value == "360302,360313");
  CHECK(w.row<Setting>("policy")->value == "1");
  CHECK(w.submit("policy.set", "OPERATOR", "{'settings':[{'name':'key_areas','value':'360302'}]}", {operator_admin()})
            .says() == "accepted 2");
  CHECK(w.row<Setting>("key_areas")->value == "360302");
  CHECK(w.row<Setting>("key_areas")->seq == 2);
}

TEST_CASE("policy.set: refuses anybody else, unknown counties and a name set twice", "[steps][registry]") {
  World w = open_ledger();
  const auto sets = [&](std::string_view author, std::string_view settings, Signer signer) {
    return w.submit("policy.set", author, "{'settings':[" + std::string(settings) + "]}", {std::move(signer)}).says();
  };
  const char* note = "{'name':'note','value':'试点'}";
  CHECK(sets("FACTORY", note, w.admin("FACTORY")) == "refused not-operator header/party");
  CHECK(sets("OPERATOR", note, w.officer("OPERATOR")) == "refused needs-admin header/key");
  CHECK(sets("OPERATOR", "{'name':'key_areas','value':'360302,999999'}", operator_admin()) ==
        "refused unknown-region /settings/0/value");
  CHECK(sets("OPERATOR", "{'name':'key_areas','value':'360302@2026-13-01'}", operator_admin()) ==
        "refused bad-dated-codes /settings/0/value");
  CHECK(sets("OPERATOR", "{'name':'overlay','value':'jiangxi@2026-01-01'}", operator_admin()) ==
        "refused unknown-overlay /settings/0/value");
  CHECK(sets("OPERATOR", "{'name':'overlay','value':'zhejiang@2026-01-01..2026-12-31'}", operator_admin())
            .starts_with("accepted"));
  CHECK(sets("OPERATOR", std::string(note) + "," + note, operator_admin()) ==
        "refused payload-form /settings/1/name:repeated");
  CHECK(sets("OPERATOR", "{'name':'suites','value':'x'}", operator_admin()) ==
        "refused payload-form /settings/0/name:not_allowed");
}

TEST_CASE("agency.enrol: the operator lets an agency in, whose own key signs too", "[steps][registry]") {
  World w = open_ledger();
  const auto enrols = [&](const std::string& payload, std::vector<Signer> signers) {
    return w.submit("agency.enrol", "OPERATOR", payload, std::move(signers)).says();
  };
  const Signer police = w.new_key("OPERATOR", "police");
  CHECK(enrols(agency("PSB"), {operator_admin()}) == "refused key-possession /key");
  CHECK(enrols(agency("PSB"), {w.officer("OPERATOR"), police}) == "refused needs-admin header/key");
  CHECK(enrols(agency("PSB", "369999"), {operator_admin(), police}) == "refused unknown-region /region");
  CHECK(enrols(agency("FACTORY"), {operator_admin(), police}) == "refused id-taken /agency");
  CHECK(enrols(agency(std::string(33, 'A')), {operator_admin(), police}) == "refused payload-form /agency:too_long");
  CHECK(enrols(agency("PSB"), {operator_admin(), police}) == "accepted 1");
  CHECK(w.row<Party>("PSB")->kinds == "agency");
  CHECK(w.row<Party>("PSB")->status == PartyStatus::verified);
  CHECK(w.row<Party>("PSB")->agency_role == "PS");
  CHECK(w.row<Key>(World::key_id("police"))->party == "PSB");
  CHECK(enrols(agency("PSB2"), {operator_admin(), police}) == "refused key-enrolled-already /key");
  CHECK(w.submit("agency.enrol", "FACTORY", agency("PSB3"), {w.admin("FACTORY"), w.new_key("FACTORY", "police")})
            .says() == "refused not-operator header/party");
}

TEST_CASE("chain.fork: the registry freezes a chain that has two entries for one place", "[steps][registry]") {
  World w = open_ledger();
  const std::string chain(32, 'a'), kept(64, '1'), other(64, '2');
  const auto fork = [&](std::string_view cseq, const std::string& second) {
    return "{'chain':'" + chain + "','cseq':" + std::string(cseq) + ",'header':'ledger.entry v1\\n','kept':'" + kept +
           "','key':'" + kept + "','other':'" + second + "','signature':'AAAA'}";
  };
  const auto records = [&](std::string_view author, const std::string& payload) {
    return w.submit("chain.fork", author, payload).says();
  };
  CHECK(records("registry", fork("5", other)) == "refused unknown-chain /chain");
  Chain row;
  row.id = chain;
  row.cseq = 8;
  w.add(row);
  CHECK(records("FACTORY", fork("5", other)) == "refused registry-only header/party");
  CHECK(records("registry", fork("5", kept)) == "refused payload-form /other:repeated");
  CHECK(records("registry", fork("5", other)) == "accepted 1");
  CHECK(w.row<Chain>(chain)->state == ChainState::frozen);
  CHECK(w.row<Fork>(chain, "0000000005")->other == other);
  CHECK(records("registry", fork("5", other)) == "refused id-taken /cseq");
  CHECK(records("registry", fork("6", other)) == "accepted 2");
}

TEST_CASE("step types: each is found by name and version, in order", "[steps][registry]") {
  std::string_view before;
  for (const StepType& type : step_types()) {
    CHECK(before < type.name);
    CHECK(find_step_type(type.name, type.version) == &type);
    before = type.name;
  }
  CHECK(find_step_type("permit.issue", 2) == nullptr);
  CHECK(find_step_type("permit.lend", 1) == nullptr);
}
