#include <openssl/err.h>

#include <catch2/catch.hpp>

#include "certificate_maker.h"
#include "crypto/certificate_chain.h"

using namespace certificates;
using crypto::Suite;

namespace {

constexpr crypto::ChainBounds kBounds{5, 4096};

crypto::PrivateKey unit_key(Suite suite) { return crypto::PrivateKey::from_seed(suite, crypto::sha256("unit").view()); }

std::string_view word(crypto::ChainFault fault) {
  using F = crypto::ChainFault;
  switch (fault) {
    case F::too_long:
      return "too long";
    case F::too_large:
      return "too large";
    case F::unreadable:
      return "unreadable";
    case F::algorithm:
      return "algorithm";
    case F::not_yet_valid:
      return "not yet valid";
    case F::expired:
      return "expired";
    case F::not_a_ca:
      return "not a CA";
    case F::path_length:
      return "path length";
    case F::broken:
      return "broken";
  }
  return {};
}

std::string_view says(const std::vector<std::string>& ders, std::int64_t at = kNow) {
  const auto read = crypto::check_certificate_chain(ders, at, kBounds);
  const auto* fault = std::get_if<crypto::ChainFault>(&read);
  CHECK(ERR_peek_error() == 0);
  return fault ? word(*fault) : "good";
}

/// A chain of P-256 in which `change` alters one thing.
template <class F>
std::string_view says_with(F&& change) {
  Chain chain(Suite::p256_sha256, unit_key(Suite::p256_sha256));
  change(chain);
  return says(chain.ders());
}

}  // namespace

TEST_CASE("certificates: a chain of each suite shows the unit's key, its subject and the anchor", "[certificates]") {
  for (const Suite suite : {Suite::ed25519_sha256, Suite::p256_sha256, Suite::sm2_sm3}) {
    INFO(crypto::name(suite));
    const auto key = unit_key(suite);
    const auto ders = Chain(suite, key).ders();
    const auto read = crypto::check_certificate_chain(ders, kNow, kBounds);
    REQUIRE(std::holds_alternative<crypto::ShownCertificate>(read));
    const auto& shown = std::get<crypto::ShownCertificate>(read);
    CHECK(shown.key == key.public_key());
    CHECK(shown.anchor == crypto::sha256(ders.back()));
    REQUIRE(shown.subject.size() == 2);
    CHECK(shown.subject[0] == std::pair<std::string, std::string>("2.5.4.3", "安源化工"));
    CHECK(shown.subject[1] == std::pair<std::string, std::string>("2.5.4.97", "NTRCN-91110000600037341L"));
    CHECK(*crypto::certificate_key(ders.front()) == key.public_key());
  }
}

TEST_CASE("certificates: the suites may differ from one certificate to the next", "[certificates]") {
  Chain chain(Suite::sm2_sm3, unit_key(Suite::ed25519_sha256));
  CHECK(says(chain.ders()) == "good");
}

TEST_CASE("certificates: a CA below a root may be the anchor, and a root may sign the unit itself", "[certificates]") {
  Chain chain(Suite::p256_sha256, unit_key(Suite::p256_sha256));
  auto ders = chain.ders();
  ders.pop_back();
  CHECK(says(ders) == "good");
  CHECK(says({issue(chain.unit_card, chain.unit, chain.root_card, chain.root), chain.ders().back()}) == "good");
}

TEST_CASE("certificates: each is asked for its days, on the second", "[certificates]") {
  CHECK(says_with([](Chain& c) { c.unit_card.to = kNow - 1; }) == "expired");
  CHECK(says_with([](Chain& c) { c.unit_card.to = kNow + 1; }) == "good");
  CHECK(says_with([](Chain& c) { c.unit_card.from = kNow + 1; }) == "not yet valid");
  CHECK(says_with([](Chain& c) { c.unit_card.from = kNow; }) == "good");
  CHECK(says_with([](Chain& c) { c.ca_card.to = kNow - 1; }) == "expired");
  CHECK(says_with([](Chain& c) { c.root_card.to = kNow - 1; }) == "expired");
  CHECK(says_with([](Chain& c) { c.root_card.from = kNow + 1; }) == "not yet valid");
  const auto ders = Chain(Suite::p256_sha256, unit_key(Suite::p256_sha256)).ders();
  CHECK(says(ders, kNow + 2 * kYear) == "expired");
  CHECK(says(ders, kNow - 2 * kYear) == "not yet valid");
}

TEST_CASE("certificates: who signs another is a CA by its own certificate", "[certificates]") {
  CHECK(says_with([](Chain& c) { c.ca_card.basic_constraints = "critical,CA:FALSE"; }) == "not a CA");
  CHECK(says_with([](Chain& c) { c.ca_card.basic_constraints = ""; }) == "not a CA");
  CHECK(says_with([](Chain& c) { c.ca_card.key_usage = "critical,digitalSignature"; }) == "not a CA");
  CHECK(says_with([](Chain& c) { c.root_card.basic_constraints = "critical,CA:FALSE"; }) == "not a CA");
  CHECK(says_with([](Chain& c) { c.ca_card.key_usage = ""; }) == "good");
}

TEST_CASE("certificates: a CA has no more CAs below it than it may", "[certificates]") {
  CHECK(says_with([](Chain& c) { c.root_card = ca("Root", 0); }) == "path length");
  CHECK(says_with([](Chain& c) { c.root_card = ca("Root", 1); }) == "good");
}

