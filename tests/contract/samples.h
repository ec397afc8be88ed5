#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "registry/base/fault.h"
#include "registry/domain/rows.h"
#include "registry/log/tree.h"
#include "registry/store/store.h"

namespace contract {

/// Entry `index` of a log in which chain `chain` has its entry `cseq` there.
registry::EntryRow sample_entry(std::int64_t index, int chain = 1, std::int64_t cseq = 0, std::string payload = "{}");

/// Appends well-formed entries to a store, as the sequencer would.
class SampleLog {
 public:
  /// Takes up the log where the store has it, with a new epoch.
  explicit SampleLog(registry::Store& store);

  /// One commit of `count` entries, each with a move, a balance and the newest lot.
  void append(int count);
  /// The same up to the commit.
  std::unique_ptr<registry::AppendTx> begin(int count);
  std::int64_t size() const { return state_.size; }
  const registry::LogState& state() const { return state_; }

 private:
  registry::Store& store_;
  registry::LogState state_;
};

/// The class of the StoreFault that `action` throws; throws itself when there is none.
template <class F>
registry::StoreError fault_of(F&& action) {
  try {
    action();
  } catch (const registry::StoreFault& fault) {
    return fault.error();
  }
  throw std::logic_error("no fault was thrown");
}

/// All read tables in canonical bytes.
std::string dump(registry::Reader& reader);

template <class T>
void put(registry::AppendTx& tx, const T& row) {
  const std::vector<registry::Row> rows = {registry::to_row(row)};
  tx.upsert(registry::table_spec<T>(), rows);
}

/// The rows of a table under these keys.
template <class T>
std::vector<T> load(registry::Reader& reader, const std::vector<std::string>& keys) {
  std::vector<T> out;
  for (const auto& row : reader.load(registry::table_spec<T>(), keys))
    out.push_back(registry::from_row<T>(row).value());
  return out;
}

}  // namespace contract
