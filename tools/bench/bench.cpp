#include "tools/bench/bench.h"

#include <cstdio>
#include <filesystem>
#include <iostream>
#include <optional>

#include "crypto/random.h"
#include "registry/base/time.h"
#include "registry/log/verify.h"
#include "registry/service/stored_log.h"
#include "registry/store/sqlite/sqlite_store.h"
#include "tools/bench/ceiling.h"
#include "tools/bench/report.h"
#include "tools/bench/traffic.h"
#include "tools/home/child_server.h"
#include "tools/home/home.h"

namespace tools {
namespace {

/// A folder under the temporary directory that goes when the bench ends.
class BenchFolder {
 public:
  BenchFolder() : path_(std::filesystem::temp_directory_path() / ("tallystick-bench-" + crypto::random_hex(4))) {}
  ~BenchFolder() { std::filesystem::remove_all(path_); }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

HomeConfig bench_config(const std::string& pack) {
  HomeConfig config;
  config.pack = pack;
  config.ledger = "bench.example/360300";
  config.region = "360300";
  return config;
}

class Bench {
 public:
  explicit Bench(const BenchOptions& options)
      : options_(options), home_(Home::create(folder_.path(), bench_config(options.pack))) {
    open_new_ledger(home_, registry::SystemClock());
    Author founder = operator_author();
    server_.emplace(home_.folder());
    link_.emplace(server_->url());
    traffic_.emplace(*link_, home_.config().ledger, std::move(founder));
  }

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
  /// The operator's chain has the genesis entry behind it.
  Author operator_author() {
    Author author(home_.config().ledger, "operator", home_.operator_key());
    const auto store = registry::SqliteStore::open(home_.database().string(), registry::OpenMode::read_only);
    const std::string chain[] = {author.key().public_key().id().hex().substr(0, 32)};
    const auto rows = store->begin_read()->load(registry::table_spec<registry::Chain>(), chain);
    author.resume(*registry::from_row<registry::Chain>(rows.at(0)));
    return author;
  }

  std::vector<TradePair>& pairs(crypto::Suite suite, std::size_t count) {
    auto& pairs = pairs_[static_cast<std::size_t>(suite)];
    while (pairs.size() < count) pairs.push_back(traffic_->make_pair(suite));
    return pairs;
  }

  void measure(crypto::Suite suite) {
    ceiling_ = check_ceiling_per_s(suite);
    for (const std::size_t connections : options_.connections) singles(suite, connections);
    for (const Signing signing : {Signing::single, Signing::batch}) batches(suite, signing);
  }

  void singles(crypto::Suite suite, std::size_t connections) {
    auto& all = pairs(suite, connections);
    const std::size_t total = connections == 1 ? options_.entries / 4 : options_.entries;
    std::vector<Script> scripts;
    for (std::size_t i = 0; i < connections; ++i) scripts.push_back(Traffic::singles(all[i], total / connections));
    add(suite, "single", connections, run_load(server_->port(), scripts, options_.seconds_max));
  }

  void batches(crypto::Suite suite, Signing signing) {
    constexpr std::size_t kConnections = 8;
    auto& all = pairs(suite, kConnections);
    std::vector<Script> scripts;
    for (std::size_t i = 0; i < kConnections; ++i)
      scripts.push_back(Traffic::batches(all[i], options_.batches / kConnections, options_.batch, signing));
    add(suite, signing == Signing::single ? "ndjson" : "ndjson, batch-signed", kConnections,
        run_load(server_->port(), scripts, options_.seconds_max));
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
    auto& all = pairs(crypto::Suite::ed25519_sha256, 64);
    ceiling_ = check_ceiling_per_s(crypto::Suite::ed25519_sha256);
    while (log_size_ < options_.grow_to) {
      std::vector<Script> scripts;
      for (std::size_t i = 0; i < kConnections; ++i)
        scripts.push_back(Traffic::batches(all[i], 25, options_.batch, Signing::batch));
      const LoadResult load = run_load(server_->port(), scripts, options_.seconds_max);
      log_size_ += load.entries;
      std::cerr << "\rgrowing: " << log_size_ << " entries" << std::flush;
      if (load.refused > 0) throw std::runtime_error("an entry was refused: " + load.first_refusal);
    }
    std::cerr << '\n';
    singles(crypto::Suite::ed25519_sha256, 64);
    singles(crypto::Suite::ed25519_sha256, 1);
  }

  void finish() {
    report_.resident_kib = server_->resident_kib();
    report_.resident_peak_kib = server_->resident_peak_kib();
    server_->stop();
    for (const auto& file : std::filesystem::directory_iterator(folder_.path()))
      if (file.is_regular_file()) report_.disk_bytes += file.file_size();
    ChildServer again(home_.folder());
    report_.start_us = again.start_us();
    again.stop();
    verify();
  }

  void verify() {
    const auto store = registry::SqliteStore::open(home_.database().string(), registry::OpenMode::read_only);
    const auto reader = store->begin_read();
    report_.verify_ceiling_per_s = check_ceiling_per_s(crypto::Suite::ed25519_sha256);
    const auto report = registry::verify_log(registry::StoredLog(*reader));
    report_.log_entries = report.entries;
    report_.verify_us = report.elapsed_us;
    report_.verify_per_s = report.entries_per_s();
    report_.verify_defects = report.defect_count;
  }

  const BenchOptions& options_;
  BenchFolder folder_;
  Home home_;
  std::optional<ChildServer> server_;
  std::optional<ServerLink> link_;
  std::optional<Traffic> traffic_;
  std::vector<TradePair> pairs_[3];
  std::uint64_t ceiling_ = 0;
  std::size_t log_size_ = 0;
  BenchReport report_;
};

}  // namespace

int run_bench(const BenchOptions& options) { return Bench(options).run(); }

}  // namespace tools
