#include "tests/contract/maker.h"

#include <stdlib.h>

#include <filesystem>
#include <stdexcept>

#include "registry/store/sqlite/sqlite_store.h"

namespace contract {
namespace {

namespace fs = std::filesystem;
using registry::OpenMode;
using registry::SqliteStore;

class SqlitePlace final : public Place {
 public:
  SqlitePlace(std::string folder, bool temporary) : folder_(std::move(folder)), temporary_(temporary) {}
  ~SqlitePlace() override {
    std::error_code ignored;
    if (temporary_) fs::remove_all(folder_, ignored);
  }
  std::unique_ptr<registry::Store> create() override { return SqliteStore::create(path()); }
  std::unique_ptr<registry::Store> open() override { return SqliteStore::open(path(), OpenMode::read_write); }
  std::unique_ptr<registry::Store> open_read_only() override { return SqliteStore::open(path(), OpenMode::read_only); }
  std::unique_ptr<registry::Store> open_backup(const std::string& path) override {
    return SqliteStore::open(path, OpenMode::read_only);
  }
  std::string folder() const override { return folder_; }
  void lose_id_index() override {
    for (const char* suffix : {"", "-wal", "-shm"}) fs::remove(path() + ".ids" + suffix);
  }

 private:
  std::string path() const { return folder_ + "/store.db"; }
  std::string folder_;
  bool temporary_;
};

std::string new_folder() {
  std::string path = (fs::temp_directory_path() / "contract-XXXXXX").string();
  if (!::mkdtemp(path.data())) throw std::runtime_error("no temporary folder");
  return path;
}

}  // namespace

std::vector<std::string> kinds() { return {"sqlite"}; }

std::unique_ptr<Place> make_place(const std::string&) { return std::make_unique<SqlitePlace>(new_folder(), true); }

std::unique_ptr<Place> place_at(const std::string&, const std::string& folder) {
  return std::make_unique<SqlitePlace>(folder, false);
}

}  // namespace contract
