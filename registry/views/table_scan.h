#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "registry/store/store.h"

namespace registry {

/// All rows of a read table in key order, a page at a time, whatever its size.
class TableScan {
 public:
  TableScan(Reader& reader, const TableSpec& table);
  /// The row at hand; null past the last one.
  const Row* row() const { return at_ < page_.size() ? &page_[at_] : nullptr; }
  void next();

 private:
  void load();
  Reader& reader_;
  const TableSpec& table_;
  std::string first_sql_, next_sql_;
  std::vector<Row> page_;
  std::size_t at_ = 0;
  std::vector<Value> last_key_;
};

}  // namespace registry
