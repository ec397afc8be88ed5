#include <sys/mount.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "registry/store/sqlite/sqlite_store.h"
#include "tests/contract/maker.h"
#include "tests/contract/samples.h"

using namespace registry;
using namespace contract;

namespace {

/// A small disk of its own, where one may be mounted.
class SmallDisk {
 public:
  explicit SmallDisk(std::string folder) : folder_(std::move(folder)) {
    std::filesystem::create_directory(folder_);
    mounted_ = ::mount("tmpfs", folder_.c_str(), "tmpfs", 0, "size=3m") == 0;
  }
  ~SmallDisk() {
    if (mounted_) ::umount2(folder_.c_str(), MNT_DETACH);
  }
  bool mounted() const { return mounted_; }

 private:
  std::string folder_;
  bool mounted_ = false;
};

/// Appends until the disk is full; then the class of the fault.
StoreError fill(SampleLog& log) {
  return fault_of([&] {
    for (int i = 0; i < 10'000; ++i) log.append(20);
  });
}

}  // namespace

TEST_CASE("a full disk refuses a commit without doubt, reads go on, and with space so do commits") {
  const auto place = make_place("sqlite");
  const std::string folder = place->folder() + "/small";
  const SmallDisk disk(folder);
  if (!disk.mounted()) {
    WARN("no small disk can be mounted here");
    return;
  }
  std::ofstream(folder + "/ballast") << std::string(1 << 20, 'x');
  const auto store = SqliteStore::create(folder + "/store.db");
  SampleLog log(*store);
  for (int round = 0; round < 2; ++round) {
    CHECK(fill(log) == StoreError::full);
    CHECK(fault_of([&] { log.append(20); }) == StoreError::full);
    CHECK(store->begin_read()->state() == log.state());
    CHECK(static_cast<std::int64_t>(store->begin_read()->entries(0, 100'000).size()) == log.size());
    std::filesystem::resize_file(folder + "/ballast", round ? 0 : 1 << 19);
    const auto before = log.size();
    log.append(20);
    CHECK(log.size() == before + 20);
  }
  CHECK(store->check_integrity() == std::vector<std::string>{});
}
