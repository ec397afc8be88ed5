#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "tools/bench/traffic.h"
#include "tools/home/child_server.h"
#include "tools/home/home.h"

namespace tools {

/// A folder under the temporary directory that goes when the bench ends.
class BenchFolder {
 public:
  BenchFolder();
  ~BenchFolder();
  BenchFolder(const BenchFolder&) = delete;
  BenchFolder& operator=(const BenchFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// A ledger under one rule pack in a folder of its own, its server in a process of its own, and who sends to it.
class Arena {
 public:
  explicit Arena(const std::string& pack);

  const Home& home() const { return home_; }
  std::filesystem::path folder() const { return folder_.path(); }
  ChildServer& server() { return *server_; }
  /// At least `count` pairs with keys of the suite; made when first asked for.
  std::vector<TradePair>& pairs(crypto::Suite suite, std::size_t count);

 private:
  Author operator_author() const;

  BenchFolder folder_;
  Home home_;
  std::optional<ChildServer> server_;
  std::optional<ServerLink> link_;
  std::optional<Traffic> traffic_;
  std::vector<TradePair> pairs_[3];
};

}  // namespace tools
