#pragma once

#include <memory>
#include <optional>
#include <string>

#include "registry/store/history.h"
#include "registry/store/sqlite/history_file.h"
#include "registry/store/sqlite/id_index.h"
#include "registry/store/sqlite/past_sessions.h"
#include "registry/store/sqlite/scratch_folder.h"

namespace registry::sqlite {

/// The history of one store file, in a file of its own.
class HistoryStore final : public History {
 public:
  /// `path` is that of the history; empty for a temporary one.
  HistoryStore(const std::string& store, const std::string& path, IdIndex& ids);

  HistoryState state() override { return file_.state(); }
  void clear() override { file_.clear(); }
  std::unique_ptr<HistoryTx> begin_fold() override { return std::make_unique<FoldTx>(file_); }
  std::unique_ptr<Reader> begin_read(const Moment& moment, const LogState& then) override;

 private:
  std::string place(const std::string& path);
  std::optional<ScratchFolder> scratch_;
  HistoryFile file_;
  PastSessions known_at_, as_of_;
  IdIndex& ids_;
};

}  // namespace registry::sqlite
