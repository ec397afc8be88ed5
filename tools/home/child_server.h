#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <string>

namespace tools {

/// A server of this program in a process of its own: `tallystick serve --data … --port 0`.
class ChildServer {
 public:
  /// Starts it and returns when it answers; throws std::runtime_error when it ends first or takes 30 seconds.
  explicit ChildServer(const std::filesystem::path& data);
  /// Stops it if it runs.
  ~ChildServer();
  ChildServer(const ChildServer&) = delete;
  ChildServer& operator=(const ChildServer&) = delete;

  std::uint16_t port() const { return port_; }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
  /// From start to the first answer.
  std::uint64_t start_us() const { return start_us_; }
  /// Resident memory now and at its highest, in KiB.
  std::uint64_t resident_kib() const;
  std::uint64_t resident_peak_kib() const;
  /// Processor time of all its threads so far.
  std::uint64_t cpu_us() const;
  /// Asks it to end and waits.
  void stop();
  /// SIGKILL, as a power cut of the process.
  void kill();

 private:
  void end(int signal);
  std::uint64_t status_kib(const std::string& name) const;
  pid_t process_ = -1;
  std::uint16_t port_ = 0;
  std::uint64_t start_us_ = 0;
};

}  // namespace tools
