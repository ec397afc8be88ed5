#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace api {

/// Bounds of the server that an operator may set. The defaults stand in front of the internet; a bench wants a longer
/// idle time. What the protocol itself bounds, so that two registries agree, stands in registry/base/limits.h.
struct Limits {
  /// Open connections, each with a thread; one more is answered 503 and closed.
  std::size_t connections_max = 512;
  /// The same for one client address (of IPv6, a /64 network); declared proxies are not counted.
  std::size_t connections_per_address_max = 384;
  /// A minute's quota, refilled evenly; 0 for none. An address pays for requests of whoever has not proved who it is,
  /// a session or token for its own, a key for the entries it signed. Enough for the people of a hospital behind one
  /// address when the day begins.
  std::uint32_t address_requests_per_minute = 3'000;
  std::uint32_t session_requests_per_minute = 1'200;
  std::uint32_t key_entries_per_minute = 6'000;
  /// What an address pays besides for a signature, token or secret that is not right.
  std::uint32_t failed_proof_cost = 50;
  /// Requests on one connection before it is closed.
  std::size_t requests_per_connection_max = 100'000;

  std::size_t head_bytes_max = 16'384;
  std::size_t fields_max = 64;
  std::size_t target_bytes_max = 8'192;

  /// Until the first byte of the next request.
  std::chrono::milliseconds idle_timeout{5'000};
  /// From the first byte to the end of the head, however the bytes trickle; and for a TLS handshake.
  std::chrono::milliseconds head_deadline{5'000};
  /// For the whole body.
  std::chrono::milliseconds body_deadline{10'000};
  /// A body slower than this after its first two seconds is given up.
  std::size_t body_bytes_per_second_min = 1'024;
  std::chrono::milliseconds body_grace{2'000};
  /// Bodies held at once, over all connections; beyond it a body is answered 503.
  std::size_t body_bytes_total_max = std::size_t{256} << 20;
  /// For the whole answer.
  std::chrono::milliseconds write_deadline{30'000};
  /// What is read and thrown away before closing on a client that still sends, so that the answer is not lost to a
  /// reset: at most so many bytes and so long.
  std::size_t drain_bytes_max = std::size_t{4} << 20;
  std::chrono::milliseconds drain_deadline{1'000};

  /// An event stream that has nothing to say says so this often, so that nobody on the way takes it for dead.
  std::chrono::milliseconds stream_heartbeat{15'000};
  /// One whose client takes nothing for so long is cut.
  std::chrono::milliseconds stream_write_deadline{20'000};
};

}  // namespace api
