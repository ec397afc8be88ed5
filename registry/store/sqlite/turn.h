#pragma once

#include <condition_variable>
#include <mutex>

namespace registry::sqlite {

/// Whose turn the file is: that of the writing transaction, or of the housekeeper that begins the log anew. Between
/// transactions the next one may come at any moment, so the housekeeper asks for its turn instead of trying its luck.
class Turn {
 public:
  /// Waits for the housekeeper.
  void begin();
  void end() noexcept;
  bool is_taken() const;

  /// Waits for the transaction to end, and lets none begin until it is gone.
  class Pause {
   public:
    explicit Pause(Turn& turn);
    ~Pause();
    Pause(const Pause&) = delete;
    Pause& operator=(const Pause&) = delete;

   private:
    Turn& turn_;
  };

 private:
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  bool taken_ = false;
  bool paused_ = false;
};

}  // namespace registry::sqlite
