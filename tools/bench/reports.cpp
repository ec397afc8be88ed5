#include "tools/bench/reports.h"

#include <chrono>
#include <stdexcept>
#include <thread>

#include "tools/client/server_link.h"

namespace tools {
namespace {

using std::chrono::steady_clock;

constexpr int kTriesMax = 1'000, kUnavailable = 503;
constexpr const char* kFormats[] = {"json", "csv", "xlsx"};
constexpr const char* kKinds[] = {"stock-ledger", "sales-ledger", "annual", "city"};

std::string path_of(const std::string& kind, const std::string& format) {
  return "/v1/reports/" + kind + "?region=36&period=2020-01-01/2099-12-31&format=" + format;
}

/// Asks again while the server reads the past from its log, a portion a request.
std::size_t bytes_of(ServerLink& link, const std::string& path) {
  Answer answer = link.get(path);
  for (int tries = 1; tries < kTriesMax && answer.status == kUnavailable; ++tries) {
    std::this_thread::sleep_for(std::chrono::milliseconds{50});
    answer = link.get(path);
  }
  if (!answer.good()) throw std::runtime_error("a report was refused: " + answer.body.substr(0, 300));
  return answer.body.size();
}

ReportRow measure(const ChildServer& server, ServerLink& link, std::string kind, std::string format,
                  const std::string& path) {
  const auto start = steady_clock::now();
  ReportRow row{std::move(kind), std::move(format), 0, 0, 0};
  row.bytes = bytes_of(link, path);
  row.us = static_cast<std::uint64_t>(
      std::chrono::duration_cast<std::chrono::microseconds>(steady_clock::now() - start).count());
  row.resident_peak_kib = server.resident_peak_kib();
  return row;
}

}  // namespace

std::vector<ReportRow> measure_reports(const ChildServer& server, const std::string& token) {
  ServerLink link(server.url(), token);
  std::vector<ReportRow> out;
  out.push_back(measure(server, link, "first look back", "-", path_of("corrections", "json")));
  for (const char* kind : kKinds)
    for (const char* format : kFormats) out.push_back(measure(server, link, kind, format, path_of(kind, format)));
  return out;
}

}  // namespace tools
