#pragma once

#include <memory>

#include "registry/store/history.h"
#include "registry/store/sqlite/forward_reads.h"
#include "registry/store/sqlite/id_index.h"
#include "registry/store/sqlite/past_sessions.h"

namespace registry::sqlite {

/// A snapshot of the past on a session of the pool, which gets it back at the end.
class PastTx final : public ForwardReads<Reader> {
 public:
  PastTx(PastSessions& pool, IdIndex& ids, const Moment& moment, const LogState& then);
  ~PastTx() override;

  using ForwardReads::index_of;
  std::optional<std::int64_t> index_of(const crypto::Digest& entry_id) override;

 private:
  PastTx(PastSessions& pool, IdIndex& ids, std::unique_ptr<Session> session, const Moment& moment,
         const LogState& then);
  void look_from(const Moment& moment, const LogState& then);
  PastSessions& pool_;
  IdIndex& ids_;
  std::unique_ptr<Session> session_;
  std::int64_t size_ = 0;
};

}  // namespace registry::sqlite
