#include "tools/bench/report.h"

#include <cstdio>
#include <nlohmann/json.hpp>

#include "tools/home/files.h"

namespace tools {
namespace {

using Json = nlohmann::json;

Json to_json(const BenchRow& row) {
  return {{"suite", row.suite},
          {"kind", row.kind},
          {"connections", row.connections},
          {"entries", row.entries},
          {"refused", row.refused},
          {"log_size", row.log_size},
          {"entries_per_s", row.per_s},
          {"p50_us", row.p50_us},
          {"p95_us", row.p95_us},
          {"p99_us", row.p99_us},
          {"signature_checks_per_s", row.ceiling_per_s},
          {"percent_of_ceiling", row.percent()}};
}

Json to_json(const ReportRow& row) {
  return {{"kind", row.kind},
          {"format", row.format},
          {"bytes", row.bytes},
          {"us", row.us},
          {"resident_peak_kib", row.resident_peak_kib}};
}

std::uint64_t per_entry(const BenchReport& r) { return r.log_entries == 0 ? 0 : r.disk_bytes / r.log_entries; }

Json to_json(const BenchReport& r) {
  Json rows = Json::array();
  for (const BenchRow& row : r.rows) rows.push_back(to_json(row));
  Json reports = Json::array();
  for (const ReportRow& row : r.reports) reports.push_back(to_json(row));
  return {{"runs", rows},
          {"reports", reports},
          {"log_entries", r.log_entries},
          {"disk_bytes_per_entry", per_entry(r)},
          {"resident_kib", r.resident_kib},
          {"resident_peak_kib", r.resident_peak_kib},
          {"start_us", r.start_us},
          {"verify_us", r.verify_us},
          {"verify_entries_per_s", r.verify_per_s},
          {"verify_ceiling_per_s", r.verify_ceiling_per_s},
          {"verify_defects", r.verify_defects}};
}

unsigned long long wide(std::uint64_t n) { return n; }

}  // namespace

void print_row(const BenchRow& row) {
  static bool head = false;
  if (!head)
    std::printf("%-15s %-21s %5s %9s %9s %9s %6s %8s %8s %8s\n", "suite", "entries sent", "conn", "log size", "per s",
                "ceiling", "share", "p50 us", "p95 us", "p99 us");
  head = true;
  std::printf("%-15s %-21s %5zu %9zu %9llu %9llu %5llu%% %8u %8u %8u%s\n", row.suite.c_str(), row.kind.c_str(),
              row.connections, row.log_size, wide(row.per_s), wide(row.ceiling_per_s), wide(row.percent()), row.p50_us,
              row.p95_us, row.p99_us, row.refused > 0 ? "  REFUSED" : "");
  std::fflush(stdout);
}

void print_report(const BenchReport& r, const std::string& json_file) {
  std::printf("\nlog: %llu entries, %llu bytes on disk each, all told\n", wide(r.log_entries), wide(per_entry(r)));
  std::printf("memory of the server: %llu MiB, at most %llu MiB\n", wide(r.resident_kib / 1024),
              wide(r.resident_peak_kib / 1024));
  std::printf("start: %llu ms\n", wide(r.start_us / 1000));
  std::printf("verify: %llu ms, %llu entries/s beside %llu bare signature checks/s, %llu defects\n",
              wide(r.verify_us / 1000), wide(r.verify_per_s), wide(r.verify_ceiling_per_s), wide(r.verify_defects));
  for (const ReportRow& row : r.reports)
    std::printf("report %-15s %-4s %12llu bytes %9llu ms, memory at most %llu MiB\n", row.kind.c_str(),
                row.format.c_str(), wide(row.bytes), wide(row.us / 1000), wide(row.resident_peak_kib / 1024));
  if (!json_file.empty()) write_file(json_file, to_json(r).dump(2) + '\n');
}

}  // namespace tools
