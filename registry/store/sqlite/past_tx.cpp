#include "registry/store/sqlite/past_tx.h"

#include <utility>

namespace registry::sqlite {
namespace {

constexpr std::string_view kForgetMoment = "DELETE FROM temp.moment";
constexpr std::string_view kSetMoment = "INSERT INTO temp.moment (known_at, as_of) VALUES (?, ?)";
constexpr std::string_view kSetState =
    "INSERT OR REPLACE INTO temp.state (id, size, root, head, rtime, policy, epoch, folded) VALUES (1, ?, ?, ?, ?, ?, "
    "?, "
    "?)";

}  // namespace

PastTx::PastTx(PastSessions& pool, IdIndex& ids, const Moment& moment, const LogState& then)
    : PastTx(pool, ids, pool.take(), moment, then) {}

PastTx::PastTx(PastSessions& pool, IdIndex& ids, std::unique_ptr<Session> session, const Moment& moment,
               const LogState& then)
    : ForwardReads(*session), pool_(pool), ids_(ids), session_(std::move(session)) {
  try {
    look_from(moment, then);
    Run(session_->statement("BEGIN")).finish();
    size_ = reads_.state().size;
  } catch (...) {
    pool_.give_back(std::move(session_));
    throw;
  }
}

PastTx::~PastTx() { pool_.give_back(std::move(session_)); }

void PastTx::look_from(const Moment& moment, const LogState& then) {
  Run(session_->statement(kForgetMoment)).finish();
  Run(session_->statement(kSetMoment)).bind(moment.known_at).bind(moment.as_of.value_or(UtcTime{}).ms).finish();
  Run state(session_->statement(kSetState));
  state.bind(then.size).bind_blob(then.root.view()).bind_blob(then.head.view()).bind(then.rtime.ms);
  state.bind(then.policy).bind(then.epoch).bind(then.size).finish();
}

std::optional<std::int64_t> PastTx::index_of(const crypto::Digest& entry_id) {
  const auto found = ids_.find(entry_id, reads_, size_);
  return found && *found < size_ ? found : std::nullopt;
}

}  // namespace registry::sqlite
