#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "registry/store/sqlite/session.h"

namespace registry::sqlite {

/// Numbers for names, for the writing session. Names new in a transaction are forgotten when it is rolled back.
class NameCache {
 public:
  explicit NameCache(Session& session) : session_(session) {}

  /// The number of a name; within a transaction, which stores a new one.
  std::int64_t number(std::string_view name);
  void committed();
  void rolled_back();

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  std::int64_t find_or_store(std::string_view name);

  Session& session_;
  std::unordered_map<std::string, std::int64_t, Hash, std::equal_to<>> numbers_;
  /// Since the last commit.
  std::vector<std::string> added_;
};

}  // namespace registry::sqlite
