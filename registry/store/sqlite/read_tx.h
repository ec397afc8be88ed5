#pragma once

#include <memory>

#include "registry/store/sqlite/forward_reads.h"
#include "registry/store/sqlite/id_index.h"
#include "registry/store/sqlite/session_pool.h"

namespace registry::sqlite {

/// A snapshot on a session of the pool, which gets it back at the end.
class ReadTx final : public ForwardReads<Reader> {
 public:
  /// Takes the session, also when it throws.
  ReadTx(SessionPool& pool, IdIndex& ids, std::unique_ptr<Session>& session);
  ~ReadTx() override;

  using ForwardReads::index_of;
  std::optional<std::int64_t> index_of(const crypto::Digest& entry_id) override;

 private:
  SessionPool& pool_;
  IdIndex& ids_;
  std::unique_ptr<Session> session_;
  std::int64_t size_ = 0;
};

}  // namespace registry::sqlite
