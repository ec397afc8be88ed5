#include "registry/store/sqlite/turn.h"

namespace registry::sqlite {

void Turn::begin() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return !paused_; });
  taken_ = true;
}

void Turn::end() noexcept {
  {
    const std::lock_guard lock(mutex_);
    taken_ = false;
  }
  changed_.notify_all();
}

bool Turn::is_taken() const {
  const std::lock_guard lock(mutex_);
  return taken_;
}

Turn::Pause::Pause(Turn& turn) : turn_(turn) {
  std::unique_lock lock(turn_.mutex_);
  turn_.paused_ = true;
  turn_.changed_.wait(lock, [this] { return !turn_.taken_; });
}

Turn::Pause::~Pause() {
  {
    const std::lock_guard lock(turn_.mutex_);
    turn_.paused_ = false;
  }
  turn_.changed_.notify_all();
}

}  // namespace registry::sqlite
