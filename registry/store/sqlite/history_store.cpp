#include "registry/store/sqlite/history_store.h"

#include "registry/store/sqlite/past_tx.h"

namespace registry::sqlite {

HistoryStore::HistoryStore(const std::string& store, const std::string& path, IdIndex& ids)
    : file_(place(path), history_schema(store)),
      known_at_(store, file_.path(), Sight::known_at),
      as_of_(store, file_.path(), Sight::as_of),
      ids_(ids) {}

std::string HistoryStore::place(const std::string& path) {
  if (!path.empty()) return path;
  scratch_.emplace();
  return scratch_->file("history");
}

std::unique_ptr<Reader> HistoryStore::begin_read(const Moment& moment, const LogState& then) {
  return std::make_unique<PastTx>(moment.as_of ? as_of_ : known_at_, ids_, moment, then);
}

}  // namespace registry::sqlite
