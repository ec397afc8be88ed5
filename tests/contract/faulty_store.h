#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "registry/store/history.h"
#include "registry/store/store.h"

namespace contract {

/// When the fault strikes: instead of the operation, or after it has been done, as when an answer is lost.
enum class Strike { before, after };

/// A store whose n-th operation fails. Counts begins, every call of an append transaction, and commits; all that comes
/// after the failure works again.
class FaultyStore : public registry::Store {
 public:
  /// `n` counts from 1; 0 never fails.
  FaultyStore(registry::Store& store, int n, Strike strike) : store_(store), n_(n), strike_(strike) {}

  std::unique_ptr<registry::AppendTx> begin_append() override;
  std::unique_ptr<registry::AppendTx> begin_fold() override;
  std::unique_ptr<registry::Reader> begin_read() override;
  std::unique_ptr<registry::Reader> begin_log_read() override;
  bool fold_wanted() const override { return store_.fold_wanted(); }
  void on_fold_wanted(std::function<void()> wake) override { store_.on_fold_wanted(std::move(wake)); }
  void give_up_fold() override { store_.give_up_fold(); }
  std::int64_t next_epoch() override;
  void maintain() override;
  void backup_to(const std::string& path) override;
  std::vector<std::string> check_integrity() override { return store_.check_integrity(); }
  std::unique_ptr<registry::History> open_history() override { return store_.open_history(); }

  /// Operations so far.
  int count() const { return count_; }

  /// Does `operation` unless it is the one that fails; then throws StoreFault: unknown_outcome for a commit, else busy.
  template <class F>
  auto run(F&& operation, bool is_commit = false) {
    const bool fails = ++count_ == n_;
    if (fails && strike_ == Strike::before) fail(is_commit);
    if constexpr (std::is_void_v<decltype(operation())>) {
      operation();
      if (fails) fail(is_commit);
    } else {
      auto result = operation();
      if (fails) fail(is_commit);
      return result;
    }
  }

 private:
  [[noreturn]] void fail(bool is_commit) const;
  registry::Store& store_;
  const int n_;
  const Strike strike_;
  int count_ = 0;
};

}  // namespace contract
