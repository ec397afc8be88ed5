#include <catch2/catch.hpp>

#include "../crypto/certificate_maker.h"
#include "crypto/digest.h"
#include "crypto/encoding.h"
#include "registry/steps/address_code.h"
#include "world.h"

using namespace world;

namespace {

constexpr const char* kCode = "7K3F-QW9T-2M8X-ZD4N-D";
const std::string kSalt(64, 'a');

/// A county with its police, two units that wait to be verified, and one that does not.
World county() {
  World w;
  w.agency("PSB", "PS", "X", "360302");
  w.agency("PSN", "PS", "C", "360100");
  w.unit("ACID", "user", "360302", PartyStatus::registered);
  w.unit("DYES", "user", "360302", PartyStatus::registered);
  w.unit("FACTORY", "user", "360302");
  w.unit("OPERATOR", "operator", "360000");
  return w;
}

std::string letter(std::string_view id, std::string_view party, std::string_view code = kCode) {
  return "{'letter':'" + std::string(id) + "','party':'" + std::string(party) + "','salt':'" + kSalt +
         "','commitment':'" + address_code_commitment(party, id, code, kSalt) + "'}";
}
std::string sends(World& w, std::string_view id, std::string_view party, std::string_view agency = "PSB") {
  return w.submit("party.challenge", agency, letter(id, party)).says();
}
Answer answers(World& w, std::string_view party, std::string_view id, std::string_view code = kCode) {
  return w.submit("party.answer", party, "{'letter':'" + std::string(id) + "','code':'" + std::string(code) + "'}");
}
std::string verifies(World& w, std::string_view party, std::string_view id) {
  return w
      .submit("party.verify", "PSB",
              "{'party':'" + std::string(party) + "','method':'address-code','letter':'" + std::string(id) + "'}")
      .says();
}

}  // namespace

TEST_CASE("address code: eighty random bits in groups, and a symbol to check them", "[steps][letters]") {
  CHECK(make_address_code(std::string(10, '\0')) == "0000-0000-0000-0000-0");
  CHECK(make_address_code(std::string(10, '\xff')) == "ZZZZ-ZZZZ-ZZZZ-ZZZZ-G");
  CHECK(address_code_form(make_address_code("0123456789")) == AddressCodeForm::good);
  CHECK(address_code_form(kCode) == AddressCodeForm::good);
}

TEST_CASE("address code: every misread symbol is noticed", "[steps][letters]") {
  const std::string symbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ", good = kCode;
  for (std::size_t at = 0; at < good.size(); ++at) {
    for (const char symbol : symbols) {
      std::string code = good;
      code[at] = symbol;
      if (code != good) CHECK(address_code_form(code) != AddressCodeForm::good);
    }
  }
  for (const char* bad : {"", "7K3F", "7K3FQW9T2M8XZD4ND", "7k3f-qw9t-2m8x-zd4n-d", "7K3F-QW9T-2M8X-ZD4N-",
                          "7K3F-QW9T-2M8X-ZD4I-D", "7K3F QW9T 2M8X ZD4N D", "7K3F-QW9T-2M8X-ZD4N-DD"})
    CHECK(address_code_form(bad) == AddressCodeForm::bad_form);
}

TEST_CASE("letter: the code that came by mail lets the unit be verified", "[steps][letters]") {
  World w = county();
  CHECK(sends(w, "HS-1", "ACID") == "accepted 100");
  const auto* duty = w.row<Obligation>("answer-letter:ACID");
  REQUIRE(duty);
  CHECK(duty->party == "ACID");
  CHECK(local_date(duty->due.plus_ms(-1)).str() == "2026-04-01");
  CHECK(verifies(w, "ACID", "HS-1") == "refused letter-not-answered /letter");
  CHECK(answers(w, "ACID", "HS-1").says() == "accepted 101");
  CHECK(w.row<AddressLetter>("HS-1")->answered == 101);
  CHECK(w.row<Obligation>("answer-letter:ACID")->closed == 101);
  CHECK(verifies(w, "ACID", "HS-1") == "accepted 102");
  CHECK(w.row<Party>("ACID")->status == PartyStatus::verified);
}

