#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "registry/domain/working_set.h"
#include "registry/log/header.h"
#include "registry/store/gather.h"
#include "registry/store/store.h"

namespace registry {

/// Folds one stored entry after another, each on what the ones before it left.
class EntryFold {
 public:
  /// `load` gives rows that are not in memory.
  explicit EntryFold(LoadRows load) : load_(std::move(load)) {}

  /// What an entry says of itself, read on the way.
  struct Folded {
    Header header;
    std::vector<Move> moves;
  };
  /// Throws StoreFault corrupt naming an entry that cannot be folded.
  Folded fold(const EntryRow& row);

  using Changed =
      std::function<void(const TableSpec&, const std::vector<Row>& rows, const std::vector<std::string>& gone)>;
  /// Hands over what has changed since the last time.
  void take_changes(const Changed& take);
  /// Forgets rows when there are many; only when all changes are where `load` finds them.
  void shed();

 private:
  Header fold_chain(const EntryRow& row);
  LoadRows load_;
  WorkingSet facts_;
};

}  // namespace registry
