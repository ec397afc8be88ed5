#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tools/demo_city/cast.h"

namespace tools {

/// A lot 批次 at a site.
struct Shelf {
  std::string lot, substance;
  Milli amount = 0;
};

/// What each unit believes to have; the registry must agree to the milligram, or a count finds it out.
class Shelves {
 public:
  void put(const std::string& site, const std::string& lot, std::string_view substance, Milli amount);
  /// Throws std::logic_error when there is less.
  void take(const std::string& site, const std::string& lot, Milli amount);
  /// The oldest lot with at least that much; throws std::logic_error when there is none.
  const Shelf& oldest(const std::string& site, std::string_view substance, Milli at_least) const;
  /// The lot with the most; null when there is nothing.
  const Shelf* fullest(const std::string& site, std::string_view substance) const;
  const std::vector<Shelf>& at(const std::string& site) { return sites_[site]; }
  /// A number that no other lot has.
  std::string new_lot(std::string_view substance);

 private:
  std::map<std::string, std::vector<Shelf>> sites_;
  int lots_ = 0;
};

}  // namespace tools
