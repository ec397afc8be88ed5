#include "registry/store/fold_gate.h"

#include <chrono>

#include "registry/base/fault.h"

namespace registry {
namespace {

constexpr std::chrono::seconds kWaitMax{5};

}  // namespace

void FoldGate::close() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return inside_ == 0; });
  closed_ = true;
}

void FoldGate::open() {
  {
    const std::lock_guard lock(mutex_);
    closed_ = false;
    ++round_;
    inside_ += waiting_;
    waiting_ = 0;
  }
  changed_.notify_all();
}

bool FoldGate::wanted() const {
  const std::lock_guard lock(mutex_);
  return closed_ && waiting_ > 0;
}

void FoldGate::on_wanted(std::function<void()> wake) {
  const std::lock_guard lock(mutex_);
  wake_ = std::move(wake);
}

void FoldGate::enter() {
  std::unique_lock lock(mutex_);
  if (!closed_) {
    ++inside_;
    return;
  }
  ++waiting_;
  if (wake_) wake_();
  const auto round = round_;
  if (changed_.wait_for(lock, kWaitMax, [&] { return round_ != round; })) return;
  --waiting_;
  throw StoreFault(StoreError::busy, "the read tables are behind the log");
}

void FoldGate::leave() {
  {
    const std::lock_guard lock(mutex_);
    --inside_;
  }
  changed_.notify_all();
}

}  // namespace registry
