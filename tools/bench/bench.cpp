#include "tools/bench/bench.h"

#include <filesystem>
#include <iostream>
#include <stdexcept>

#include "registry/log/verify.h"
#include "registry/service/stored_log.h"
#include "registry/store/sqlite/sqlite_store.h"
#include "tools/bench/arena.h"
#include "tools/bench/ceiling.h"
#include "tools/bench/compare.h"
#include "tools/bench/report.h"
#include "tools/bench/reports.h"
#include "tools/cli/token_file.h"

namespace tools {
namespace {

class Bench {
 public:
  explicit Bench(const BenchOptions& options) : options_(options), arena_(options.pack) {}

  int run() {
    for (const crypto::Suite suite : options_.suites) measure(suite);
    if (options_.grow_to > 0) grow();
    finish();
    print_report(report_, options_.json_file);
    for (const BenchRow& row : report_.rows)
      if (row.refused > 0) return 1;
    return 0;
  }

 private:
  void measure(crypto::Suite suite) {
    ceiling_ = check_ceiling_per_s(suite);
    for (const std::size_t connections : options_.connections) singles(suite, connections);
    for (const Signing signing : {Signing::single, Signing::batch}) batches(suite, signing);
  }

  void singles(crypto::Suite suite, std::size_t connections) {
    auto& all = arena_.pairs(suite, connections);
    const std::size_t total = connections == 1 ? options_.entries / 4 : options_.entries;
    std::vector<Script> scripts;
    for (std::size_t i = 0; i < connections; ++i) scripts.push_back(Traffic::singles(all[i], total / connections));
    add(suite, "single", connections, run_load(arena_.server().port(), scripts, options_.seconds_max));
  }

  void batches(crypto::Suite suite, Signing signing) {
    constexpr std::size_t kConnections = 8;
    auto& all = arena_.pairs(suite, kConnections);
    std::vector<Script> scripts;
    for (std::size_t i = 0; i < kConnections; ++i)
      scripts.push_back(Traffic::batches(all[i], options_.batches / kConnections, options_.batch, signing));
    add(suite, signing == Signing::single ? "ndjson" : "ndjson, batch-signed", kConnections,
        run_load(arena_.server().port(), scripts, options_.seconds_max));
  }

  void add(crypto::Suite suite, std::string kind, std::size_t connections, const LoadResult& load) {
    log_size_ += load.entries;
    BenchRow row{std::string(crypto::name(suite)),
                 std::move(kind),
                 connections,
                 load.entries,
                 load.refused,
                 log_size_,
                 static_cast<std::uint64_t>(load.entries_per_s()),
                 ceiling_,
                 load.percentile_us(50),
                 load.percentile_us(95),
                 load.percentile_us(99)};
    print_row(row);
    if (!load.first_refusal.empty()) std::cerr << load.first_refusal << '\n';
    report_.rows.push_back(std::move(row));
  }

  void grow() {
    constexpr std::size_t kConnections = 8;
    auto& all = arena_.pairs(crypto::Suite::ed25519_sha256, 64);
    ceiling_ = check_ceiling_per_s(crypto::Suite::ed25519_sha256);
    while (log_size_ < options_.grow_to) {
      std::vector<Script> scripts;
      for (std::size_t i = 0; i < kConnections; ++i)
        scripts.push_back(Traffic::batches(all[i], 25, options_.batch, Signing::batch));
      const LoadResult load = run_load(arena_.server().port(), scripts, options_.seconds_max);
      log_size_ += load.entries;
      std::cerr << "\rgrowing: " << log_size_ << " entries" << std::flush;
      if (load.refused > 0) throw std::runtime_error("an entry was refused: " + load.first_refusal);
    }
    std::cerr << '\n';
    singles(crypto::Suite::ed25519_sha256, 64);
    singles(crypto::Suite::ed25519_sha256, 1);
  }

  void finish() {
    report_.resident_kib = arena_.server().resident_kib();
    report_.resident_peak_kib = arena_.server().resident_peak_kib();
    arena_.server().stop();
    for (const auto& file : std::filesystem::directory_iterator(arena_.folder()))
      if (file.is_regular_file()) report_.disk_bytes += file.file_size();
    const std::string token =
        options_.reports ? add_token(arena_.home(), api::Role::regulator, "", "reports of the bench") : "";
    ChildServer again(arena_.home().folder());
    report_.start_us = again.start_us();
    if (options_.reports) report_.reports = measure_reports(again, token);
    again.stop();
    verify();
  }

  void verify() {
    const auto store = registry::SqliteStore::open(arena_.home().database().string(), registry::OpenMode::read_only);
    const auto reader = store->begin_read();
    report_.verify_ceiling_per_s = check_ceiling_per_s(crypto::Suite::ed25519_sha256);
    const auto report = registry::verify_log(registry::StoredLog(*reader));
    report_.log_entries = report.entries;
    report_.verify_us = report.elapsed_us;
    report_.verify_per_s = report.entries_per_s();
    report_.verify_defects = report.defect_count;
  }

  const BenchOptions& options_;
  Arena arena_;
  std::uint64_t ceiling_ = 0;
  std::size_t log_size_ = 0;
  BenchReport report_;
};

}  // namespace

int run_bench(const BenchOptions& options) {
  return options.compare.empty() ? Bench(options).run() : run_comparison(options);
}

}  // namespace tools
