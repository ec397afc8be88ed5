#include <catch2/catch.hpp>

#include "crypto/checkpoint.h"
#include "crypto/merkle.h"
#include "registry/log/entry_bundle.h"
#include "registry/log/leaf.h"
#include "registry/log/receipt.h"
#include "tests/api/city.h"

using namespace city;

namespace {

std::vector<crypto::Digest> path_of(const Json& proof) {
  std::vector<crypto::Digest> out;
  for (const Json& hash : proof["path"]) out.push_back(*crypto::Digest::parse_base64(hash.get<std::string>()));
  return out;
}

crypto::Checkpoint head_of(City& city) {
  return *crypto::open_checkpoint(city.get("/log/checkpoint", "").body, city.registry().log_key());
}

/// More than one full tile.
City& long_city() {
  static City city;
  static const bool filled = [] {
    std::string body;
    for (int i = 0; i < 300; ++i) {
      const auto entry =
          city.maker.make(city.now(), "officer.appoint", {{"officer", "O-" + std::to_string(i)}, {"duty", "keeper"}});
      city.maker.stored(entry);
      body += registry::format_submission(entry) + "\n";
    }
    return city.link().post("/v1/entries:batch", body, "application/x-ndjson").status == 200;
  }();
  return filled ? city : throw std::logic_error("the batch was refused");
}

}  // namespace

TEST_CASE("Proofs of the API verify against its checkpoint") {
  City& city = traded_city();
  const crypto::Checkpoint head = head_of(city);
  for (std::uint64_t index = 0; index < head.size; ++index) {
    const Json proof =
        city.get("/v1/proof/inclusion?index=" + std::to_string(index) + "&size=" + std::to_string(head.size), "")
            .json();
    const auto leaf = *crypto::Digest::parse_base64(proof["leaf_hash"].get<std::string>());
    CHECK(crypto::verify_inclusion(leaf, index, head.size, path_of(proof), head.root));
  }
  const Json prefix = city.get("/v1/proof/consistency?from=3&to=7", "").json();
  const auto root_at = [&](int size) {
    const Json proof = city.get("/v1/proof/inclusion?index=0&size=" + std::to_string(size), "").json();
    return *crypto::root_from_inclusion(*crypto::Digest::parse_base64(proof["leaf_hash"].get<std::string>()), 0,
                                        static_cast<std::uint64_t>(size), path_of(proof));
  };
  CHECK(crypto::verify_consistency(3, 7, path_of(prefix), root_at(3), root_at(7)));
  CHECK(city.get("/v1/proof/inclusion?index=99999", "").says() == "404 not-found");
  CHECK(city.get("/v1/proof/consistency?from=7&to=3", "").says() == "404 not-found");
  CHECK(city.get("/v1/proof/inclusion", "").says() == "400 bad-parameter query/index:required");
  CHECK(city.get("/v1/proof/inclusion?index=-1", "").says() == "400 bad-parameter query/index:out_of_range");
}

TEST_CASE("Tiles and bundles rebuild the tree that the checkpoint signs") {
  City& city = long_city();
  const crypto::Checkpoint head = head_of(city);
  REQUIRE(head.size > 256);
  const std::string partial = std::to_string(head.size - 256);
  const Answer full = city.get("/log/tile/0/000", ""), rest = city.get("/log/tile/0/001.p/" + partial, "");
  CHECK(full.cache == "public, max-age=31536000, immutable");
  CHECK(rest.cache == "public, max-age=60");
  std::vector<crypto::Digest> hashes;
  const std::string all = full.body + rest.body;
  for (std::size_t at = 0; at < all.size(); at += 32) hashes.push_back(*crypto::Digest::parse_raw(all.substr(at, 32)));
  CHECK(hashes.size() == head.size);
  CHECK(crypto::tree_root(hashes) == head.root);

  const Answer bundle = city.get("/log/tile/entries/001.p/" + partial, "");
  const auto leaves = registry::parse_entry_bundle(bundle.body);
  REQUIRE(leaves);
  REQUIRE(leaves->size() == head.size - 256);
  for (std::size_t i = 0; i < leaves->size(); ++i) CHECK(registry::leaf_hash((*leaves)[i]) == hashes[256 + i]);
  CHECK(city.get("/log/tile/1/000.p/1", "").body.size() == 32);

  for (const char* path : {"/log/tile/0/001", "/log/tile/0/002.p/1", "/log/tile/0/000.p/256", "/log/tile/64/000",
                           "/log/tile/0/x000/001", "/log/tile/entries/9", "/log/tile/2/000.p/1"})
    CHECK(city.get(path, "").status == 404);
}

TEST_CASE("A receipt and a bundle stand alone") {
  City& city = traded_city();
  const Json entry = city.get("/v1/entries/5").json();
  const Answer receipt = city.get("/v1/entries/5/receipt");
  CHECK(receipt.type == "text/plain; charset=utf-8");
  CHECK(registry::verify_receipt(receipt.body, text(entry, "leaf"), city.registry().log_key()).has_value());
  CHECK(city.get("/v1/entries/by-id/" + entry["entry_id"].get<std::string>()).json() == entry);

  const Json bundle = city.get("/v1/entries/5/bundle").json();
  CHECK(bundle["format"] == "tallystick.bundle/v1");
  const auto log = crypto::NoteVerifier::parse_vkey(bundle["log_key"].get<std::string>());
  REQUIRE(log);
  const auto proven = [&](const Json& each) {
    const std::string leaf = text(each, "leaf"), outcome = text(each, "outcome");
    CHECK(registry::verify_receipt(text(each, "receipt"), leaf, *log).has_value());
    CHECK(registry::parse_leaf(leaf)->frame.outcome_hash == crypto::sha256(outcome));
  };
  proven(bundle["entry"]);
  bool reaches_opening = false;
  for (const Json& key : bundle["keys"]) {
    proven(key["enrolled_by"]);
    reaches_opening = reaches_opening || key["enrolled_by"]["index"] == 0;
  }
  CHECK(reaches_opening == (bundle["keys"].back()["party"] == "operator"));
}