TEST_CASE("letter: the log does not hold the code before it is answered", "[steps][letters]") {
  World w = county();
  const Answer sent = w.submit("party.challenge", "PSB", letter("HS-1", "ACID"));
  REQUIRE(sent.accepted());
  CHECK(everything(w.facts()).find("7K3F") == std::string::npos);
  CHECK(address_code_commitment("ACID", "HS-1", kCode, kSalt) != address_code_commitment("DYES", "HS-1", kCode, kSalt));
  CHECK(address_code_commitment("ACID", "HS-1", kCode, kSalt) != address_code_commitment("ACID", "HS-2", kCode, kSalt));
}

TEST_CASE("letter: another code is wrong, a misread one is told apart", "[steps][letters]") {
  World w = county();
  REQUIRE(sends(w, "HS-1", "ACID") == "accepted 100");
  CHECK(answers(w, "ACID", "HS-1", make_address_code("0123456789")).says() == "refused letter-code-wrong /code");
  CHECK(answers(w, "ACID", "HS-1", "7K3F-QW9T-2M8X-ZD4M-D").says() == "refused payload-form /code:bad_check");
  CHECK(answers(w, "ACID", "HS-1", "7K3F").says() == "refused payload-form /code:bad_code");
  CHECK(answers(w, "ACID", "HS-1").accepted());
}

TEST_CASE("letter: a code opens for the unit alone that it was sent to", "[steps][letters]") {
  World w = county();
  REQUIRE(sends(w, "HS-1", "ACID") == "accepted 100");
  REQUIRE(sends(w, "HS-2", "DYES") == "accepted 101");
  CHECK(answers(w, "DYES", "HS-1").says() == "refused letter-of-another /letter");
  CHECK(answers(w, "DYES", "HS-9").says() == "refused letter-unknown /letter");
  REQUIRE(answers(w, "ACID", "HS-1").accepted());
  CHECK(verifies(w, "DYES", "HS-1") == "refused letter-of-another /letter");
  CHECK(verifies(w, "DYES", "HS-9") == "refused letter-unknown /letter");
}

TEST_CASE("letter: a commitment copied to another unit does not open for it", "[steps][letters]") {
  World w = county();
  std::string copied = letter("HS-1", "ACID");
  copied.replace(copied.find("'party':'ACID'"), 14, "'party':'DYES'");
  REQUIRE(w.submit("party.challenge", "PSB", copied).accepted());
  CHECK(answers(w, "DYES", "HS-1").says() == "refused letter-code-wrong /code");
}

TEST_CASE("letter: a code counts once", "[steps][letters]") {
  World w = county();
  REQUIRE(sends(w, "HS-1", "ACID") == "accepted 100");
  REQUIRE(answers(w, "ACID", "HS-1").accepted());
  const Answer again = answers(w, "ACID", "HS-1");
  CHECK(again.says() == "refused letter-answered-already /letter");
  CHECK(fact(again, "index") == "101");
}

TEST_CASE("letter: a code is good until its last moment", "[steps][letters]") {
  for (const auto& [day, said] :
       {std::pair("2026-04-01", "accepted 101"), std::pair("2026-04-02", "refused letter-expired /letter")}) {
    World w = county();
    REQUIRE(sends(w, "HS-1", "ACID") == "accepted 100");
    w.go_to(day);
    CHECK(answers(w, "ACID", "HS-1").says() == said);
  }
}

TEST_CASE("letter: a newer one gives the unit its days anew", "[steps][letters]") {
  World w = county();
  REQUIRE(sends(w, "HS-1", "ACID") == "accepted 100");
  w.go_to("2026-04-02");
  CHECK(sends(w, "HS-1", "ACID") == "refused id-taken /letter");
  REQUIRE(sends(w, "HS-2", "ACID") == "accepted 101");
  CHECK(local_date(w.row<Obligation>("answer-letter:ACID")->due.plus_ms(-1)).str() == "2026-05-02");
  CHECK(answers(w, "ACID", "HS-1").says() == "refused letter-expired /letter");
  CHECK(answers(w, "ACID", "HS-2").says() == "accepted 102");
}

TEST_CASE("letter: only an agency of the region sends one, to a unit that waits for it", "[steps][letters]") {
  World w = county();
  CHECK(sends(w, "HS-1", "ACID", "PSN") == "refused not-competent /party");
  CHECK(sends(w, "HS-1", "ACID", "FACTORY") == "refused not-an-agency header/party");
  CHECK(sends(w, "HS-1", "NOBODY") == "refused unknown-party /party");
  CHECK(sends(w, "HS-1", "FACTORY") == "refused party-verified-already /party");
  CHECK(answers(w, "FACTORY", "HS-1").says() == "refused party-verified-already header/party");
}

