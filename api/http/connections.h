#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "api/http/connection.h"
#include "api/http/streams.h"

namespace api {

/// All open connections and their threads. When all places are taken, whoever holds most of them gives way: a new
/// client gets the place of the connection that has waited longest of the network with the most, as long as that
/// network has more than the new one. So slow clients cannot keep others out, however many connections they open.
/// Poco's own dispatcher is not used: version 1.11 drops connections without an answer when its queue is full and has a
/// race when it stops (pocoproject/poco#2085, #2634).
class Connections {
 public:
  Connections(const ServerConfig& config, Gateway& gateway);
  /// Cuts and joins what is left.
  ~Connections();

  /// Starts a thread for the client, or answers 503 where a cap is reached. For the accepting thread only.
  void open(std::unique_ptr<Poco::Net::StreamSocket> socket);
  /// Ends idle connections; the others end after their answer.
  void stop();
  /// True when all have ended in time.
  bool wait(std::chrono::milliseconds time);
  /// Cuts every socket and returns when the last thread has ended; handlers run to their end.
  void cut();
  std::size_t size() const;
  Streams& streams() { return streams_; }

 private:
  struct Slot {
    std::unique_ptr<Connection> connection;
    std::thread thread;
    std::string network;
    /// Cut to make room; no longer counted.
    bool leaving = false;
  };
  using Slots = std::list<Slot>;

  bool is_welcome(const std::string& peer);
  bool start(std::unique_ptr<Poco::Net::StreamSocket> socket, const std::string& peer);
  void ended(Slots::iterator slot);
  void join_ended();
  const char* full_for(const std::string& peer);
  bool make_room(std::size_t own);
  void forget(Slot& slot);
  void count_refused(const std::string& peer, const char* cap);
  void turn_away(std::unique_ptr<Poco::Net::StreamSocket> socket);

  const ServerConfig& config_;
  Gateway& gateway_;
  BodyBudget budget_;
  std::atomic<bool> stopping_{false};
  /// Connections that have been answered with a stream: they hold neither a thread nor a place among the others.
  Streams streams_;

  mutable std::mutex mutex_;
  std::condition_variable empty_;
  /// The next four: under mutex_.
  Slots open_;
  Slots ended_;
  /// Of the open ones, those that are leaving: at most as many again as may be open.
  std::size_t leaving_ = 0;
  std::map<std::string, std::size_t, std::less<>> per_address_;

  /// Turned away and half closed, kept a moment so that they can read why. The accepting thread's own.
  std::deque<std::unique_ptr<Poco::Net::StreamSocket>> turned_away_;
  std::string busy_answer_;
};

}  // namespace api
