#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "api/routes/service_server.h"
#include "crypto/key.h"
#include "registry/service/registry.h"
#include "registry/service/system_entry.h"
#include "tests/api/link.h"

// A small city for tests of the API: the real server on a free port, a store in a temporary folder, and people who
// sign.
namespace city {

using Json = nlohmann::json;

/// A party's signing key with its chain. For one thread.
class Person {
 public:
  Person(std::string ledger, std::string party, std::string_view name);

  const std::string& party() const { return party_; }
  const crypto::PrivateKey& key() const { return key_; }
  std::string key_id() const { return key_.public_key().id().hex(); }
  std::string chain() const;
  /// {"spki", "suite"}
  Json key_json() const;

  /// The next entry of the chain, signed by `others` too; the chain goes on when `stored` is called.
  registry::Submission make(registry::UtcTime time, std::string_view type, Json payload,
                            const std::vector<const Person*>& others = {}) const;
  void stored(const registry::Submission& entry);

 private:
  std::string ledger_, party_;
  crypto::PrivateKey key_;
  std::optional<registry::Chain> head_;
};

/// "1.25", "kg"
Json quantity(std::string_view value, std::string_view unit = "kg");

/// A ledger with an operator, two agencies (public security and safety of Jiangxi), a producer, a user, a carrier and a
/// bystander, all verified, with a site each. Tokens are the names of the roles; "officer-<party>" for officers;
/// "regulator-<region>" and "bureau-<region>" for those of 360300 and 360400.
class City {
 public:
  City();
  ~City();

  /// Stores an entry; throws with the server's answer when it is not stored.
  Json must(Person& author, std::string_view type, Json payload, const std::vector<const Person*>& others = {});
  /// Sends one and gives the answer; the author's chain goes on if it was stored.
  Answer submit(Person& author, std::string_view type, Json payload, const std::vector<const Person*>& others = {});
  Answer send(const registry::Submission& entry);
  Answer get(const std::string& path, const std::string& token = "regulator") { return link().get(path, token); }
  Link& link() { return *link_; }

  /// Permits for a sale of acetic anhydride from the producer to the user across a border of prefectures, and 500 kg of
  /// it in stock as lot LOT-1: licence L-1, purchase paper B-1 and transport paper T-1 of 100 kg each.
  void open_trade();
  void sell(const std::string& sale, std::string_view amount);
  void dispatch(const std::string& consignment, const std::string& sale, std::string_view amount);
  void count(const std::string& consignment, std::string_view amount);
  /// A commerce agency, an exporter, and a notice PEN-1 of an export of acetone with the link K-1.
  void open_border();

  std::int64_t log_size() { return registry().status().state.size; }
  registry::UtcTime now() const { return clock_.now(); }
  void go_to(registry::UtcTime time) { clock_.set(time); }
  registry::AccessLog& access_log() { return *access_; }
  std::string access_file() const { return (folder_ / "access.db").string(); }
  registry::Registry& registry() { return *registry_; }
  std::uint16_t port() const { return server_->port(); }
  /// What the server has written to its log so far.
  std::string log_text();

  static constexpr const char* kLedger = "registry.example/city-1";
  Person operator_, police, safety, maker, user, carrier, other;

 private:
  void open();
  void enrol(Person& party, std::string_view kinds, std::string_view region);

  std::filesystem::path folder_;
  registry::FixedClock clock_;
  std::mutex log_lock_;
  std::string log_text_;
  registry::RulePack rules_;
  std::unique_ptr<registry::Store> store_;
  std::unique_ptr<registry::AnchorFile> anchor_;
  std::unique_ptr<registry::Registry> registry_;
  std::unique_ptr<registry::AccessLog> access_;
  std::unique_ptr<api::ServiceServer> server_;
  std::unique_ptr<Link> link_;
};

/// Of the link K-1 to the two-way check PEN-1 of the traded city.
std::string border_token();

/// One city with an open trade for tests that only read: two sales, C-1 counted and accepted, C-2 on the road.
City& traded_city();

}  // namespace city
