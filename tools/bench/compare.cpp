#include "tools/bench/compare.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <nlohmann/json.hpp>

#include "tools/bench/arena.h"
#include "tools/home/files.h"

namespace tools {
namespace {

using Json = nlohmann::json;

/// One run of one pack.
struct Run {
  std::uint64_t per_s = 0, cpu_us = 0, entries = 0;
};

struct Round {
  Run pack, other;
  /// The pack's rate in permille of the other's.
  std::uint64_t permille() const { return other.per_s == 0 ? 0 : pack.per_s * 1'000 / other.per_s; }
};

class Side {
 public:
  Side(const std::string& pack, const BenchOptions& options) : options_(options), arena_(pack) {}

  Run run() {
    const std::size_t connections = options_.connections.front();
    auto& pairs = arena_.pairs(options_.suites.front(), connections);
    std::vector<Script> scripts;
    for (std::size_t i = 0; i < connections; ++i)
      scripts.push_back(Traffic::singles(pairs[i], options_.entries / connections));
    const std::uint64_t before = arena_.server().cpu_us();
    const LoadResult load = run_load(arena_.server().port(), scripts, options_.seconds_max);
    if (!load.first_refusal.empty()) std::cerr << load.first_refusal << '\n';
    refused_ += load.refused;
    const Run run{static_cast<std::uint64_t>(load.entries_per_s()), arena_.server().cpu_us() - before, load.entries};
    cpu_us_ += run.cpu_us, entries_ += run.entries;
    return run;
  }
  std::size_t refused() const { return refused_; }
  /// Processor time of the server for an entry.
  std::uint64_t cpu_ns() const { return entries_ == 0 ? 0 : cpu_us_ * 1'000 / entries_; }

 private:
  const BenchOptions& options_;
  Arena arena_;
  std::size_t refused_ = 0;
  std::uint64_t cpu_us_ = 0, entries_ = 0;
};

double load_average() {
  double one = 0;
  return ::getloadavg(&one, 1) == 1 ? one : -1;
}

std::uint64_t median(std::vector<std::uint64_t> values) {
  std::sort(values.begin(), values.end());
  const std::size_t half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

unsigned long long wide(std::uint64_t n) { return n; }

void print(const BenchOptions& options, std::size_t number, const Round& round) {
  std::printf("round %2zu  %s %7llu/s  %s %7llu/s  %3llu.%llu %%  load %.1f\n", number, options.pack.c_str(),
              wide(round.pack.per_s), options.compare.c_str(), wide(round.other.per_s), wide(round.permille() / 10),
              wide(round.permille() % 10), load_average());
  std::fflush(stdout);
}

struct Comparison {
  std::uint64_t rate_permille = 0, cpu_ns = 0, other_cpu_ns = 0;
};

void print(const BenchOptions& options, const Comparison& found) {
  std::printf("\n%s beside %s: %llu.%llu %% of its rate (median of %zu rounds)\n", options.pack.c_str(),
              options.compare.c_str(), wide(found.rate_permille / 10), wide(found.rate_permille % 10), options.rounds);
  const std::uint64_t cpu = found.other_cpu_ns == 0 ? 0 : found.cpu_ns * 1'000 / found.other_cpu_ns;
  std::printf("processor time of the server for an entry: %llu.%llu us beside %llu.%llu us, %llu.%llu %%\n",
              wide(found.cpu_ns / 1'000), wide(found.cpu_ns % 1'000 / 100), wide(found.other_cpu_ns / 1'000),
              wide(found.other_cpu_ns % 1'000 / 100), wide(cpu / 10), wide(cpu % 10));
  if (options.json_file.empty()) return;
  const Json figures = {{"pack", options.pack},     {"compare", options.compare},
                        {"rounds", options.rounds}, {"rate_permille", found.rate_permille},
                        {"cpu_ns", found.cpu_ns},   {"compare_cpu_ns", found.other_cpu_ns}};
  write_file(options.json_file, figures.dump(2) + '\n');
}

}  // namespace

int run_comparison(const BenchOptions& options) {
  Side pack(options.pack, options), other(options.compare, options);
  pack.run(), other.run();  // Caches fill, tables are no longer empty.
  std::vector<std::uint64_t> ratios;
  for (std::size_t n = 1; n <= options.rounds; ++n) {
    Round round;
    if (n % 2 == 1) round.pack = pack.run();
    round.other = other.run();
    if (n % 2 == 0) round.pack = pack.run();
    ratios.push_back(round.permille());
    print(options, n, round);
  }
  print(options, {median(std::move(ratios)), pack.cpu_ns(), other.cpu_ns()});
  return pack.refused() + other.refused() == 0 ? 0 : 1;
}

}  // namespace tools
