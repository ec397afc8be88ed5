#include "tools/bench/arena.h"

#include "crypto/random.h"
#include "registry/base/time.h"
#include "registry/store/sqlite/sqlite_store.h"

namespace tools {
namespace {

HomeConfig bench_config(const std::string& pack) {
  HomeConfig config;
  config.pack = pack;
  config.ledger = "bench.example/360300";
  config.region = "360300";
  return config;
}

}  // namespace

BenchFolder::BenchFolder()
    : path_(std::filesystem::temp_directory_path() / ("tallystick-bench-" + crypto::random_hex(4))) {}
BenchFolder::~BenchFolder() { std::filesystem::remove_all(path_); }

Arena::Arena(const std::string& pack) : home_(Home::create(folder_.path(), bench_config(pack))) {
  open_new_ledger(home_, registry::SystemClock());
  Author founder = operator_author();
  server_.emplace(home_.folder());
  link_.emplace(server_->url());
  traffic_.emplace(*link_, home_.config().ledger, std::move(founder));
}

/// The operator's chain has the genesis entry behind it.
Author Arena::operator_author() const {
  Author author(home_.config().ledger, "operator", home_.operator_key());
  const auto store = registry::SqliteStore::open(home_.database().string(), registry::OpenMode::read_only);
  const std::string chain[] = {author.key().public_key().id().hex().substr(0, 32)};
  const auto rows = store->begin_read()->load(registry::table_spec<registry::Chain>(), chain);
  author.resume(*registry::from_row<registry::Chain>(rows.at(0)));
  return author;
}

std::vector<TradePair>& Arena::pairs(crypto::Suite suite, std::size_t count) {
  auto& pairs = pairs_[static_cast<std::size_t>(suite)];
  while (pairs.size() < count) pairs.push_back(traffic_->make_pair(suite));
  return pairs;
}

}  // namespace tools
