#pragma once

#include <memory>
#include <string>
#include <vector>

#include "registry/store/store.h"

namespace contract {

/// A place where stores of one kind can be made, gone with the object. The tests of the port know no more of a store
/// than this.
class Place {
 public:
  virtual ~Place() = default;
  virtual std::unique_ptr<registry::Store> create() = 0;
  virtual std::unique_ptr<registry::Store> open() = 0;
  virtual std::unique_ptr<registry::Store> open_read_only() = 0;
  /// Opens a backup that the store made at that path.
  virtual std::unique_ptr<registry::Store> open_backup(const std::string& path) = 0;
  /// For backups and notes of a test.
  virtual std::string folder() const = 0;
  /// Loses the index of entry ids; no store is open.
  virtual void lose_id_index() = 0;
};

/// The kinds of store to run through the tests: "sqlite".
std::vector<std::string> kinds();
std::unique_ptr<Place> make_place(const std::string& kind);
/// A place that is there already and stays.
std::unique_ptr<Place> place_at(const std::string& kind, const std::string& folder);

}  // namespace contract
