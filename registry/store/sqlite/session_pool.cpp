#include "registry/store/sqlite/session_pool.h"

#include <utility>

#include "registry/base/fault.h"
#include "registry/store/sqlite/setup.h"

namespace registry::sqlite {
namespace {

/// Each has a cache of 4 MB and a thread that works with it; more threads than this do not read faster.
constexpr std::size_t kSessionsMax = 16;
constexpr std::chrono::seconds kWaitMax{10};

}  // namespace

SessionPool::SessionPool(std::string path) : path_(std::move(path)) { free_.reserve(kSessionsMax); }

std::unique_ptr<Session> SessionPool::take() {
  std::unique_lock lock(mutex_);
  if (!returned_.wait_for(lock, kWaitMax, [&] { return lent_ < kSessionsMax && !paused_; }))
    throw StoreFault(StoreError::busy, "all reading sessions are in use");
  ++lent_;
  if (!free_.empty()) {
    auto session = std::move(free_.back());
    free_.pop_back();
    return session;
  }
  lock.unlock();
  return make();
}

std::unique_ptr<Session> SessionPool::make() {
  try {
    auto session = std::make_unique<Session>(path_, Access::read);
    set_up_reader(*session);
    return session;
  } catch (...) {
    give_back(nullptr);
    throw;
  }
}

void SessionPool::give_back(std::unique_ptr<Session> session) noexcept {
  if (session) session->roll_back();
  if (session && session->in_transaction()) session.reset();
  {
    const std::lock_guard lock(mutex_);
    --lent_;
    if (session) free_.push_back(std::move(session));
  }
  returned_.notify_all();
}

bool SessionPool::pause(std::chrono::milliseconds wait_max) {
  std::unique_lock lock(mutex_);
  paused_ = true;
  if (returned_.wait_for(lock, wait_max, [&] { return lent_ == 0; })) return true;
  lock.unlock();
  resume();
  return false;
}

void SessionPool::resume() {
  {
    const std::lock_guard lock(mutex_);
    paused_ = false;
  }
  returned_.notify_all();
}

}  // namespace registry::sqlite
