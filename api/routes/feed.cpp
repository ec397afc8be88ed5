#include "api/routes/feed.h"

#include <algorithm>
#include <atomic>
#include <nlohmann/json.hpp>

namespace api {
namespace {

using namespace registry;

/// Entries told in one go, and news kept for those who come next.
constexpr std::size_t kSlice = 256, kRecentMax = 2'048;
constexpr const char* kRetryAfterSeconds = "30";
/// For a client that does not keep time itself.
constexpr std::string_view kRetry = "retry: 2000\n";

std::string event(std::string_view name, const Json& data) {
  return "event: " + std::string(name) + "\ndata: " + data.dump() + "\n\n";
}

/// An id without data is no event, and still where the client goes on from: all up to `last` is told.
std::string told(std::int64_t last) { return last < 0 ? "" : "id: " + std::to_string(last) + "\n"; }

Json thing_json(const Thing& thing) { return {{"kind", thing.kind}, {"id", thing.id}, {"new", thing.is_new}}; }

/// Of the session that lets the caller in; empty for a token, which counts before a cookie.
std::string_view cookie_of(const Request& request) {
  return request.headers.count("authorization") == 0 ? session_cookie(request).value_or("") : std::string_view();
}

/// What tells one session, or one token, from the others.
std::string session_of(const Request& request) {
  const std::string_view cookie = cookie_of(request);
  if (!cookie.empty()) return "session " + std::string(cookie);
  return "token " + std::string(request.headers.find("authorization").value_or(""));
}

}  // namespace

/// One caller's.
class FeedStream : public EventStream {
 public:
  FeedStream(Feed& feed, const Request& request, std::int64_t from, bool follow)
      : session(session_of(request)),
        peer(request.peer),
        feed_(feed),
        caller_(std::dynamic_pointer_cast<const Caller>(request.principal)),
        cookie_(cookie_of(request)),
        next_(from),
        follow_(follow) {}
  ~FeedStream() override { feed_.closed(*this); }
  FeedStream(const FeedStream&) = delete;
  FeedStream& operator=(const FeedStream&) = delete;

  State next(std::string& out) override {
    if (!is_greeted_) greet(out);
    if (is_replaced) return end(out, "replaced");
    if (!is_signed_in()) return end(out, "session-ended");
    const auto news = feed_.news(next_);
    for (const auto& each : news) tell(*each, out);
    // What was not for this caller moves it on too, or it would be looked through again and again.
    if (!news.empty() && is_last_quiet_) out += told(next_ - 1) + "\n";
    if (news.size() >= kSlice) return State::has_more;
    return follow_ ? State::waits : State::over;
  }

  const std::string session, peer;
  std::atomic<bool> is_replaced{false};

 private:
  void greet(std::string& out) {
    is_greeted_ = true;
    out += kRetry;
    out += told(next_ - 1) + event("ready", {{"next", next_}});
  }

  State end(std::string& out, const char* why) {
    out += event("end", {{"why", why}});
    return State::over;
  }

  /// The log may say at any time that a key or its holder may no longer act.
  bool is_signed_in() {
    if (cookie_.empty()) return true;
    auto found = feed_.sign_in_.sessions.find(cookie_, feed_.sign_in_.clock.now(), false);
    if (!found) return false;
    caller_ = std::move(found->caller);
    return true;
  }

  void tell(const EntryNews& news, std::string& out) {
    next_ = news.index + 1;
    Json changed = Json::array();
    for (const Thing& thing : news.things)
      if (may_know(thing, *caller_, feed_.rights_)) changed.push_back(thing_json(thing));
    is_last_quiet_ = changed.empty();
    if (is_last_quiet_) return;
    out += told(news.index) +
           event("change", {{"index", news.index}, {"received", news.received.str()}, {"changed", std::move(changed)}});
  }

  Feed& feed_;
  std::shared_ptr<const Caller> caller_;
  const std::string cookie_;
  std::int64_t next_;
  const bool follow_;
  bool is_greeted_ = false, is_last_quiet_ = false;
};

Result<std::shared_ptr<EventStream>> Feed::open(const Request& request, std::int64_t from, bool follow) {
  auto stream = std::make_shared<FeedStream>(*this, request, from, follow);
  const std::lock_guard lock(mutex_);
  std::size_t& here = per_address_[request.peer];
  ++here;
  open_.push_back(stream.get());
  if (open_.size() > limits_.total || here > limits_.per_address)
    return refuse("too-many-streams").with("retry_after_s", kRetryAfterSeconds);
  make_room(stream->session);
  return std::shared_ptr<EventStream>(std::move(stream));
}

/// Ends the oldest of the session's streams beyond its share. Under mutex_.
void Feed::make_room(const std::string& session) {
  std::size_t count = 0;
  for (auto at = open_.rbegin(); at != open_.rend(); ++at)
    if ((*at)->session == session && ++count > limits_.per_session) (*at)->is_replaced = true;
}

void Feed::closed(const FeedStream& stream) {
  const std::lock_guard lock(mutex_);
  open_.erase(std::find(open_.begin(), open_.end(), &stream));
  const auto count = per_address_.find(stream.peer);
  if (--count->second == 0) per_address_.erase(count);
}

/// Whoever is far behind reads for itself, so that it does not throw away what the others share.
Feed::News Feed::news(std::int64_t from) {
  if (from >= registry_.status().state.size) return {};
  const std::lock_guard lock(news_mutex_);
  if (!recent_.empty() && from > recent_.back()->index + 1) recent_.clear();
  if (recent_.empty() || from == recent_.back()->index + 1)
    for (auto& each : read(from)) recent_.push_back(std::move(each));
  while (recent_.size() > kRecentMax) recent_.pop_front();
  if (recent_.empty() || from < recent_.front()->index) return read(from);
  const auto first = recent_.begin() + (from - recent_.front()->index);
  const auto count = std::min(static_cast<std::size_t>(recent_.end() - first), kSlice);
  return {first, first + static_cast<std::ptrdiff_t>(count)};
}

Feed::News Feed::read(std::int64_t from) {
  News out;
  for (EntryNews& each : news_of(*registry_.read(), from, kSlice))
    out.push_back(std::make_shared<const EntryNews>(std::move(each)));
  return out;
}

}  // namespace api
