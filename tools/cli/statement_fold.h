#pragma once

#include <cstdint>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "tools/cli/verdict.h"

namespace tools {

/// Follows the quota of one permit through the outcomes of its entries, in log order: it begins with what was granted,
/// never falls below zero, and is written off when nothing is left or held. Reports what does not add up.
class StatementFold {
 public:
  StatementFold(std::string permit, Verdict& out);

  /// `outcome` is the text, or null where it may not be seen.
  void take(std::uint64_t index, const nlohmann::json& outcome);
  /// Tells granted, used, lapsed, left and held of each substance, and whether the permit is written off.
  void finish();

 private:
  struct Sums {
    std::int64_t granted = 0, left = 0, held = 0, used = 0, lapsed = 0;
  };
  std::int64_t* account(Sums& sums, const std::string& name) const;
  void move(std::uint64_t index, const std::string& substance, const std::string& from, const std::string& to,
            std::int64_t amount);
  void defect(std::uint64_t index, const char* kind, std::string detail);

  std::string permit_;
  Verdict& out_;
  std::map<std::string, Sums> sums_;
  std::uint64_t last_ = 0;
  bool is_first_ = true, is_whole_ = true;
};

}  // namespace tools
