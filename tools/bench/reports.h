#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tools/home/child_server.h"

namespace tools {

/// One report of everybody in the ledger's region, made by the server and read to its end.
struct ReportRow {
  std::string kind, format;
  std::uint64_t bytes = 0, us = 0;
  /// The most memory that the server ever held, when the report was read.
  std::uint64_t resident_peak_kib = 0;
};

/// Makes the large reports in every format. The first row is the first look back, which folds every entry once.
std::vector<ReportRow> measure_reports(const ChildServer& server, const std::string& token);

}  // namespace tools
