#include "registry/store/sqlite/sqlite_store.h"

#include <sqlite3.h>

#include <filesystem>

#include "registry/base/fault.h"
#include "registry/store/history.h"
#include "registry/store/sqlite/one_file_store.h"
#include "registry/store/sqlite/scratch_folder.h"

namespace registry {
namespace {

using sqlite::Access;
using sqlite::Durability;
using sqlite::OneFileStore;
using sqlite::ScratchFolder;

/// A store that takes its folder with it.
class ScratchStore final : public Store {
 public:
  ScratchStore() : store_(folder_.file("store.db"), Access::create, Durability::none) {}
  std::unique_ptr<AppendTx> begin_append() override { return store_.begin_append(); }
  std::unique_ptr<AppendTx> begin_fold() override { return store_.begin_fold(); }
  std::unique_ptr<Reader> begin_read() override { return store_.begin_read(); }
  std::unique_ptr<Reader> begin_log_read() override { return store_.begin_log_read(); }
  bool fold_wanted() const override { return store_.fold_wanted(); }
  void on_fold_wanted(std::function<void()> wake) override { store_.on_fold_wanted(std::move(wake)); }
  void give_up_fold() override { store_.give_up_fold(); }
  std::int64_t next_epoch() override { return store_.next_epoch(); }
  void maintain() override { store_.maintain(); }
  void backup_to(const std::string& path) override { store_.backup_to(path); }
  std::vector<std::string> check_integrity() override { return store_.check_integrity(); }
  std::unique_ptr<History> open_history() override { return store_.open_history(); }

 private:
  ScratchFolder folder_;
  OneFileStore store_;
};

}  // namespace

std::unique_ptr<Store> SqliteStore::create(const std::string& path) {
  if (std::filesystem::exists(path)) throw StoreFault(StoreError::unavailable, path + " exists");
  return std::make_unique<OneFileStore>(path, Access::create, Durability::full);
}

std::unique_ptr<Store> SqliteStore::open(const std::string& path, OpenMode mode) {
  if (!std::filesystem::exists(path)) throw StoreFault(StoreError::unavailable, path + " is missing");
  const auto access = mode == OpenMode::read_only ? Access::read : Access::write;
  return std::make_unique<OneFileStore>(path, access, Durability::full);
}

std::unique_ptr<Store> SqliteStore::scratch() { return std::make_unique<ScratchStore>(); }

std::string_view SqliteStore::library_version() { return sqlite3_libversion(); }

}  // namespace registry
