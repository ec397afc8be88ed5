#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace contract {

/// This test program run again, for one hidden test case, with the folder of a place; killed at the end if it still
/// runs. Its standard output can be read. Not a fork alone: threads do not survive one.
class Child {
 public:
  Child(const std::string& test_tag, const std::string& folder);
  ~Child();
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  /// The next line of its output; empty at the end.
  std::string line();
  /// SIGKILL, then all lines that are still there.
  std::vector<std::string> kill();
  /// Its exit code, once it has ended.
  int wait();

  /// In the child: the folder it was given.
  static std::string folder();
  /// In the child: a line to the parent, at once.
  static void say(const std::string& line);

 private:
  pid_t pid_;
  int output_;
};

}  // namespace contract
