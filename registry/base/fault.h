#pragma once

#include <stdexcept>
#include <string>

namespace registry {

/// The world failed: a disk, a database, a file. Caught in two places only: the sequencer and the HTTP gateway.
class Fault : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// What is known after a store failed.
enum class StoreError {
  busy,             ///< nothing happened, a retry is safe
  conflict,         ///< the head moved under us: another writer
  full,             ///< no space; nothing happened
  unavailable,      ///< cannot be reached or opened
  corrupt,          ///< a stored row fails its check: writing stops
  unknown_outcome,  ///< commit failed or was unclear: it may or may not have happened; writing stops
};

class StoreFault : public Fault {
 public:
  StoreFault(StoreError error, const std::string& what) : Fault(what), error_(error) {}
  StoreError error() const { return error_; }

 private:
  StoreError error_;
};

}  // namespace registry
