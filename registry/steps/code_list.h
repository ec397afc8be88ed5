#pragma once

#include <string_view>

namespace registry {

/// Calls f(code) for each code of a column that joins codes by commas; an empty column has none.
template <class F>
void each_code(std::string_view list, F&& f) {
  while (!list.empty()) {
    const auto end = list.find(',');
    f(list.substr(0, end));
    list.remove_prefix(end == std::string_view::npos ? list.size() : end + 1);
  }
}

inline bool has_code(std::string_view list, std::string_view code) {
  bool found = false;
  each_code(list, [&](std::string_view one) { found = found || one == code; });
  return found;
}

}  // namespace registry
