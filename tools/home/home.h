#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/key.h"
#include "registry/base/time.h"
#include "registry/rules/pack.h"
#include "registry/service/anchor.h"
#include "registry/service/registry.h"
#include "registry/store/personal.h"
#include "registry/store/store.h"
#include "tools/home/home_config.h"

namespace tools {

/// A mistake in the data folder or on the command line; the text says what to do. Exit code 2.
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A data folder: config.json, ledger.db, personal.db, keys/personal.db, keys/log.pem (unless a token signs the log),
/// keys/operator.pem, tokens.json, anchor.
class Home {
 public:
  /// An existing folder; throws UsageError naming every fault of its config.json, unknown members among them.
  static Home open(const std::filesystem::path& folder);
  /// Makes folder, keys (mode 0600) and config.json; throws UsageError when a ledger is there already.
  static Home create(const std::filesystem::path& folder, const HomeConfig& config);

  const HomeConfig& config() const { return config_; }
  std::filesystem::path folder() const { return folder_; }
  std::filesystem::path database() const { return folder_ / "ledger.db"; }
  std::filesystem::path tokens() const { return folder_ / "tokens.json"; }
  std::filesystem::path anchor() const;
  /// Who read what, and its own anchor, beside that of the ledger.
  std::filesystem::path access_log() const { return folder_ / "access.db"; }
  std::filesystem::path access_anchor() const { return anchor().string() + ".access"; }
  /// Personal values, sealed, and their keys.
  std::filesystem::path personal() const { return folder_ / "personal.db"; }
  std::filesystem::path personal_keys() const;

  /// The file's or that of the token; a token is opened once. Throws UsageError when the file is missing, readable by
  /// others, or no key, when the token cannot be opened, and for a key that is not Ed25519: notes know no other.
  crypto::PrivateKey log_key() const;
  crypto::PrivateKey operator_key() const;
  /// A path as the configuration has it: relative to the data folder unless absolute.
  std::filesystem::path place(const std::string& path) const;

 private:
  Home(std::filesystem::path folder, HomeConfig config) : folder_(std::move(folder)), config_(std::move(config)) {}
  crypto::PrivateKey key(std::string_view name) const;
  std::filesystem::path folder_;
  HomeConfig config_;
  mutable std::optional<crypto::PrivateKey> token_key_;
};

/// A ledger opened for writing, with everything it needs, in the order in which it must be destroyed.
class OpenLedger {
 public:
  /// Runs the checks at start. The clock must outlive it.
  OpenLedger(const Home& home, const registry::Clock& clock);
  registry::Registry& registry() { return *registry_; }
  registry::Store& store() { return *store_; }
  const registry::RulePack& rules() const { return rules_; }

 private:
  registry::RulePack rules_;
  std::unique_ptr<registry::Store> store_;
  registry::AnchorFile anchor_;
  std::unique_ptr<registry::PersonalStore> personal_;
  std::unique_ptr<registry::Registry> registry_;
};

/// Makes the database and stores the genesis entry, signed by the operator's key. The folder must be new.
void open_new_ledger(const Home& home, const registry::Clock& clock);

registry::LedgerIdentity identity_of(const Home& home);

/// A private key of any suite. Throws UsageError when the file is missing, readable by others, or no key.
crypto::PrivateKey load_key(const std::filesystem::path& path);

}  // namespace tools
