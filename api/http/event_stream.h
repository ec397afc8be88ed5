#pragma once

#include <string>

namespace api {

/// What an answer says after its head, for as long as the client listens: server-sent events (WHATWG HTML 9.2).
class EventStream {
 public:
  enum class State {
    /// Said all there is by now.
    waits,
    /// There is more: to be asked again as soon as this is sent.
    has_more,
    /// Ends after this.
    over,
  };

  virtual ~EventStream() = default;
  /// Appends what there is to say, some tens of kilobytes at most. Asked again only when all of it is sent, and never
  /// by two threads at once; must not wait for other requests. Whatever it throws ends the stream.
  virtual State next(std::string& out) = 0;
};

}  // namespace api
