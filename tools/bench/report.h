#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tools/bench/bench.h"
#include "tools/bench/reports.h"

namespace tools {

struct BenchReport {
  std::vector<BenchRow> rows;
  std::vector<ReportRow> reports;
  std::uint64_t log_entries = 0, disk_bytes = 0, resident_kib = 0, resident_peak_kib = 0;
  std::uint64_t start_us = 0;
  std::uint64_t verify_us = 0, verify_per_s = 0, verify_ceiling_per_s = 0, verify_defects = 0;
};

/// One line of the table, as soon as it is measured.
void print_row(const BenchRow& row);
/// The rest, and everything as JSON into the file if one is named.
void print_report(const BenchReport& report, const std::string& json_file);

}  // namespace tools
