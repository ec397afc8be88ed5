#pragma once

#include <cstdint>
#include <string>

#include "registry/base/result.h"
#include "registry/base/spool_file.h"
#include "registry/domain/value.h"
#include "registry/reports/report.h"

// A report as a file on disk, row by row, so that its size costs no memory. The same report gives the same bytes.
namespace registry {

enum class ReportFormat { json, csv, xlsx };
template <>
struct EnumNames<ReportFormat> {
  static constexpr std::string_view names[] = {"json", "csv", "xlsx"};
};

/// Refuses with report-too-large more rows than a sheet can hold, or more bytes than an answer may have.
Result<SpoolFile> write_report(const ReportFile& report, ReportFormat format, Language language);

std::string_view media_type(ReportFormat format);

// The three writers; each throws ReportTooLarge.

/// One object: facts, then tables with their rows as objects; amounts in base units with unit and text.
SpoolFile write_json(const ReportFile& report, Language language);
/// UTF-8 with a byte order mark, RFC 4180, every line with the same number of fields: the facts, then each table under
/// its title. A text that a spreadsheet would take for a formula gets an apostrophe in front.
SpoolFile write_csv(const ReportFile& report, Language language);
/// A sheet for the facts and one for each table; all cells are text or whole numbers, so nothing is rounded.
SpoolFile write_xlsx(const ReportFile& report, Language language);

/// Bytes of one report; more must be asked for in shorter periods.
inline constexpr std::uint64_t kReportBytesMax = std::uint64_t{2} << 30;
/// Rows of a sheet below its heading.
inline constexpr std::size_t kSheetRowsMax = 1'000'000;

}  // namespace registry
