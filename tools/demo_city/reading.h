#pragma once

#include <string>
#include <vector>

#include "tools/client/server_link.h"
#include "tools/demo_city/players.h"

namespace tools {

/// Reads what the registry answers to a regulator.
class Reading {
 public:
  explicit Reading(ServerLink& link) : link_(link) {}
  /// Throws DemoFailure when the answer is not good.
  Json get(const std::string& path);
  /// All rows of a list, page by page.
  std::vector<Json> all(const std::string& path);

 private:
  ServerLink& link_;
};

/// Promises of the demo that did not hold.
struct Broken {
  std::vector<std::string> promises;
  void unless(bool good, std::string promise) {
    if (!good) promises.push_back(std::move(promise));
  }
};

/// "11-03 09:24", Asia/Shanghai, of a time as the API writes it.
std::string local_time(const Json& rtime);
/// The "text" of an amount, or a dash.
std::string amount_text(const Json& amount);
/// Pads a column on the left, so that numbers stand under each other.
void align_right(std::vector<std::vector<std::string>>& rows, std::size_t column);
/// A heading with a line under it.
void heading(const std::string& text);

}  // namespace tools
