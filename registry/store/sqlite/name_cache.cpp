#include "registry/store/sqlite/name_cache.h"

#include <sqlite3.h>

namespace registry::sqlite {
namespace {

/// About 100 bytes each; the names of a day's work fit many times over.
constexpr std::size_t kNamesMax = 200'000;

constexpr std::string_view kFind = "SELECT id FROM name WHERE text = ?";
constexpr std::string_view kStore = "INSERT INTO name (text) VALUES (?)";

}  // namespace

std::int64_t NameCache::number(std::string_view name) {
  if (const auto at = numbers_.find(name); at != numbers_.end()) return at->second;
  const auto number = find_or_store(name);
  numbers_.emplace(name, number);
  return number;
}

std::int64_t NameCache::find_or_store(std::string_view name) {
  Run find(session_.statement(kFind));
  if (find.bind(name).next()) return find.integer(0);
  Run store(session_.statement(kStore));
  store.bind(name).finish();
  added_.emplace_back(name);
  return sqlite3_last_insert_rowid(session_.handle());
}

void NameCache::committed() {
  added_.clear();
  if (numbers_.size() > kNamesMax) numbers_.clear();
}

void NameCache::rolled_back() {
  for (const auto& name : added_) numbers_.erase(name);
  added_.clear();
}

}  // namespace registry::sqlite
