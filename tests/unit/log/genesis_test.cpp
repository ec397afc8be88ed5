#include "registry/log/genesis.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "author.h"
#include "crypto/encoding.h"

using namespace registry;
using namespace registry::testing;

namespace {

/// The first entry of a ledger, with members that a test may spoil.
class First {
 public:
  First()
      : author_(crypto::Suite::ed25519_sha256, 'o', "operator"),
        signer_(*crypto::NoteSigner::make(std::string(kLedger), key_of(crypto::Suite::ed25519_sha256, 'L'))) {
    const auto spki = crypto::to_base64(author_.key().public_key().spki());
    payload = {{"ledger", std::string(kLedger)},
               {"log_key", signer_.verifier().vkey()},
               {"operator_key", {{"spki", spki}, {"suite", "ed25519-sha256"}}}};
  }

  /// "read", or "genesis-form <pointer> <code>".
  std::string says(std::string_view type = kGenesisType) {
    const auto genesis = parse_genesis(author_.sign(type, "{}").header, payload);
    if (genesis) return "read";
    const auto& field = genesis.error().fields.front();
    return genesis.error().rule + " " + field.pointer + " " + field.code;
  }

  crypto::Json payload;

 private:
  Author author_;
  crypto::NoteSigner signer_;
};

std::string says_with(const char* member, crypto::Json value) {
  First first;
  first.payload[member] = std::move(value);
  return first.says();
}

}  // namespace

TEST_CASE("genesis: names its ledger, the log's key and the operator's", "[log][genesis]") {
  First first;
  CHECK(first.says() == "read");
  CHECK(first.says("policy.set") == "genesis-form header/type not_genesis");
}

TEST_CASE("genesis: is no genesis of another ledger, log or operator", "[log][genesis]") {
  CHECK(says_with("ledger", "registry.example/other") == "genesis-form /ledger other_ledger");
  CHECK(says_with("ledger", 7) == "genesis-form /ledger other_ledger");
  CHECK(says_with("log_key", "no key") == "genesis-form /log_key bad_key");
  const auto other = crypto::NoteSigner::make("registry.example/other", key_of(crypto::Suite::ed25519_sha256, 'L'));
  CHECK(says_with("log_key", other->verifier().vkey()) == "genesis-form /log_key other_name");
  CHECK(says_with("operator_key", nullptr) == "genesis-form /operator_key bad_key");
  const auto stranger = key_of(crypto::Suite::ed25519_sha256, 's').public_key();
  CHECK(says_with("operator_key", {{"spki", crypto::to_base64(stranger.spki())}, {"suite", "ed25519-sha256"}}) ==
        "genesis-form /operator_key not_author");
}
