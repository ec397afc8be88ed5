#include <catch2/catch.hpp>

#include "goods.h"

using namespace goods;

namespace {

constexpr const char* kAnyuan = "360302";

/// A county with its police, a factory with a store, and a newcomer.
World county() {
  World w;
  w.agency("PSB", "PS", "X", kAnyuan);
  w.agency("PSB-FAR", "PS", "X", "360102");
  w.unit("FACTORY", "producer,user", kAnyuan);
  w.unit("NEWCOMER", "user", kAnyuan, PartyStatus::registered);
  w.site("S-1", "FACTORY", kAnyuan);
  return w;
}

std::string about(std::string_view party) { return "{'party':'" + std::string(party) + "','reason':'检查'}"; }
std::string closing(std::string_view party, std::string_view day = "2026-03-01") {
  return "{'party':'" + std::string(party) + "','stopped_on':'" + std::string(day) + "','reason':'停产'}";
}
std::string withdrawal(std::string_view officer) {
  return "{'officer':'" + std::string(officer) + "','reason':'left'}";
}

}  // namespace

TEST_CASE("party.suspend: an agency halts a unit of its county; its facts are still recorded", "[steps][standing]") {
  World w = county();
  stock(w, "S-1", "L-1", kAcetone, 5 * kKg);
  w.site("S-2", "FACTORY", kAnyuan);
  CHECK(does(w, "party.suspend", "PSB-FAR", about("FACTORY")) == "refused not-competent /party");
  CHECK(does(w, "party.suspend", "FACTORY", about("FACTORY")) == "refused not-an-agency header/party");
  CHECK(does(w, "party.suspend", "PSB", about("PSB-FAR")) == "refused not-a-unit /party");
  CHECK(does(w, "party.suspend", "PSB", about("FACTORY")) == "ok");
  CHECK(w.row<Party>("FACTORY")->status == PartyStatus::suspended);
  CHECK(does(w, "party.suspend", "PSB", about("FACTORY")) == "refused party-standing /party");
  CHECK(does(w, "storage.move", "FACTORY",
             "{'from_site':'S-1','to_site':'S-2','lot':'L-1','quantity':" + quantity("1 kg") + "}") ==
        "refused party-not-verified header/party");
  CHECK(does(w, "stock.count", "FACTORY",
             "{'site':'S-1','counted_on':'2026-03-02','lines':[" + line("L-1", "5 kg") + "]}") == "ok");
}

TEST_CASE("party.restore: brings a unit back to where it was", "[steps][standing]") {
  World w = county();
  Party verified = *w.row<Party>("FACTORY");
  verified.verified = 3;
  w.add(verified);
  CHECK(does(w, "party.restore", "PSB", about("FACTORY")) == "refused party-standing /party");
  for (const char* unit : {"FACTORY", "NEWCOMER"}) {
    REQUIRE(does(w, "party.suspend", "PSB", about(unit)) == "ok");
    CHECK(does(w, "party.restore", "PSB", about(unit)) == "ok");
  }
  CHECK(w.row<Party>("FACTORY")->status == PartyStatus::verified);
  CHECK(w.row<Party>("NEWCOMER")->status == PartyStatus::registered);
}

TEST_CASE("party.close: a unit may not close itself on goods or open ends", "[steps][standing]") {
  World w = county();
  stock(w, "S-1", "L-1", kAcetone, 5 * kKg);
  const Answer full = w.submit("party.close", "FACTORY", closing("FACTORY"));
  CHECK(full.says() == "refused party-holds-goods /party");
  CHECK(fact(full, "goods") == "S-1: CN3-02 L-1");
  CHECK(w.submit("party.close", "FACTORY", closing("FACTORY"), {w.officer("FACTORY")}).says() ==
        "refused needs-admin header/key");
  World empty = county();
  Obligation open;
  open.id = "receive:consignment:C-1";
  open.party = "FACTORY";
  open.kind = "receive";
  empty.add(open);
  CHECK(does(empty, "party.close", "FACTORY", closing("FACTORY")) == "refused party-has-open-ends /party");
  open.closed = 50;
  empty.add(open);
  CHECK(does(empty, "party.close", "FACTORY", closing("FACTORY", "2027-01-01")) == "refused day-in-future /stopped_on");
  CHECK(does(empty, "party.close", "FACTORY", closing("FACTORY")) == "ok");
  CHECK(empty.row<Party>("FACTORY")->status == PartyStatus::closed);
  CHECK(does(empty, "party.close", "FACTORY", closing("FACTORY")) == "refused party-standing /party");
}

TEST_CASE("party.close: an agency that finds a unit gone records what is left as findings", "[steps][standing]") {
  World w = county();
  stock(w, "S-1", "L-1", kAcetone, 5 * kKg);
  const Answer gone = w.submit("party.close", "PSB", closing("FACTORY", "2025-10-01"));
  REQUIRE(gone.says().starts_with("accepted"));
  std::vector<std::string> kinds;
  for (const auto& change : gone.outcome.changes<Finding>()) kinds.push_back(change.after.kind);
  CHECK(kinds == std::vector<std::string>{"closed-with-goods", "late-closing"});
  CHECK(w.balance("site:S-1", kAcetone, "L-1") == 5 * kKg);
}

