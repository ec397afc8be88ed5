#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace registry {

/// A table with named columns, as RFC 4180 writes it: quoted fields, doubled quotes, LF or CRLF, an optional UTF-8 byte
/// order mark. A row of another width than the heading, a quote in the wrong place or an unknown column is a Fault that
/// names the file and line.
class CsvTable {
 public:
  /// Reads an embedded file, for instance "data/substances.csv".
  static CsvTable load(std::string_view path);
  static CsvTable parse(std::string_view path, std::string_view text);

  std::size_t rows() const { return rows_.size(); }
  const std::string& at(std::size_t row, std::string_view column) const;
  /// Ends the load with "<file>:<line>: <what>".
  [[noreturn]] void fail(std::size_t row, std::string_view what) const;

 private:
  struct Row {
    std::size_t line;
    std::vector<std::string> fields;
  };
  std::string path_;
  std::vector<std::string> columns_;
  std::vector<Row> rows_;
};

}  // namespace registry
