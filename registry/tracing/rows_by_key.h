#pragma once

#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "registry/base/fault.h"
#include "registry/store/store.h"

namespace registry {

/// Rows of a table with a one-part key, those that exist. The empty key is nobody's.
template <class T>
std::unordered_map<std::string, T> rows_by_key(Reader& reader, std::set<std::string> keys) {
  keys.erase(std::string());
  std::unordered_map<std::string, T> out;
  if (keys.empty()) return out;
  const std::vector<std::string> wanted(keys.begin(), keys.end());
  for (const Row& row : reader.load(table_spec<T>(), wanted)) {
    auto read = from_row<T>(row);
    if (!read) throw StoreFault(StoreError::corrupt, "a row of " + std::string(Table<T>::name) + " cannot be read");
    std::string key = key_of(*read);
    out.emplace(std::move(key), std::move(*read));
  }
  return out;
}

}  // namespace registry
