#pragma once

#include <memory>

#include "registry/domain/rows.h"
#include "registry/store/store.h"

namespace views {

/// A temporary store whose read tables hold `scale` consignments with sales, permits, obligations and findings, between
/// a tenth as many parties.
std::unique_ptr<registry::Store> filled_store(std::int64_t scale);

template <class T>
void put(registry::AppendTx& tx, const std::vector<T>& rows) {
  std::vector<registry::Row> values;
  for (const T& row : rows) values.push_back(registry::to_row(row));
  tx.upsert(registry::table_spec<T>(), values);
}

}  // namespace views
