#include <algorithm>
#include <catch2/catch.hpp>

#include "registry/service/audit.h"
#include "tests/unit/service/ledger.h"

// Whether a key counts is decided by the index of the entry, whatever any clock says and however close the race.
namespace service_test {
namespace {

/// A unit with an administrator and a second key, registered; `clerk` signs what the tests are about.
struct Unit {
  Ledger ledger;
  Hand founder{"operator", 'o'}, admin{"PLANT", 'a'}, clerk{"PLANT", 'c'};

  Unit() {
    ledger.open();
    REQUIRE(ledger.found(founder));
    REQUIRE(ledger.submit(admin, "party.register",
                          {{"name", "厂"},
                           {"kinds", {"user"}},
                           {"uscc", "91360300Y123456793"},
                           {"region", "360302"},
                           {"address", "安源"},
                           {"key", admin.key_json()}}));
    REQUIRE(enrol(clerk));
  }

  Submission make(Hand& hand, std::string_view type, Json payload, const std::vector<const Hand*>& others = {}) {
    Submission entry = hand.make(ledger.clock.now(), type, std::move(payload));
    for (const Hand* other : others)
      entry.signatures.push_back({other->key().public_key().id(), other->key().sign(entry.header_text), {}});
    return entry;
  }
  std::string send(Hand& hand, const Submission& entry) {
    const auto receipt = ledger.registry().submit(format_submission(entry));
    if (receipt) hand.stored(entry);
    return receipt ? "stored " + std::to_string(receipt->index) : receipt.error().rule;
  }
  bool enrol(const Hand& key) {
    const auto entry = make(admin, "key.enrol", {{"key", key.key_json()}, {"role", "officer"}}, {&key});
    return send(admin, entry).starts_with("stored");
  }
  Submission site(Hand& hand, const std::string& id) {
    return make(hand, "site.add",
                {{"site", id}, {"name", "库"}, {"kind", "store"}, {"region", "360302"}, {"address", "安源"}});
  }
  Submission revocation(Hand& by, const Hand& of) {
    return make(by, "key.revoke", {{"key", of.key_id()}, {"reason", "stolen"}});
  }
  Submission rotation(Hand& old, const Hand& next) {
    return make(old, "key.rotate", {{"key", next.key_json()}, {"replaces", old.key_id()}}, {&next});
  }
  /// Sends them so that they wait together, in this order; "3 4 key-revoked".
  std::string race(const std::vector<Submission>& entries) {
    std::vector<std::string> lines;
    for (const Submission& entry : entries) lines.push_back(format_submission(entry));
    std::string said;
    for (const auto& receipt : ledger.registry().submit_all({lines.begin(), lines.end()}))
      (said += said.empty() ? "" : " ") += receipt ? std::to_string(receipt->index) : receipt.error().rule;
    return said;
  }
};

}  // namespace

TEST_CASE("keys: an entry that waits before the revocation of its key is stored", "[service][keys]") {
  Unit unit;
  CHECK(unit.race({unit.site(unit.clerk, "S-1"), unit.revocation(unit.admin, unit.clerk)}) == "3 4");
}

TEST_CASE("keys: an entry that waits behind the revocation of its key is refused", "[service][keys]") {
  Unit unit;
  const auto site = unit.site(unit.clerk, "S-1");
  CHECK(unit.race({unit.revocation(unit.admin, unit.clerk), site}) == "3 key-revoked");
  const auto again = unit.ledger.registry().submit(format_submission(site));
  REQUIRE_FALSE(again);
  const auto index = std::find_if(again.error().facts.begin(), again.error().facts.end(),
                                  [](const auto& fact) { return fact.first == "index"; });
  REQUIRE(index != again.error().facts.end());
  CHECK(index->second == "3");
}

TEST_CASE("keys: a key may end itself, and nothing it signs behind that counts", "[service][keys]") {
  Unit unit;
  const auto goodbye = unit.revocation(unit.clerk, unit.clerk);
  unit.clerk.stored(goodbye);
  CHECK(unit.race({goodbye, unit.site(unit.clerk, "S-1")}) == "3 key-revoked");
}

TEST_CASE("keys: a second signature of a key that ends before the entry spoils it", "[service][keys]") {
  Unit unit;
  const Json site = {{"site", "S-1"}, {"name", "库"}, {"kind", "store"}, {"region", "360302"}, {"address", "安源"}};
  Hand other{"PLANT", 'd'};
  REQUIRE(unit.enrol(other));
  const auto both = unit.make(other, "site.add", site, {&unit.clerk});
  CHECK(unit.send(unit.admin, unit.revocation(unit.admin, unit.clerk)) == "stored 4");
  CHECK(unit.send(other, both) == "key-revoked");
}

TEST_CASE("keys: a rotated key signs nothing behind its rotation, the new one does", "[service][keys]") {
  Unit unit;
  Hand next{"PLANT", 'n'};
  const auto rotated = unit.rotation(unit.clerk, next);
  unit.clerk.stored(rotated);
  CHECK(unit.race({rotated, unit.site(unit.clerk, "S-1")}) == "3 key-revoked");
  CHECK(unit.send(unit.clerk, unit.site(unit.clerk, "S-2")) == "key-revoked");
  CHECK(unit.send(next, unit.site(next, "S-3")) == "stored 4");
}

TEST_CASE("keys: of two rotations of one key the first counts", "[service][keys]") {
  Unit unit;
  Hand one{"PLANT", '1'}, two{"PLANT", '2'};
  const auto first = unit.rotation(unit.clerk, one);
  CHECK(unit.send(unit.clerk, first) == "stored 3");
  CHECK(unit.send(unit.clerk, unit.rotation(unit.clerk, two)) == "key-revoked");
  CHECK(unit.send(two, unit.site(two, "S-1")) == "unknown-key");
  CHECK(unit.send(one, unit.site(one, "S-2")) == "stored 4");
}

TEST_CASE("keys: a rotation that waits behind the revocation of its key brings no new key", "[service][keys]") {
  Unit unit;
  Hand next{"PLANT", 'n'};
  CHECK(unit.race({unit.revocation(unit.admin, unit.clerk), unit.rotation(unit.clerk, next)}) == "3 key-revoked");
  CHECK(unit.send(next, unit.site(next, "S-1")) == "unknown-key");
}

TEST_CASE("keys: of two enrolments of one key that wait together the first counts", "[service][keys]") {
  Unit unit;
  Hand fresh{"PLANT", 'f'};
  const Json payload = {{"key", fresh.key_json()}, {"role", "officer"}};
  const auto first = unit.make(unit.admin, "key.enrol", payload, {&fresh});
  unit.admin.stored(first);
  CHECK(unit.race({first, unit.make(unit.admin, "key.enrol", payload, {&fresh})}) == "3 key-enrolled-already");
}

TEST_CASE("keys: what an author's clock says neither saves an entry nor spoils it", "[service][keys]") {
  Unit unit;
  const UtcTime noon = unit.ledger.clock.now();
  // Dated a day before the revocation, received behind it.
  unit.ledger.clock.set(noon.plus_ms(86'400'000));
  CHECK(unit.send(unit.admin, unit.revocation(unit.admin, unit.clerk)) == "stored 3");
  const auto backdated =
      unit.clerk.make(noon, "site.add",
                      {{"site", "S-1"}, {"name", "库"}, {"kind", "store"}, {"region", "360302"}, {"address", "安源"}});
  CHECK(unit.send(unit.clerk, backdated) == "key-revoked");
}

TEST_CASE("keys: an entry dated later than the revocation of its key stands when it came before", "[service][keys]") {
  Unit unit;
  const auto later = unit.ledger.clock.now().plus_ms(60'000);
  const auto ahead =
      unit.clerk.make(later, "site.add",
                      {{"site", "S-1"}, {"name", "库"}, {"kind", "store"}, {"region", "360302"}, {"address", "安源"}});
  CHECK(unit.send(unit.clerk, ahead) == "stored 3");
  CHECK(unit.send(unit.admin, unit.revocation(unit.admin, unit.clerk)) == "stored 4");
  const auto scratch = SqliteStore::scratch();
  CHECK(audit(unit.ledger.store(), *scratch).clean());
}

TEST_CASE("keys: the revocation stands after a restart, by its index", "[service][keys]") {
  Unit unit;
  CHECK(unit.send(unit.clerk, unit.site(unit.clerk, "S-1")) == "stored 3");
  CHECK(unit.send(unit.admin, unit.revocation(unit.admin, unit.clerk)) == "stored 4");
  unit.ledger.open();
  CHECK(unit.send(unit.clerk, unit.site(unit.clerk, "S-2")) == "key-revoked");
  CHECK(unit.send(unit.admin, unit.site(unit.admin, "S-3")) == "stored 5");
}

}  // namespace service_test
