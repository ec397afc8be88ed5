#include "registry/views/row_text.h"

#include <nlohmann/json.hpp>

#include "crypto/json.h"

namespace registry {
namespace {

const std::string& key_part(const Row& row, std::size_t i) { return std::get<std::string>(row[i]); }

}  // namespace

std::string row_key(const TableSpec& table, const Row& row) {
  std::string key;
  for (std::size_t i = 0; i < table.key_columns; ++i) {
    if (i) key += kKeySeparator;
    key += key_part(row, i);
  }
  return key;
}

std::string row_text(const TableSpec& table, const Row& row) {
  nlohmann::json out = nlohmann::json::object();
  for (std::size_t i = 0; i < row.size(); ++i)
    out[std::string(table.columns[i].name)] = std::visit([](const auto& v) { return nlohmann::json(v); }, row[i]);
  return crypto::to_jcs(out);
}

int compare_keys(const TableSpec& table, const Row& a, const Row& b) {
  for (std::size_t i = 0; i < table.key_columns; ++i)
    if (const int order = key_part(a, i).compare(key_part(b, i))) return order;
  return 0;
}

}  // namespace registry