TEST_CASE("certificates: the certificate of a unit is for signing", "[certificates]") {
  CHECK(says_with([](Chain& c) { c.unit_card.key_usage = "critical,keyEncipherment"; }) == "broken");
  CHECK(says_with([](Chain& c) { c.unit_card.key_usage = "critical,digitalSignature"; }) == "good");
}

TEST_CASE("certificates: an extension that must be understood and is not ends the matter", "[certificates]") {
  CHECK(says_with([](Chain& c) { c.unit_card.strange = true; }) == "broken");
  CHECK(says_with([](Chain& c) { c.ca_card.strange = true; }) == "broken");
}

TEST_CASE("certificates: RSA, other curves and other digests are not taken anywhere in the chain", "[certificates]") {
  CHECK(says_with([](Chain& c) { c.unit = KeyPair::rsa(); }) == "algorithm");
  CHECK(says_with([](Chain& c) { c.middle = KeyPair::rsa(); }) == "algorithm");
  CHECK(says_with([](Chain& c) { c.root = KeyPair::rsa(); }) == "algorithm");
  CHECK(says_with([](Chain& c) { c.middle = KeyPair::p384(); }) == "algorithm");
  CHECK(says_with([](Chain& c) { c.unit_card.sha384 = true; }) == "algorithm");
}

TEST_CASE("certificates: each is signed by the next, under its name, and all are used", "[certificates]") {
  const Suite suite = Suite::p256_sha256;
  const Chain chain(suite, unit_key(suite));
  const auto ders = chain.ders();
  const Chain other(Suite::sm2_sm3, unit_key(suite));
  CHECK(says({ders[0], ders[1], other.ders()[2]}) == "algorithm");
  CHECK(says_with([&](Chain& c) { c.ca_card.name = "Another CA"; }) == "good");
  CHECK(says({ders[0], issue(ca("Another CA", 0), chain.middle, chain.root_card, chain.root), ders[2]}) == "broken");
  // The same name, signed with another key.
  const KeyPair stranger = KeyPair::of(unit_key(suite));
  CHECK(says({issue(chain.unit_card, chain.unit, chain.ca_card, stranger), ders[1], ders[2]}) == "broken");
  CHECK(says({ders[0], ders[1], issue(chain.root_card, stranger, chain.root_card, stranger)}) == "broken");
  CHECK(says({ders[1], ders[0], ders[2]}) == "not a CA");
  CHECK(says({ders[0], ders[2]}) == "broken");
  // A certificate that is no link of the chain.
  CHECK(says({ders[0], ders[1], issue(ca("Bystander"), stranger, chain.root_card, chain.root), ders[2]}) == "broken");
  CHECK(says({ders[0], ders[0], ders[1], ders[2]}) == "not a CA");
}

TEST_CASE("certificates: a chain is neither one certificate nor more than the bounds allow", "[certificates]") {
  const Chain chain(Suite::ed25519_sha256, unit_key(Suite::ed25519_sha256));
  const auto ders = chain.ders();
  CHECK(says({}) == "too long");
  CHECK(says({ders[0]}) == "too long");
  CHECK(says({ders[0], ders[1], ders[2], ders[2], ders[2], ders[2]}) == "too long");
  Card wide = chain.unit_card;
  for (int i = 0; i < 40; ++i) wide.attributes.emplace_back("2.5.4.11", std::string(60, 'x') + std::to_string(i));
  for (int i = 0; i < 20; ++i) wide.attributes.emplace_back("2.5.4.11", std::string(60, 'y') + std::to_string(i));
  CHECK(says({issue(wide, chain.unit, chain.ca_card, chain.middle), ders[1], ders[2]}) == "too large");
}

TEST_CASE("certificates: what is no certificate is none", "[certificates]") {
  const auto ders = Chain(Suite::sm2_sm3, unit_key(Suite::sm2_sm3)).ders();
  for (const std::string& garbage :
       {std::string(), std::string("garbage"), std::string(400, '\0'), std::string("\x30\x80", 2), ders[0] + "x",
        ders[0].substr(0, ders[0].size() - 1), ders[0] + ders[0]}) {
    CHECK(says({garbage, ders[1], ders[2]}) == "unreadable");
    CHECK(says({ders[0], ders[1], garbage}) == "unreadable");
    CHECK(!crypto::certificate_key(garbage));
  }
}

TEST_CASE("certificates: no chain with a changed bit is taken under its anchor", "[certificates]") {
  for (const Suite suite : {Suite::ed25519_sha256, Suite::p256_sha256, Suite::sm2_sm3}) {
    INFO(crypto::name(suite));
    const auto good = Chain(suite, unit_key(suite)).ders();
    const crypto::Digest anchor = crypto::sha256(good.back());
    for (std::size_t n = 0; n < good.size(); ++n) {
      for (std::size_t at = 0; at < good[n].size(); ++at) {
        auto ders = good;
        ders[n][at] = static_cast<char>(ders[n][at] ^ 1 << at % 8);
        const auto read = crypto::check_certificate_chain(ders, kNow, kBounds);
        const auto* shown = std::get_if<crypto::ShownCertificate>(&read);
        if (shown && shown->anchor == anchor) FAIL("certificate " << n << ", byte " << at);
      }
    }
  }
}
