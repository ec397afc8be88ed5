#include <iostream>
#include <nlohmann/json.hpp>

#include "crypto/encoding.h"
#include "registry/log/place.h"
#include "tools/cli/exit_codes.h"
#include "tools/cli/options.h"
#include "tools/client/signer.h"
#include "tools/home/files.h"

namespace tools {
namespace {

nlohmann::json describe(const crypto::PublicKey& key) {
  return {{"chain", registry::first_chain_of(key.id())},
          {"key", key.id().hex()},
          {"spki", crypto::to_base64(key.spki())},
          {"suite", std::string(crypto::name(key.suite()))}};
}

void print(const crypto::PublicKey& key) {
  const auto facts = describe(key);
  for (const char* name : {"suite", "key", "chain", "spki"})
    std::cout << name << std::string(7 - std::string_view(name).size(), ' ') << facts[name].get<std::string>() << '\n';
}

}  // namespace

int run_key_new(const KeyNewOptions& options) {
  const auto suite = crypto::parse_suite(options.suite);
  if (!suite) throw UsageError("--suite is one of ed25519-sha256, p256-sha256, sm2-sm3");
  const auto key = crypto::PrivateKey::generate(*suite);
  write_file(options.out, key.pem(), Secrecy::owner_only, false);
  print(key.public_key());
  return kGood;
}

int run_key_show(const KeyShowOptions& options) {
  const auto key = open_signer(options.file);
  if (options.json)
    std::cout << describe(key.public_key()).dump(2) << '\n';
  else
    print(key.public_key());
  return kGood;
}

}  // namespace tools
