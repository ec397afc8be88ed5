#include "tools/home/child_server.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace tools {
namespace {

constexpr int kStartMaxMs = 30'000;
constexpr std::string_view kListening = "listening on http://127.0.0.1:";

/// Runs `serve` with its standard output in a pipe; gives the reading end.
int spawn(const std::filesystem::path& data, pid_t& process) {
  std::array<int, 2> pipe{};
  if (::pipe2(pipe.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  const std::string folder = data.string();
  process = ::fork();
  if (process == 0) {
    ::dup2(pipe[1], STDOUT_FILENO);
    ::execl("/proc/self/exe", "tallystick", "serve", "--data", folder.c_str(), "--port", "0", "--quiet", nullptr);
    ::_exit(127);
  }
  ::close(pipe[1]);
  if (process < 0) throw std::runtime_error("cannot start the server");
  return pipe[0];
}

/// The port from the line "listening on http://127.0.0.1:<port>"; 0 when the output ends or time runs out.
std::uint16_t read_port(int output) {
  std::string text;
  std::array<char, 1024> buffer{};
  pollfd wait{output, POLLIN, 0};
  while (::poll(&wait, 1, kStartMaxMs) > 0) {
    const auto n = ::read(output, buffer.data(), buffer.size());
    if (n <= 0) return 0;
    text.append(buffer.data(), static_cast<std::size_t>(n));
    const auto at = text.find(kListening);
    if (at == std::string::npos || text.find('\n', at) == std::string::npos) continue;
    std::uint16_t port = 0;
    std::from_chars(text.data() + at + kListening.size(), text.data() + text.size(), port);
    return port;
  }
  return 0;
}

}  // namespace

ChildServer::ChildServer(const std::filesystem::path& data) {
  const auto start = std::chrono::steady_clock::now();
  const int output = spawn(data, process_);
  port_ = read_port(output);
  ::close(output);
  const auto took = std::chrono::steady_clock::now() - start;
  start_us_ = static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::microseconds>(took).count());
  if (port_ == 0) {
    end(SIGKILL);
    throw std::runtime_error("the server did not start in " + data.string());
  }
}

ChildServer::~ChildServer() { end(SIGTERM); }
void ChildServer::stop() { end(SIGTERM); }
void ChildServer::kill() { end(SIGKILL); }

void ChildServer::end(int signal) {
  if (process_ <= 0) return;
  ::kill(process_, signal);
  ::waitpid(process_, nullptr, 0);
  process_ = -1;
}

std::uint64_t ChildServer::status_kib(const std::string& name) const {
  std::ifstream status("/proc/" + std::to_string(process_) + "/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with(name + ":")) return std::stoull(line.substr(name.size() + 1));
  return 0;
}

std::uint64_t ChildServer::cpu_us() const {
  std::ifstream stat("/proc/" + std::to_string(process_) + "/stat");
  std::string text;
  std::getline(stat, text);
  // The name in parentheses may hold blanks; user and system time are the 12th and 13th fields after it.
  std::istringstream fields(text.substr(std::min(text.rfind(')') + 1, text.size())));
  std::string field;
  std::uint64_t ticks = 0;
  for (int at = 1; at <= 13 && fields >> field; ++at)
    if (at >= 12) ticks += std::stoull(field);
  return ticks * 1'000'000 / static_cast<std::uint64_t>(::sysconf(_SC_CLK_TCK));
}

std::uint64_t ChildServer::resident_kib() const { return status_kib("VmRSS"); }
std::uint64_t ChildServer::resident_peak_kib() const { return status_kib("VmHWM"); }

}  // namespace tools
