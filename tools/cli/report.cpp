#include <chrono>
#include <fstream>
#include <iostream>
#include <thread>

#include "tools/cli/exit_codes.h"
#include "tools/cli/fetch.h"
#include "tools/cli/options.h"
#include "tools/cli/reader_link.h"

namespace tools {
namespace {

/// The server reads the past from its log when it is first asked, a portion a request.
constexpr int kTriesMax = 200;
constexpr int kUnavailable = 503;

Answer ask(ServerLink& link, const std::string& path) {
  Answer answer = link.get(path);
  for (int tries = 1; tries < kTriesMax && answer.status == kUnavailable; ++tries) {
    std::this_thread::sleep_for(std::chrono::milliseconds{500});
    answer = link.get(path);
  }
  return answer;
}

void write(const std::string& file, const std::string& bytes) {
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  out << bytes;
  if (!out.flush()) throw UsageError("cannot write " + file);
}

}  // namespace

int run_report(const ReportOptions& options) {
  ServerLink link = reader_link(options.at);
  const Answer answer = ask(link, with_query("/v1/reports/" + url_encode(options.kind), {{"party", options.party},
                                                                                         {"region", options.region},
                                                                                         {"period", options.period},
                                                                                         {"known_at", options.known_at},
                                                                                         {"format", options.format},
                                                                                         {"lang", options.lang}}));
  if (!answer.good()) throw RefusedError(answer);
  if (options.out.empty()) return std::cout << answer.body << std::flush, kGood;
  write(options.out, answer.body);
  return kGood;
}

}  // namespace tools