TEST_CASE("party.close: what a gone unit still owed is a finding, and worse what it had not finished",
          "[steps][standing]") {
  World w = county();
  Obligation receive;
  receive.id = "receive:consignment:C-1";
  receive.party = "FACTORY";
  receive.kind = "receive";
  w.add(receive);
  Obligation annual;
  annual.id = "annual-report:FACTORY:2025";
  annual.party = "FACTORY";
  annual.kind = "annual-report";
  annual.due = w.now().plus_ms(-1);
  w.add(annual);
  w.add(Duty{"annual-report:FACTORY", "FACTORY", "annual-report", annual.id, 3, kNone});
  const Answer gone = w.submit("party.close", "PSB", closing("FACTORY"));
  CHECK(findings(gone) == "closed-with-open-ends high [0,0] (-1,100] ; closed-with-overdue medium [0,0] (-1,100] ");
}

TEST_CASE("site.close: refused while goods lie there or are on their way", "[steps][standing]") {
  World w = on_the_road();
  CHECK(does(w, "site.close", "SELLER", "{'site':'S-SELLER'}") == "refused site-holds-goods /site");
  CHECK(does(w, "site.close", "BUYER", "{'site':'S-BUYER'}") == "refused site-expects-goods /site");
  CHECK(does(w, "site.close", "BUYER", "{'site':'S-SELLER-2'}") == "refused site-of-another /site");
  CHECK(does(w, "site.close", "SELLER", "{'site':'S-SELLER-2'}") == "ok");
  CHECK(does(w, "site.close", "SELLER", "{'site':'S-SELLER-2'}") == "refused site-closed /site");
}

TEST_CASE("officer.withdraw: the keys of the person end with the appointment", "[steps][standing]") {
  World w = county();
  REQUIRE(does(w, "officer.appoint", "FACTORY", "{'officer':'O-1','duty':'keeper'}") == "ok");
  const std::string enrolment = "{'key':" + World::key_json("phone") + ",'role':'officer','officer':'O-1'}";
  REQUIRE(w.submit("key.enrol", "FACTORY", enrolment, {w.admin("FACTORY"), w.new_key("FACTORY", "phone")}).accepted());
  CHECK(w.row<Officer>("O-1")->keys == World::key_id("phone"));
  CHECK(w.submit("officer.withdraw", "FACTORY", withdrawal("O-1"), {w.officer("FACTORY")}).says() ==
        "refused needs-admin header/key");
  CHECK(does(w, "officer.withdraw", "FACTORY", withdrawal("O-9")) == "refused unknown-officer /officer");
  CHECK(does(w, "officer.withdraw", "FACTORY", withdrawal("O-1")) == "ok");
  CHECK(w.row<Key>(World::key_id("phone"))->state == KeyState::revoked);
  CHECK(does(w, "officer.withdraw", "FACTORY", withdrawal("O-1")) == "refused officer-withdrawn /officer");
  const std::string again = "{'key':" + World::key_json("tablet") + ",'role':'officer','officer':'O-1'}";
  CHECK(w.submit("key.enrol", "FACTORY", again, {w.admin("FACTORY"), w.new_key("FACTORY", "tablet")}).says() ==
        "refused officer-withdrawn /officer");
}

TEST_CASE("key.rotate: the old key signs in the new one and ends", "[steps][standing]") {
  World w = county();
  const Signer old = w.admin("FACTORY"), fresh = w.new_key("FACTORY", "next");
  const std::string rotation = "{'key':" + World::key_json("next") + ",'replaces':'" + old.key + "'}";
  CHECK(w.submit("key.rotate", "FACTORY", rotation, {old}).says() == "refused key-possession /key");
  CHECK(w.submit("key.rotate", "FACTORY", rotation, {w.officer("FACTORY"), fresh}).says() ==
        "refused key-not-signing /replaces");
  CHECK(w.submit("key.rotate", "FACTORY", rotation, {old, fresh}).accepted());
  CHECK(w.row<Key>(old.key)->state == KeyState::revoked);
  CHECK(w.row<Key>(World::key_id("next"))->role == KeyRole::admin);
}

TEST_CASE("chain.open: says whose device signs, and which chain it goes on from", "[steps][standing]") {
  World w = county();
  const std::string key = w.officer("FACTORY").key;
  Chain old;
  old.id = std::string(32, 'a');
  old.party = "FACTORY";
  old.head = std::string(64, 'b');
  w.add(old);
  const auto opens = [&](const std::string& more) {
    return w
        .submit("chain.open", "FACTORY", "{'key':'" + key + "','label':'一号门','purpose':'phone'" + more + "}",
                {w.admin("FACTORY")})
        .says();
  };
  CHECK(opens(",'replaces':'" + old.id + "'") == "refused payload-form /head:required");
  CHECK(opens(",'replaces':'" + std::string(32, 'c') + "','head':'" + old.head + "'") ==
        "refused unknown-chain /replaces");
  CHECK(opens(",'replaces':'" + old.id + "','head':'" + std::string(64, 'd') + "'") ==
        "refused chain-head-differs /head");
  CHECK(opens(",'replaces':'" + old.id + "','head':'" + old.head + "'") == "accepted 100");
  CHECK(w.row<Device>(key.substr(0, 32))->label == "一号门");
  CHECK(opens("") == "refused id-taken /key");
}
