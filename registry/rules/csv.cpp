#include "registry/rules/csv.h"

#include <algorithm>
#include <utility>

#include "registry/base/fault.h"
#include "registry/rules/data_file.h"

namespace registry {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// Takes one record after the other off the text.
class Reader {
 public:
  Reader(std::string_view path, std::string_view text) : path_(path), text_(text) {}

  bool at_end() const { return at_ == text_.size(); }
  std::size_t line() const { return line_; }

  std::vector<std::string> record() {
    std::vector<std::string> fields{field()};
    while (!at_end() && text_[at_] == ',') {
      ++at_;
      fields.push_back(field());
    }
    end_line();
    return fields;
  }

 private:
  std::string field() { return !at_end() && text_[at_] == '"' ? quoted() : plain(); }

  std::string plain() {
    const auto end = std::min(text_.find_first_of(",\r\n", at_), text_.size());
    std::string value(text_.substr(at_, end - at_));
    if (value.find('"') != std::string::npos) fail_data(path_, line_, "a quote inside an unquoted field");
    at_ = end;
    return value;
  }

  std::string quoted() {
    std::string value;
    for (++at_; !at_end(); ++at_) {
      if (text_[at_] == '"') {
        if (text_.substr(at_, 2) != "\"\"") return ++at_, value;
        ++at_;
      }
      line_ += text_[at_] == '\n';
      value += text_[at_];
    }
    fail_data(path_, line_, "a quoted field without its end");
  }

  void end_line() {
    if (text_.substr(at_, 2) == "\r\n") ++at_;
    if (!at_end() && text_[at_] != '\n') fail_data(path_, line_, "text after a quoted field");
    if (!at_end()) ++at_;
    ++line_;
  }

  std::string_view path_, text_;
  std::size_t at_ = 0, line_ = 1;
};

}  // namespace

CsvTable CsvTable::load(std::string_view path) { return parse(path, data_file(path)); }

CsvTable CsvTable::parse(std::string_view path, std::string_view text) {
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  Reader reader(path, text);
  CsvTable table;
  table.path_ = path;
  table.columns_ = reader.record();
  while (!reader.at_end()) {
    const std::size_t line = reader.line();
    table.rows_.push_back({line, reader.record()});
    if (table.rows_.back().fields.size() != table.columns_.size()) fail_data(path, line, "another number of fields");
  }
  return table;
}

const std::string& CsvTable::at(std::size_t row, std::string_view column) const {
  const auto found = std::find(columns_.begin(), columns_.end(), column);
  if (found == columns_.end()) fail_data(path_, 1, "no column " + std::string(column));
  return rows_[row].fields[static_cast<std::size_t>(found - columns_.begin())];
}

void CsvTable::fail(std::size_t row, std::string_view what) const { fail_data(path_, rows_[row].line, what); }

}  // namespace registry
