#include <algorithm>
#include <array>

#include "registry/reports/event_moves.h"
#include "registry/reports/write_report.h"

namespace registry {
namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

/// What spreadsheets take for a formula, or for the end of the cell before it. Some drop blanks in front, and some read
/// the full-width ＝＋－＠ as their narrow forms.
bool looks_like_formula(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  if (!text.empty() && std::string_view("=+-@\t\r\n").find(text.front()) != std::string_view::npos) return true;
  static constexpr std::array<std::string_view, 4> kWide{"＝", "＋", "－", "＠"};
  return std::any_of(kWide.begin(), kWide.end(), [&](std::string_view wide) { return text.starts_with(wide); });
}

std::string quoted_text(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == text.npos) return text;
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out += '"';
}

std::string field(const std::string& text) { return quoted_text(looks_like_formula(text) ? "'" + text : text); }

/// Numbers are ours and plain; only texts are somebody else's.
std::string field_of(const Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return field(*text);
  if (const auto* number = std::get_if<std::int64_t>(&cell)) return std::to_string(*number);
  if (const auto* amount = std::get_if<Amount>(&cell)) return decimal_of(*amount);
  return {};
}

class CsvWriter {
 public:
  CsvWriter(const ReportFile& report, Language language) : report_(report), language_(language), width_(2) {
    for (const ReportTable& table : report.tables) width_ = std::max(width_, table.columns.size());
  }

  SpoolFile run() {
    out_.append(kByteOrderMark);
    line({report_.title.in(language_)});
    for (const ReportFile::Fact& fact : report_.facts) line({fact.head.in(language_), fact.value});
    for (const ReportTable& table : report_.tables) write(table);
    out_.finish();
    return std::move(out_);
  }

 private:
  void write(const ReportTable& table) {
    line({});
    line({table.title.in(language_)});
    std::vector<Cell> heads;
    for (const ReportColumn& column : table.columns) heads.emplace_back(column.head.in(language_));
    line(heads);
    table.rows([&](const std::vector<Cell>& row) { line(row); });
  }

  void line(const std::vector<Cell>& cells) {
    std::string text;
    for (std::size_t i = 0; i < width_; ++i) {
      if (i) text += ',';
      if (i < cells.size()) text += field_of(cells[i]);
    }
    out_.append(text += "\r\n");
    if (out_.size() > kReportBytesMax) throw ReportTooLarge{};
  }

  const ReportFile& report_;
  const Language language_;
  std::size_t width_;
  SpoolFile out_;
};

}  // namespace

SpoolFile write_csv(const ReportFile& report, Language language) { return CsvWriter(report, language).run(); }

}  // namespace registry
