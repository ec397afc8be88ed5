#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/unit/service/ledger.h"

namespace service_test {

/// The year 2024 of a city: two plants, a trader, a using unit, one beyond the border of the province, a wholesaler of
/// narcotics, a hospital and a carrier, with the agencies that watch them. Everybody does what a year brings.
class CityYear : public Ledger {
 public:
  CityYear();

  /// Lives every day from 2 January to 31 December.
  void live();

  /// Entries by the edition of the pack that was in force on their day, as the test counts them itself.
  std::map<std::string, std::int64_t> decided;
  /// Entry types that were accepted, and rules that refused, each by edition: "cn/2024-09-01 substance-not-in-force".
  std::set<std::string> types, refusals;
  /// Refusals that named another edition than that of their day.
  std::vector<std::string> wrong_editions;

 private:
  void enter_agencies();
  void enter_units();
  void issue_papers();
  void renew_papers();
  void live_day(int n);
  void produce(int n);
  void trade(int n);
  void care(int n);
  void count_stores();
  void carry_to_far(int n);

  bool act(const char* party, std::string_view type, Json payload, const std::vector<const char*>& others = {});
  void must(const char* party, std::string_view type, Json payload, const std::vector<const char*>& others = {});
  void note_refusal(std::string_view type, const Refusal& refusal);
  void unit(const char* party, const char* region, const std::vector<std::string>& kinds, const char* site_kind);
  void issue(const char* agency, const char* kind, const char* holder, const char* substance, int months,
             Json more = Json::object());
  void deal(const std::string& sale, const char* seller, const char* buyer, const char* substance, const Json& amount,
            const Json& papers, const char* licence);
  void bring(const std::string& goods, const char* seller, const char* buyer, const std::string& lot,
             const Json& amount, const Json& papers, bool by_two);

  Hand& hand(const std::string& party);
  Date today() const { return local_date(clock.now()); }
  std::string day() const { return today().str(); }
  std::string edition() const { return std::string(rules().on(today()).edition()); }

  std::map<std::string, Hand> hands_;
  std::map<std::string, std::string> stock_;
  int papers_ = 0;
  std::string last_refusal_, buying_, road_, far_buying_, medicine_road_;
};

}  // namespace service_test
