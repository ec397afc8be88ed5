#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "crypto/suite.h"

namespace tools {

struct BenchOptions {
  std::vector<crypto::Suite> suites{crypto::Suite::ed25519_sha256, crypto::Suite::p256_sha256, crypto::Suite::sm2_sm3};
  std::vector<std::size_t> connections{1, 8, 64, 256};
  /// Entries of each single-entry run, over all connections.
  std::size_t entries = 20'000;
  /// Entries in each NDJSON request, a multiple of five, and such requests in a run.
  std::size_t batch = 100;
  std::size_t batches = 200;
  /// Afterwards: grow the log to this size with batch-signed requests and measure 64 connections again; 0 does not.
  std::size_t grow_to = 0;
  /// Rule pack of the ledger: the whole one, or "bare", which has just what the bench asks for.
  std::string pack = "cn";
  /// Another pack: then nothing but `rounds` runs of each of the two packs, in turns, with the first suite and number
  /// of connections, and how their rates compare.
  std::string compare;
  std::size_t rounds = 6;
  /// At the end: make the large reports of the whole log, and state time and memory of each.
  bool reports = false;
  /// Bound of each run.
  unsigned seconds_max = 120;
  /// Where the figures go as JSON; empty prints the table only.
  std::string json_file;
};

/// One measured run.
struct BenchRow {
  std::string suite, kind;
  std::size_t connections = 0, entries = 0, refused = 0, log_size = 0;
  std::uint64_t per_s = 0, ceiling_per_s = 0;
  std::uint32_t p50_us = 0, p95_us = 0, p99_us = 0;
  /// Share of the signature-check ceiling of the same minute, in percent.
  std::uint64_t percent() const { return ceiling_per_s == 0 ? 0 : per_s * 100 / ceiling_per_s; }
};

/// Starts a server of its own in a new temporary folder, loads it with signed steps, and prints what it measured beside
/// the bare signature-check rate of this machine. Bounded in entries and time; speaks to 127.0.0.1 only. 0 when no
/// entry was refused.
int run_bench(const BenchOptions& options);

}  // namespace tools
