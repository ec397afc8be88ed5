#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "driver.h"

namespace property {

/// A lot at a site or on the road.
struct Held {
  std::string account, lot;
  const registry::Lot* row;
  std::int64_t amount;
};

/// A small city of units, sites and papers, and what the generator knows about it. Goods come in by steps only.
class City {
 public:
  City(const registry::RulePack& rules, std::uint64_t seed);

  Driver& driver() { return driver_; }
  /// 0 <= n < end.
  std::int64_t dice(std::int64_t end);
  bool chance(int percent) { return dice(100) < percent; }
  template <class T>
  const T& any(const std::vector<T>& list) {
    return list[static_cast<std::size_t>(dice(static_cast<std::int64_t>(list.size())))];
  }
  std::string new_id(const char* kind) { return kind + std::to_string(++ids_); }

  /// Something that lies at the site, if anything does; of this substance, if one is named.
  std::optional<Held> held(const std::string& site, const std::string& substance = {});
  /// An amount of it: whole pieces of packaged goods, at times all.
  Json some(const Held& held);
  /// The amount in base units, written as a payload wants it.
  Json quantity(std::int64_t amount, const registry::Lot& lot) const;
  /// Takes in what the last accepted entry changed.
  void learn();

  std::vector<std::string> open_sales, open_consignments, to_count;
  std::vector<std::int64_t> correctable;

 private:
  void unit(const char* id, const char* kinds);
  void site(const char* id, const char* party, const char* kind);
  void paper(const char* no, const char* kind, const char* holder, const char* substance, std::int64_t amount);

  Driver driver_;
  std::mt19937_64 random_;
  std::uint64_t ids_ = 0;
  /// Lots that lie at a site, some of which may have gone since.
  std::map<std::string, std::vector<std::string>> lots_;
};

}  // namespace property
