#pragma once

#include <memory>
#include <optional>
#include <string>

#include "registry/store/fold_gate.h"
#include "registry/store/sqlite/id_index.h"
#include "registry/store/sqlite/lock_file.h"
#include "registry/store/sqlite/log_mover.h"
#include "registry/store/sqlite/session_pool.h"
#include "registry/store/sqlite/writer.h"
#include "registry/store/store.h"

namespace registry::sqlite {

/// The store over one file.
class OneFileStore final : public Store {
 public:
  /// Without a writer for Access::read, without a lock for a file that need not last.
  OneFileStore(const std::string& path, Access access, Durability durability);

  std::unique_ptr<AppendTx> begin_append() override;
  std::unique_ptr<AppendTx> begin_fold() override;
  std::unique_ptr<Reader> begin_read() override;
  std::unique_ptr<Reader> begin_log_read() override;
  bool fold_wanted() const override;
  void on_fold_wanted(std::function<void()> wake) override;
  void give_up_fold() override;
  std::int64_t next_epoch() override;
  void maintain() override;
  void backup_to(const std::string& path) override;
  std::vector<std::string> check_integrity() override;
  /// Beside the file; for a store that is only read, in a temporary folder.
  std::unique_ptr<History> open_history() override;

 private:
  Writer& writer();
  std::unique_ptr<Reader> begin_folded_read();
  std::unique_ptr<IdIndex> open_ids(Access access);

  const std::string path_;
  std::optional<LockFile> lock_;
  std::unique_ptr<Writer> writer_;
  std::unique_ptr<LogMover> mover_;
  SessionPool pool_;
  FoldGate gate_;
  std::unique_ptr<IdIndex> ids_;
};

}  // namespace registry::sqlite
