#include "registry/reports/write_report.h"

#include "registry/base/ensure.h"
#include "registry/reports/event_moves.h"

namespace registry {
namespace {

SpoolFile write(const ReportFile& report, ReportFormat format, Language language) {
  switch (format) {
    case ReportFormat::json:
      return write_json(report, language);
    case ReportFormat::csv:
      return write_csv(report, language);
    case ReportFormat::xlsx:
      return write_xlsx(report, language);
  }
  ensure(false, "every format has a writer");
  return SpoolFile();
}

}  // namespace

Result<SpoolFile> write_report(const ReportFile& report, ReportFormat format, Language language) {
  try {
    return write(report, format, language);
  } catch (const ReportTooLarge& large) {
    return refuse("report-too-large").with("limit", std::to_string(large.rows_max));
  }
}

std::string_view media_type(ReportFormat format) {
  switch (format) {
    case ReportFormat::json:
      return "application/json";
    case ReportFormat::csv:
      return "text/csv; charset=utf-8";
    case ReportFormat::xlsx:
      return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  }
  return {};
}

}  // namespace registry
