#include "registry/store/sqlite/read_tx.h"

#include <utility>

namespace registry::sqlite {

ReadTx::ReadTx(SessionPool& pool, IdIndex& ids, std::unique_ptr<Session>& session)
    : ForwardReads(*session), pool_(pool), ids_(ids), session_(std::move(session)) {
  try {
    Run(session_->statement("BEGIN")).finish();
    // A deferred transaction takes its snapshot with its first read.
    size_ = reads_.state().size;
  } catch (...) {
    pool_.give_back(std::move(session_));
    throw;
  }
}

ReadTx::~ReadTx() { pool_.give_back(std::move(session_)); }

std::optional<std::int64_t> ReadTx::index_of(const crypto::Digest& entry_id) {
  return ids_.find(entry_id, reads_, size_);
}

}  // namespace registry::sqlite