TEST_CASE("letter: a unit that was seen in person need not answer any more", "[steps][letters]") {
  World w = county();
  REQUIRE(sends(w, "HS-1", "ACID") == "accepted 100");
  REQUIRE(w.submit("party.verify", "PSB", "{'party':'ACID','method':'in-person'}").accepted());
  CHECK(w.row<Obligation>("answer-letter:ACID")->closed == 101);
}

TEST_CASE("party.verify: each method shows what it needs, and nothing else", "[steps][verify]") {
  World w = county();
  const auto says = [&](const char* members) {
    return w.submit("party.verify", "PSB", std::string("{'party':'ACID',") + members + "}").says();
  };
  CHECK(says("'method':'address-code'") == "refused payload-form /letter:required");
  CHECK(says("'method':'certificate'") == "refused payload-form /chain:required");
  CHECK(says("'method':'in-person','letter':'HS-1'") == "refused payload-form /letter:not_allowed");
  CHECK(says("'method':'address-code','letter':'HS-1','chain':[{'certificate':'AAAA'}]") ==
        "refused payload-form /chain:not_allowed");
  CHECK(says("'method':'certificate','chain':[{'certificate':'!'}]") ==
        "refused payload-form /chain/0/certificate:bad_base64");
}

namespace {

constexpr const char* kUscc = "91110000600037341L";

/// The unit's key, as World makes it.
crypto::PrivateKey key_named(std::string_view name) {
  return crypto::PrivateKey::from_seed(crypto::Suite::ed25519_sha256, crypto::sha256(name).view());
}

/// A chain for the administrator's key of ACID.
certificates::Chain chain_of(crypto::Suite suite = crypto::Suite::p256_sha256) {
  return {suite, key_named("ACID admin 1")};
}

std::string evidence(const std::vector<std::string>& ders) {
  std::string lines;
  for (const std::string& der : ders)
    lines += (lines.empty() ? "{'certificate':'" : ",{'certificate':'") + crypto::to_base64(der) + "'}";
  return "{'party':'ACID','method':'certificate','chain':[" + lines + "]}";
}

void trust(World& w, const std::vector<std::string>& ders) {
  const std::string anchor = crypto::sha256(ders.back()).hex();
  REQUIRE(w.submit("policy.set", "OPERATOR", "{'settings':[{'name':'certificate_anchors','value':'" + anchor + "'}]}")
              .accepted());
}

/// What becomes of it when the chain's last certificate is trusted.
std::string shown(const certificates::Chain& chain) {
  World w = county();
  const auto ders = chain.ders();
  trust(w, ders);
  return w.submit("party.verify", "PSB", evidence(ders)).says();
}

}  // namespace

TEST_CASE("certificate: a chain of a CA of the policy verifies the unit it names", "[steps][verify]") {
  for (const auto suite : {crypto::Suite::ed25519_sha256, crypto::Suite::p256_sha256, crypto::Suite::sm2_sm3}) {
    INFO(crypto::name(suite));
    CHECK(shown(chain_of(suite)) == "accepted 101");
  }
}

TEST_CASE("certificate: the CA must be named by the policy in force", "[steps][verify]") {
  World w = county();
  const auto ders = chain_of().ders();
  CHECK(w.submit("party.verify", "PSB", evidence(ders)).says() == "refused certificate-anchor-unknown /chain");
  trust(w, chain_of(crypto::Suite::sm2_sm3).ders());
  CHECK(w.submit("party.verify", "PSB", evidence(ders)).says() == "refused certificate-anchor-unknown /chain");
  trust(w, ders);
  REQUIRE(
      w.submit("policy.set", "OPERATOR", "{'settings':[{'name':'certificate_anchors','value':'none'}]}").accepted());
  CHECK(w.submit("party.verify", "PSB", evidence(ders)).says() == "refused certificate-anchor-unknown /chain");
}

