#include "registry/log/place.h"

#include <catch2/catch.hpp>

#include "author.h"

using namespace registry;
using namespace registry::testing;

namespace {

std::string rule_of(const Result<PlaceKind>& place) {
  if (place) return *place == PlaceKind::next ? "next" : "known";
  return place.error().rule + " " + place.error().fields.front().pointer;
}

/// A key's own chain after its first entry.
struct OneEntry {
  Author author{crypto::Suite::ed25519_sha256, 'a', "P-0001"};
  Submission first = author.sign("policy.set", "{}");
  Chain chain = extended(first.header, first.entry_id, nullptr, 0);
};

}  // namespace

TEST_CASE("place: a key starts the chain that is named after it, and no other", "[log][place]") {
  Author author(crypto::Suite::ed25519_sha256, 'a', "P-0001");
  CHECK(rule_of(place_of(author.sign("policy.set", "{}").header, nullptr)) == "next");
  Author elsewhere(crypto::Suite::ed25519_sha256, 'a', "P-0001");
  elsewhere.chain = std::string(32, 'f');
  CHECK(rule_of(place_of(elsewhere.sign("policy.set", "{}").header, nullptr)) == "second-chain header/chain");
}

TEST_CASE("place: nobody writes on in the chain of another key", "[log][place]") {
  OneEntry of;
  Author intruder(crypto::Suite::ed25519_sha256, 'b', "P-0001");
  intruder.chain = of.chain.id;
  intruder.cseq = of.author.cseq, intruder.prev = of.author.prev;
  CHECK(rule_of(place_of(intruder.sign("policy.set", "{}").header, &of.chain)) == "chain-of-other-key header/chain");
  CHECK(rule_of(place_of(of.author.sign("policy.set", "{}").header, &of.chain)) == "next");
}

TEST_CASE("place: a taken place is known, one too far or beside the head is a gap", "[log][place]") {
  OneEntry of;
  CHECK(rule_of(place_of(of.first.header, &of.chain)) == "known");
  Header header = of.author.sign("policy.set", "{}").header;
  header.prev = crypto::sha256("another head");
  CHECK(rule_of(place_of(header, &of.chain)) == "chain-gap header/prev");
  header.cseq = 3;
  CHECK(rule_of(place_of(header, &of.chain)) == "chain-gap header/cseq");
  CHECK(rule_of(place_of(header, nullptr)) == "chain-gap header/cseq");
}
