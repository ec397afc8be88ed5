#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>

namespace api {

/// Ids for requests: the same random start for the life of the process, and a count. Thread-safe.
class RequestIds {
 public:
  RequestIds();
  std::string next();
  /// True for 1 to 64 of [A-Za-z0-9._-]: harmless in a header, a log line and a page.
  static bool acceptable(std::string_view id);

 private:
  std::string start_;
  std::atomic<std::uint64_t> count_{0};
};

}  // namespace api
