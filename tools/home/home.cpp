#include "tools/home/home.h"

#include <nlohmann/json.hpp>

#include "crypto/encoding.h"
#include "registry/log/submission.h"
#include "registry/service/system_entry.h"
#include "registry/store/sqlite/personal_file.h"
#include "registry/store/sqlite/sqlite_store.h"
#include "tools/client/signer.h"
#include "tools/home/files.h"
#include "tools/home/settings.h"

namespace tools {
namespace {

using Json = nlohmann::json;

HomeConfig parse(const std::string& text, const std::filesystem::path& path) {
  std::vector<std::string> faults;
  HomeConfig config = parse_config(text, faults);
  if (faults.empty()) return config;
  std::string all = path.string() + ":";
  for (const std::string& fault : faults) all += "\n  " + fault;
  throw UsageError(all);
}

Json key_json(const crypto::PublicKey& key) {
  return {{"spki", crypto::to_base64(key.spki())}, {"suite", std::string(crypto::name(key.suite()))}};
}

}  // namespace

Home Home::open(const std::filesystem::path& folder) {
  const auto path = folder / "config.json";
  if (!std::filesystem::exists(path))
    throw UsageError("there is no ledger in " + folder.string() + "; make one with: tallystick init --data " +
                     folder.string());
  return Home(folder, parse(read_file(path), path));
}

Home Home::create(const std::filesystem::path& folder, const HomeConfig& config) {
  if (std::filesystem::exists(folder / "config.json") || std::filesystem::exists(folder / "ledger.db"))
    throw UsageError("there is a ledger in " + folder.string() + " already");
  parse(print_config(config), folder / "config.json");
  std::filesystem::create_directories(folder / "keys");
  std::filesystem::permissions(folder / "keys", std::filesystem::perms::owner_all);
  const auto make_key = [&](const char* name) {
    write_file(folder / "keys" / name, crypto::PrivateKey::generate(crypto::Suite::ed25519_sha256).pem(),
               Secrecy::owner_only, false);
  };
  if (config.ledger_key.empty()) make_key("log.pem");
  make_key("operator.pem");
  write_file(folder / "config.json", print_config(config));
  return Home(folder, config);
}

std::filesystem::path Home::place(const std::string& text) const {
  const std::filesystem::path path(text);
  return path.is_absolute() ? path : folder_ / path;
}

std::filesystem::path Home::anchor() const { return place(config_.anchor); }

std::filesystem::path Home::personal_keys() const { return place(config_.personal_keys); }

crypto::PrivateKey load_key(const std::filesystem::path& path) {
  const std::string pem = read_private_file(path);
  for (const crypto::Suite suite : {crypto::Suite::ed25519_sha256, crypto::Suite::p256_sha256, crypto::Suite::sm2_sm3})
    if (auto key = crypto::PrivateKey::parse_pem(suite, pem)) return *key;
  throw UsageError(path.string() + " holds no private key of a suite that we know");
}

crypto::PrivateKey Home::key(std::string_view name) const {
  const auto path = folder_ / "keys" / name;
  auto key = load_key(path);
  if (key.suite() != crypto::Suite::ed25519_sha256) throw UsageError(path.string() + " holds no Ed25519 key");
  return key;
}

crypto::PrivateKey Home::log_key() const {
  if (config_.ledger_key.empty()) return key("log.pem");
  if (!token_key_) token_key_ = open_signer(config_.ledger_key);
  if (token_key_->suite() != crypto::Suite::ed25519_sha256)
    throw UsageError("ledger_key is no Ed25519 key: a log is signed with nothing else");
  return *token_key_;
}
crypto::PrivateKey Home::operator_key() const { return key("operator.pem"); }

registry::LedgerIdentity identity_of(const Home& home) {
  auto key = home.log_key();
  auto signer = crypto::NoteSigner::make(home.config().ledger, key);
  if (!signer) throw UsageError("the ledger's name cannot sign notes: " + home.config().ledger);
  return {home.config().ledger, std::move(key), std::move(*signer)};
}

OpenLedger::OpenLedger(const Home& home, const registry::Clock& clock)
    : rules_(registry::RulePack::load(home.config().pack)),
      store_(registry::SqliteStore::open(home.database().string(), registry::OpenMode::read_write)),
      anchor_(home.anchor().string()),
      personal_(std::make_unique<registry::PersonalFiles>(home.personal().string(), home.personal_keys().string())),
      registry_(
          std::make_unique<registry::Registry>(*store_, anchor_, rules_, clock, identity_of(home), personal_.get())) {}

void open_new_ledger(const Home& home, const registry::Clock& clock) {
  registry::SqliteStore::create(home.database().string());
  const auto operator_key = home.operator_key();
  const Json payload = {{"ledger", home.config().ledger},
                        {"log_key", identity_of(home).signer.verifier().vkey()},
                        {"operator_key", key_json(operator_key.public_key())},
                        {"pack", home.config().pack},
                        {"region", home.config().region},
                        {"suites", {"ed25519-sha256", "p256-sha256", "sm2-sm3"}}};
  OpenLedger ledger(home, clock);
  const registry::AuthorPlace place{home.config().ledger, "operator", nullptr, registry::SeenCheckpoint::none(),
                                    clock.now()};
  const auto entry = registry::make_entry(place, operator_key, "ledger.open", payload);
  const auto receipt = ledger.registry().submit(registry::format_submission(entry));
  if (!receipt) throw UsageError("the ledger cannot be opened: " + receipt.error().rule);
}

}  // namespace tools
