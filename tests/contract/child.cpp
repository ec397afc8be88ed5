#include "tests/contract/child.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <stdexcept>

namespace contract {
namespace {

constexpr char kFolder[] = "CONTRACT_CHILD_FOLDER";

}  // namespace

Child::Child(const std::string& test_tag, const std::string& folder) : pid_(-1), output_(-1) {
  int ends[2];
  if (::pipe(ends) != 0) throw std::runtime_error("no pipe");
  ::setenv(kFolder, folder.c_str(), 1);
  pid_ = ::fork();
  if (pid_ == 0) {
    ::dup2(ends[1], STDOUT_FILENO);
    ::close(ends[0]);
    ::execl("/proc/self/exe", "contract_store", test_tag.c_str(), static_cast<char*>(nullptr));
    ::_exit(127);
  }
  ::close(ends[1]);
  output_ = ends[0];
}

Child::~Child() {
  if (pid_ > 0) kill();
  ::close(output_);
}

std::string Child::line() {
  std::string out;
  for (char c = 0; ::read(output_, &c, 1) == 1 && c != '\n';) out += c;
  return out;
}

std::vector<std::string> Child::kill() {
  ::kill(pid_, SIGKILL);
  std::vector<std::string> lines;
  for (auto text = line(); !text.empty(); text = line()) lines.push_back(text);
  wait();
  return lines;
}

int Child::wait() {
  int status = 0;
  if (pid_ > 0) ::waitpid(pid_, &status, 0);
  pid_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

std::string Child::folder() {
  const char* folder = ::getenv(kFolder);
  return folder ? folder : "";
}

void Child::say(const std::string& line) {
  const std::string text = line + "\n";
  if (::write(STDOUT_FILENO, text.data(), text.size()) < 0) ::_exit(1);
}

}  // namespace contract
