#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/commitment.h"
#include "crypto/digest.h"

namespace registry {

/// A personal value of an entry as its commitment stands in the signed header.
struct CommittedValue {
  crypto::PrivateValue value;
  crypto::Digest commitment;
};

/// One that is kept, or was.
struct KeptValue {
  /// Its number in the entry, 1 first.
  std::int64_t n = 0;
  /// Hex.
  std::string commitment;
  /// Nothing once it is erased.
  std::optional<crypto::PrivateValue> value;
  /// Key or sealed bytes are still there, be it one without the other.
  bool is_left = false;
};

/// Where personal values are kept apart from the ledger: sealed, each under a key of its own, the keys in another file
/// than the values, so that a value is gone with its key. Thread-safe. Throws StoreFault and nothing else.
class PersonalStore {
 public:
  virtual ~PersonalStore() = default;

  /// Keeps the values of an entry; those that are kept already, or were erased, stay as they are. Durable when it
  /// returns.
  virtual void keep(std::string_view entry, std::span<const CommittedValue> values) = 0;
  virtual std::vector<KeptValue> read(std::string_view entry) = 0;
  /// Destroys key and value of each number, in file, log and free pages; what is gone already stays gone. Commitments
  /// stay. Durable when it returns.
  virtual void erase(std::string_view entry, std::span<const std::int64_t> numbers) = 0;
  /// Forgets an entry that was never accepted.
  virtual void drop(std::string_view entry) = 0;
  /// The entries kept last, at most `count`.
  virtual std::vector<std::string> newest(std::size_t count) = 0;
};

}  // namespace registry
