#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registry/domain/working_set.h"
#include "registry/rules/pack.h"
#include "registry/steps/step.h"
#include "registry/store/store.h"

// A small ledger on disk for tests: steps are decided and stored as the registry does it, one commit each.
namespace tracing_test {

using namespace registry;

inline constexpr std::int64_t kKg = 1'000'000;
inline const std::string kAnhydride = "CN2-02";

const RulePack& rules();
/// {"unit":"kg","value":"1.2"} and {"lot":..,"quantity":..} with ' for ".
std::string quantity(std::string_view kg);
std::string line(std::string_view lot, std::string_view kg);

class Ledger {
 public:
  /// Empty, in a folder of its own, on Monday 2026-03-02 at 10:00 in Shanghai.
  Ledger();
  ~Ledger();
  Ledger(const Ledger&) = delete;

  /// A verified unit with one key and a site "S-<id>".
  void unit(const std::string& id, const std::string& name, const std::string& kinds, const std::string& region);
  void site(const std::string& id, const std::string& party, const std::string& region);
  /// A paper in force all year, with quota of acetic anhydride.
  void paper(const std::string& no, const std::string& kind, const std::string& holder, std::int64_t amount);
  /// Puts a row there with the next entry.
  template <class T>
  void add(T row) {
    facts_.store(std::move(row));
  }

  /// Submits a step signed by the author's key; ' stands for ". Returns its log index; a refusal is a failed test.
  std::int64_t submit(std::string_view type, const std::string& author, std::string_view payload);
  /// An entry that only moves goods.
  std::int64_t move(std::string_view type, const std::string& author, std::vector<Move> moves);
  /// Many such entries in one commit.
  void move_all(const std::string& author, const std::vector<std::vector<Move>>& entries);

  /// Very many moves, unchecked, with entries that have no leaf and no outcome; not to be mixed with steps after it.
  void quick_moves(const std::string& author, const std::vector<std::vector<Move>>& entries);

  /// MAKER makes the lot at its site; it and SELLER, BUYER, CARRIER are there from the start.
  std::int64_t produce(const std::string& lot, std::string_view kg, std::string_view inputs = {});
  /// SELLER opens its stock with the lot.
  std::int64_t open(const std::string& lot, std::string_view kg);
  /// Consignment from SELLER to BUYER with CARRIER in a lorry, under sale "X-<id>" and the papers of trade().
  std::int64_t dispatch(const std::string& id, const std::string& lot, std::string_view kg);
  std::int64_t carry(const std::string& id, const std::string& lot, std::string_view kg);
  std::int64_t count(const std::string& id, const std::string& lot, std::string_view kg);
  std::int64_t accept(const std::string& id);
  /// SELLER counts a lot at S-SELLER.
  std::int64_t count_stock(const std::string& lot, std::string_view kg);

  /// The author's clock for the next entries, if it is not that of the registry.
  void claim(std::optional<UtcTime> time) { claimed_ = time; }
  UtcTime now() const { return state_.rtime; }
  void wait(std::int64_t ms) { state_wait_ += ms; }
  Store& store() { return *store_; }
  std::unique_ptr<Reader> read() { return store_->begin_read(); }
  std::int64_t size() const { return state_.size; }

 private:
  std::int64_t append(std::string_view type, const std::string& author, const std::string& payload,
                      const Outcome& outcome);
  void put(AppendTx& tx, std::string_view type, const std::string& author, const std::string& payload,
           const Outcome& outcome);
  void apply(AppendTx& tx, const Outcome& outcome);
  void finish(AppendTx& tx, const LogState& before);
  void tick();

  std::filesystem::path folder_;
  std::unique_ptr<Store> store_;
  WorkingSet facts_;
  LogState state_;
  std::int64_t state_wait_ = 0;
  std::optional<UtcTime> claimed_;
};

/// A ledger with the licence TR-1 of SELLER and the purchase paper GB-1 of BUYER over 1 t, and lot L-1 (500 kg) in stock.
void trade(Ledger& ledger);

}  // namespace tracing_test
