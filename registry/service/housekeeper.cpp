#include "registry/service/housekeeper.h"

#include <utility>

namespace registry {

Housekeeper::Housekeeper(std::function<void()> work) : work_(std::move(work)), thread_([this] { run(); }) {}

Housekeeper::~Housekeeper() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  woken_.notify_all();
  thread_.join();
}

void Housekeeper::wake() {
  {
    const std::lock_guard lock(mutex_);
    wanted_ = true;
  }
  woken_.notify_one();
}

void Housekeeper::run() {
  for (;;) {
    {
      std::unique_lock lock(mutex_);
      woken_.wait(lock, [this] { return wanted_ || ending_; });
      if (ending_) return;
      wanted_ = false;
    }
    work_();
  }
}

}  // namespace registry