TEST_CASE("certificate: it is for a key that the unit has enrolled and still has", "[steps][verify]") {
  certificates::Chain chain = chain_of();
  chain.unit = certificates::KeyPair::of(key_named("DYES admin 1"));
  CHECK(shown(chain) == "refused certificate-other-key /chain/0/certificate");
  chain.unit = certificates::KeyPair::of(key_named("nobody's"));
  CHECK(shown(chain) == "refused certificate-other-key /chain/0/certificate");
  World w = county();
  const auto ders = chain_of().ders();
  trust(w, ders);
  REQUIRE(w.submit("key.revoke", "PSB", "{'key':'" + w.admin("ACID").key + "','reason':'stolen'}").accepted());
  CHECK(w.submit("party.verify", "PSB", evidence(ders)).says() == "refused certificate-other-key /chain/0/certificate");
}

TEST_CASE("certificate: its subject holds the unit's own code, where the rules look for it", "[steps][verify]") {
  const auto with = [](std::vector<std::pair<std::string, std::string>> attributes) {
    certificates::Chain chain = chain_of();
    chain.unit_card.attributes = std::move(attributes);
    return shown(chain);
  };
  const std::string other = "refused certificate-other-unit /chain/0/certificate";
  CHECK(with({{"2.5.4.5", kUscc}}) == "accepted 101");
  CHECK(with({{"2.5.4.11", "研发部"}, {"2.5.4.11", kUscc}}) == "accepted 101");
  CHECK(with({}) == other);
  CHECK(with({{"2.5.4.97", "NTRCN-91360302MA770HY85A"}}) == other);
  CHECK(with({{"2.5.4.97", std::string(kUscc) + "X"}}) == other);
  CHECK(with({{"2.5.4.10", kUscc}}) == other);
}

TEST_CASE("certificate: each fault of a chain is refused with its own rule", "[steps][verify]") {
  using certificates::kNow;
  const auto with = [](auto&& change) {
    certificates::Chain chain = chain_of();
    change(chain);
    return shown(chain);
  };
  using Chain = certificates::Chain;
  CHECK(with([](Chain& c) { c.unit_card.to = kNow - 1; }) == "refused certificate-expired /chain");
  CHECK(with([](Chain& c) { c.unit_card.from = kNow + 1; }) == "refused certificate-not-yet-valid /chain");
  CHECK(with([](Chain& c) { c.ca_card.basic_constraints = "critical,CA:FALSE"; }) ==
        "refused certificate-not-a-ca /chain");
  CHECK(with([](Chain& c) { c.root_card = certificates::ca("Root", 0); }) == "refused certificate-path-length /chain");
  CHECK(with([](Chain& c) { c.middle = certificates::KeyPair::rsa(); }) == "refused certificate-algorithm /chain");
  CHECK(with([](Chain& c) { c.unit_card.strange = true; }) == "refused certificate-broken /chain");
  World w = county();
  const auto ders = chain_of().ders();
  const auto says = [&](const std::vector<std::string>& chain) {
    return w.submit("party.verify", "PSB", evidence(chain)).says();
  };
  CHECK(says({ders[0]}) == "refused certificate-too-long /chain");
  CHECK(says({ders[0], ders[1], ders[2], ders[2], ders[2], ders[2]}) == "refused certificate-too-long /chain");
  CHECK(says({ders[0], std::string(5000, '0'), ders[2]}) == "refused certificate-too-large /chain");
  CHECK(says({ders[0], "garbage", ders[2]}) == "refused certificate-unreadable /chain");
}

TEST_CASE("certificate: its days are asked of the entry's time, not of any clock", "[steps][verify]") {
  World w = county();
  const auto ders = chain_of().ders();
  trust(w, ders);
  w.go_to("2027-06-01");
  CHECK(w.submit("party.verify", "PSB", evidence(ders)).says() == "refused certificate-expired /chain");
}

TEST_CASE("policy.set: anchors are hashes, or none", "[steps][registry]") {
  World w = county();
  const auto says = [&](const std::string& value) {
    return w.submit("policy.set", "OPERATOR", "{'settings':[{'name':'certificate_anchors','value':'" + value + "'}]}")
        .says();
  };
  const std::string hash(64, 'a'), bad = "refused payload-form /settings/0/value:bad_hash";
  CHECK(says(hash) == "accepted 100");
  CHECK(says(hash + "," + hash) == "accepted 101");
  CHECK(says("none") == "accepted 102");
  for (const std::string& value : {hash + ",", "," + hash, hash + "," + "none", std::string(64, 'A'), std::string("x")})
    CHECK(says(value) == bad);
}
