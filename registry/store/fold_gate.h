#pragma once

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>

namespace registry {

/// Keeps snapshots apart from the moments in which the log is ahead of its fold: whoever wants one waits until the fold
/// has caught up, and the writer does not run ahead again before those who waited have taken theirs. For any thread.
class FoldGate {
 public:
  /// A reader that may take its snapshot now; the writer runs ahead only when it is destroyed.
  class Pass {
   public:
    explicit Pass(FoldGate& gate) : gate_(gate) { gate_.enter(); }
    ~Pass() { gate_.leave(); }
    Pass(const Pass&) = delete;
    Pass& operator=(const Pass&) = delete;

   private:
    FoldGate& gate_;
  };

  /// Called before a commit that leaves the fold behind; waits for the few who are taking their snapshot.
  void close();
  /// The fold has caught up, or will not for now.
  void open();
  bool wanted() const;
  void on_wanted(std::function<void()> wake);

 private:
  /// Throws StoreFault busy when the gate stays closed for too long.
  void enter();
  void leave();

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::function<void()> wake_;
  bool closed_ = false;
  /// Raised whenever the gate opens: who waited then is in.
  std::size_t round_ = 0;
  std::size_t waiting_ = 0;
  /// Waited and let in, or came to an open gate, and not out yet.
  std::size_t inside_ = 0;
};

}  // namespace registry
