#include <xlsxwriter.h>

#include <filesystem>
#include <utility>

#include "registry/base/ensure.h"
#include "registry/base/fault.h"
#include "registry/reports/event_moves.h"
#include "registry/reports/write_report.h"

namespace registry {
namespace {

/// Characters of a sheet name, and of a cell.
constexpr std::size_t kSheetNameMax = 31, kCellMax = 32'767;
constexpr const char* kProgram = "Tallystick 合符";

/// The library writes under a name; it is gone when this ends, or with who takes the file over.
class NamedFile {
 public:
  NamedFile() : path_(make_temporary_file()) {}
  ~NamedFile() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }
  NamedFile(const NamedFile&) = delete;
  NamedFile& operator=(const NamedFile&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

/// At most `max` characters, none cut in two.
std::string cut(const std::string& text, std::size_t max) {
  std::size_t characters = 0, end = 0;
  for (; end < text.size(); ++end)
    if ((static_cast<unsigned char>(text[end]) & 0xc0) != 0x80 && ++characters > max) break;
  return text.substr(0, end);
}

std::string text_of_cell(const Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return *text;
  if (const auto* number = std::get_if<std::int64_t>(&cell)) return std::to_string(*number);
  if (const auto* amount = std::get_if<Amount>(&cell)) return decimal_of(*amount);
  return {};
}

class Workbook {
 public:
  Workbook(const ReportFile& report, Language language) : report_(report), language_(language) {
    lxw_workbook_options options{};
    options.constant_memory = 1;
    book_ = workbook_new_opt(file_.path().c_str(), &options);
    if (!book_) throw Fault("no workbook can be made");
    bold_ = workbook_add_format(book_);
    format_set_bold(bold_);
  }
  ~Workbook() {
    if (book_) lxw_workbook_free(book_);
  }
  Workbook(const Workbook&) = delete;
  Workbook& operator=(const Workbook&) = delete;

  SpoolFile run() {
    set_properties();
    write_facts();
    for (const ReportTable& table : report_.tables) write(table);
    const lxw_error error = workbook_close(std::exchange(book_, nullptr));
    if (error != LXW_NO_ERROR) throw Fault(std::string("writing a workbook: ") + lxw_strerror(error));
    return SpoolFile::taken_from(file_.path());
  }

 private:
  /// Created when the newest entry it knows of was received, whenever it is made.
  void set_properties() {
    std::string title = report_.title.in(language_), program = kProgram;
    lxw_doc_properties properties{};
    properties.title = title.data();
    properties.author = program.data();
    properties.created = static_cast<time_t>(report_.time.ms / 1000);
    workbook_set_properties(book_, &properties);
  }

  lxw_worksheet* add_sheet(const std::string& name) {
    lxw_worksheet* sheet = workbook_add_worksheet(book_, cut(name, kSheetNameMax).c_str());
    if (!sheet) throw Fault("a sheet cannot be named " + name);
    return sheet;
  }

  static void put(lxw_worksheet* sheet, std::size_t row, std::size_t column, const std::string& text,
                  lxw_format* format = nullptr) {
    if (text.empty()) return;
    worksheet_write_string(sheet, static_cast<lxw_row_t>(row), static_cast<lxw_col_t>(column),
                           cut(text, kCellMax).c_str(), format);
  }

  void write_facts() {
    lxw_worksheet* sheet = add_sheet(report_.title.in(language_));
    put(sheet, 0, 0, report_.title.in(language_), bold_);
    std::size_t row = 1;
    for (const ReportFile::Fact& fact : report_.facts) {
      put(sheet, row, 0, fact.head.in(language_), bold_);
      put(sheet, row++, 1, fact.value);
    }
    worksheet_set_column(sheet, 0, 1, LXW_DEF_COL_WIDTH * 2, nullptr);
  }

  void write(const ReportTable& table) {
    lxw_worksheet* sheet = add_sheet(sheet_name(table));
    for (std::size_t i = 0; i < table.columns.size(); ++i) put(sheet, 0, i, table.columns[i].head.in(language_), bold_);
    worksheet_freeze_panes(sheet, 1, 0);
    std::size_t row = 1;
    table.rows([&](const std::vector<Cell>& cells) {
      ensure(cells.size() == table.columns.size(), "a cell for each column");
      if (row > kSheetRowsMax) throw ReportTooLarge{kSheetRowsMax};
      for (std::size_t i = 0; i < cells.size(); ++i) put(sheet, row, i, text_of_cell(cells[i]));
      ++row;
    });
  }

  /// Two sheets must not have one name, and the first has that of the report.
  std::string sheet_name(const ReportTable& table) const {
    const std::string& name = table.title.in(language_);
    return name == report_.title.in(language_) ? (language_ == Language::zh ? "明细" : "Lines") : name;
  }

  const ReportFile& report_;
  const Language language_;
  NamedFile file_;
  lxw_workbook* book_ = nullptr;
  lxw_format* bold_ = nullptr;
};

}  // namespace

SpoolFile write_xlsx(const ReportFile& report, Language language) { return Workbook(report, language).run(); }

}  // namespace registry
