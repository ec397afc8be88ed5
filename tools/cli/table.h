#pragma once

#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

namespace tools {

/// Rows in columns for a terminal. Chinese characters are two columns wide.
class Table {
 public:
  explicit Table(std::vector<std::string> heads) : rows_{std::move(heads)} {}
  /// Needs as many cells as there are heads.
  void add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
  void print(std::ostream& out) const;

 private:
  std::vector<std::vector<std::string>> rows_;
};

/// Columns that the UTF-8 text takes.
std::size_t display_width(std::string_view text);

}  // namespace tools
