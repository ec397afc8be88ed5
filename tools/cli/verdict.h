#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "registry/log/verify.h"

namespace tools {

/// What a check of a database, a bundle or a server came to.
struct Verdict {
  /// What was checked: "database ledger.db".
  std::string subject;
  /// Counts and names, in the order of printing: {"entries", "17"}.
  std::vector<std::pair<std::string, std::string>> facts;
  /// The first is where to look first; at most as many as were kept.
  std::vector<registry::Defect> defects;
  std::uint64_t defect_count = 0;
  /// What a clean result does not say.
  std::vector<std::string> limits;

  bool clean() const { return defect_count == 0; }
  void fact(std::string name, std::string value) { facts.emplace_back(std::move(name), std::move(value)); }
  void fact(std::string name, std::uint64_t value) { fact(std::move(name), std::to_string(value)); }
  void defect(std::string place, std::uint64_t index, std::string kind, std::string detail);
};

/// Prints it, as JSON or for people with a last sentence in English and Chinese; gives the exit code.
int tell(const Verdict& verdict, bool json);

}  // namespace tools
