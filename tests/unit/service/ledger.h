#pragma once

#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "crypto/encoding.h"
#include "crypto/random.h"
#include "registry/log/place.h"
#include "registry/service/registry.h"
#include "registry/service/system_entry.h"
#include "registry/store/sqlite/sqlite_store.h"

// A ledger in a temporary folder, for tests of the service below the API.
namespace service_test {

using namespace registry;
using Json = nlohmann::json;

/// A signing key that keeps its chain.
class Hand {
 public:
  Hand(std::string party, char seed)
      : party_(std::move(party)),
        key_(crypto::PrivateKey::from_seed(crypto::Suite::ed25519_sha256, std::string(32, seed))) {}

  Submission make(UtcTime time, std::string_view type, Json payload) {
    const AuthorPlace place{"test.example/1", party_, head_ ? &*head_ : nullptr, SeenCheckpoint::none(), time};
    return make_entry(place, key_, type, std::move(payload));
  }
  void stored(const Submission& entry) {
    head_ = extended(entry.header, entry.entry_id, head_ ? &*head_ : nullptr, kNone);
  }
  Json key_json() const { return {{"spki", crypto::to_base64(key_.public_key().spki())}, {"suite", "ed25519-sha256"}}; }
  const crypto::PrivateKey& key() const { return key_; }
  std::string key_id() const { return key_.public_key().id().hex(); }
  std::string chain() const { return first_chain_of(key_.public_key().id()); }

 private:
  std::string party_;
  crypto::PrivateKey key_;
  std::optional<Chain> head_;
};

inline LedgerIdentity test_identity() {
  auto key = crypto::PrivateKey::from_seed(crypto::Suite::ed25519_sha256, std::string(32, 'L'));
  auto signer = crypto::NoteSigner::make("test.example/1", key);
  return {"test.example/1", std::move(key), std::move(*signer)};
}

/// Folder, store, anchor, clock; `open` starts a registry over them, as a process would.
class Ledger {
 public:
  Ledger() : folder_(std::filesystem::temp_directory_path() / ("tallystick-service-" + crypto::random_hex(6))) {
    std::filesystem::create_directories(folder_);
    store_ = SqliteStore::create(database());
    anchor_.emplace(anchor_path());
  }
  ~Ledger() {
    close();
    store_.reset();
    std::filesystem::remove_all(folder_);
  }
  std::string database() const { return (folder_ / "ledger.db").string(); }
  std::string anchor_path() const { return (folder_ / "anchor").string(); }

  /// A registry over the store, or over `instead`.
  Registry& open(Store* instead = nullptr) {
    close();
    if (!store_) store_ = SqliteStore::open(database(), OpenMode::read_write);
    if (!anchor_) anchor_.emplace(anchor_path());
    registry_ = std::make_unique<Registry>(instead ? *instead : *store_, *anchor_, rules(), clock, test_identity());
    return *registry_;
  }
  void close() { registry_.reset(); }
  /// Ends everything that has the files open.
  void release() {
    close();
    store_.reset();
    anchor_.reset();
  }
  Store& store() { return *store_; }
  Registry& registry() { return *registry_; }
  static const RulePack& rules() {
    static const RulePack pack = RulePack::load();
    return pack;
  }

  Result<Receipt> submit(Hand& hand, std::string_view type, Json payload) {
    const auto entry = hand.make(clock.now(), type, std::move(payload));
    auto receipt = registry_->submit(format_submission(entry));
    if (receipt) hand.stored(entry);
    return receipt;
  }
  /// The genesis entry, by `founder`.
  Result<Receipt> found(Hand& founder) {
    return submit(founder, "ledger.open",
                  {{"ledger", "test.example/1"},
                   {"log_key", test_identity().signer.verifier().vkey()},
                   {"operator_key", founder.key_json()},
                   {"pack", "cn"},
                   {"region", "360300"},
                   {"suites", {"ed25519-sha256", "p256-sha256", "sm2-sm3"}}});
  }
  static Json note(const std::string& text) {
    return {{"settings", Json::array({{{"name", "note"}, {"value", text}}})}};
  }

  FixedClock clock{*UtcTime::parse("2026-03-02T02:00:00.000Z")};

 private:
  std::filesystem::path folder_;
  std::unique_ptr<Store> store_;
  std::optional<AnchorFile> anchor_;
  std::unique_ptr<Registry> registry_;
};

}  // namespace service_test
