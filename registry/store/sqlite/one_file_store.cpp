#include "registry/store/sqlite/one_file_store.h"

#include <chrono>
#include <thread>

#include "registry/base/fault.h"
#include "registry/store/sqlite/append.h"
#include "registry/store/sqlite/backup.h"
#include "registry/store/sqlite/history_store.h"
#include "registry/store/sqlite/integrity.h"
#include "registry/store/sqlite/read_tx.h"

namespace registry::sqlite {
namespace {

constexpr int kRoundsMax = 20;
constexpr std::chrono::milliseconds kRound{10};
constexpr std::string_view kRaiseEpoch = "UPDATE state SET epoch = epoch + 1 WHERE id = 1";

}  // namespace

OneFileStore::OneFileStore(const std::string& path, Access access, Durability durability) : path_(path), pool_(path) {
  if (access != Access::read) {
    if (durability == Durability::full) lock_.emplace(path + ".lock");
    writer_ = std::make_unique<Writer>(path, access, durability);
    mover_ = std::make_unique<LogMover>(path, durability);
  }
  ids_ = open_ids(access);
}

std::unique_ptr<IdIndex> OneFileStore::open_ids(Access access) {
  auto session = pool_.take();
  try {
    require_our_schema(*session, path_);
    Reads reads(*session);
    auto ids = std::make_unique<IdIndex>(path_ + ".ids", access, reads);
    pool_.give_back(std::move(session));
    return ids;
  } catch (...) {
    pool_.give_back(std::move(session));
    throw;
  }
}

Writer& OneFileStore::writer() {
  if (!writer_) throw StoreFault(StoreError::unavailable, "the store was opened for reading only");
  return *writer_;
}

std::unique_ptr<AppendTx> OneFileStore::begin_append() {
  return std::make_unique<Append>(writer(), *ids_, gate_, Sync::full);
}

std::unique_ptr<AppendTx> OneFileStore::begin_fold() {
  return std::make_unique<Append>(writer(), *ids_, gate_, Sync::later);
}

std::unique_ptr<Reader> OneFileStore::begin_read() {
  for (int round = 1;; ++round) {
    auto reader = begin_folded_read();
    const LogState state = reader->state();
    // Only a process that does not write itself can meet a fold that is behind: the writer folds soon, if there is one.
    if (writer_ || state.folded >= state.size || round == kRoundsMax) return reader;
    reader.reset();
    std::this_thread::sleep_for(kRound);
  }
}

std::unique_ptr<Reader> OneFileStore::begin_folded_read() {
  auto session = pool_.take();
  try {
    const FoldGate::Pass pass(gate_);
    return std::make_unique<ReadTx>(pool_, *ids_, session);
  } catch (...) {
    if (session) pool_.give_back(std::move(session));
    throw;
  }
}

std::unique_ptr<Reader> OneFileStore::begin_log_read() {
  auto session = pool_.take();
  return std::make_unique<ReadTx>(pool_, *ids_, session);
}

bool OneFileStore::fold_wanted() const { return gate_.wanted(); }

void OneFileStore::on_fold_wanted(std::function<void()> wake) { gate_.on_wanted(std::move(wake)); }

void OneFileStore::give_up_fold() { gate_.open(); }

std::int64_t OneFileStore::next_epoch() {
  Writer& w = writer();
  w.require_free();
  Run(w.session.statement(kRaiseEpoch)).finish();
  return Reads(w.session).state().epoch;
}

void OneFileStore::maintain() {
  if (!writer_ || writer_->stopped) return;
  mover_->shrink_log(*writer_, pool_);
  Reads reads(mover_->session);
  ids_->maintain(reads, reads.state().size);
}

void OneFileStore::backup_to(const std::string& path) {
  auto session = pool_.take();
  try {
    back_up(*session, path);
  } catch (...) {
    pool_.give_back(std::move(session));
    throw;
  }
  pool_.give_back(std::move(session));
}

std::vector<std::string> OneFileStore::check_integrity() {
  auto session = pool_.take();
  try {
    auto found = find_defects(*session);
    pool_.give_back(std::move(session));
    return found;
  } catch (...) {
    pool_.give_back(std::move(session));
    throw;
  }
}

std::unique_ptr<History> OneFileStore::open_history() {
  return std::make_unique<HistoryStore>(path_, writer_ ? path_ + ".history" : std::string(), *ids_);
}

}  // namespace registry::sqlite
