#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "api/access/rights.h"
#include "api/access/sign_in.h"
#include "api/http/event_stream.h"
#include "api/http/message.h"
#include "api/routes/news.h"
#include "registry/service/registry.h"

namespace api {

class FeedStream;

/// Tells callers what changes, one event an entry, as server-sent events named "change". Their ids are log indexes, so
/// that a client which was cut off goes on where it was: every entry that concerns it is told once and in order.
/// Thread-safe; must end after the last of its streams.
class Feed {
 public:
  struct Limits {
    /// One more ends the oldest of the same session or token: that one may be dead and not know it yet.
    std::size_t per_session = 4;
    /// One more is refused.
    std::size_t per_address = 128, total = 1'000;
  };
  /// Borrows everything.
  Feed(registry::Registry& registry, const SignIn& sign_in, const Rights& rights)
      : Feed(registry, sign_in, rights, Limits{}) {}
  Feed(registry::Registry& registry, const SignIn& sign_in, const Rights& rights, Limits limits)
      : registry_(registry), sign_in_(sign_in), rights_(rights), limits_(limits) {}

  /// Tells from entry `from` on; with `follow`, what comes later too. Refuses with too-many-streams.
  registry::Result<std::shared_ptr<EventStream>> open(const Request& request, std::int64_t from, bool follow);

 private:
  friend class FeedStream;
  using News = std::vector<std::shared_ptr<const EntryNews>>;

  /// Of some entries from `from` on; empty when there are none by now.
  News news(std::int64_t from);
  News read(std::int64_t from);
  void make_room(const std::string& session);
  void closed(const FeedStream& stream);

  registry::Registry& registry_;
  const SignIn& sign_in_;
  const Rights& rights_;
  const Limits limits_;

  std::mutex news_mutex_;
  /// The newest, one after the other: most streams ask for the same. Under news_mutex_.
  std::deque<std::shared_ptr<const EntryNews>> recent_;

  std::mutex mutex_;
  /// The next two: under mutex_.
  std::vector<FeedStream*> open_;
  std::map<std::string, std::size_t> per_address_;
};

}  // namespace api
