#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "registry/base/time.h"
#include "registry/store/store.h"

// Sums of moves, made by the database.
namespace registry {

/// Log indexes, first <= i < last.
struct IndexRange {
  std::int64_t first = 0, last = 0;
  bool empty() const { return first >= last; }
};

/// The entries that the registry received in the period; its time never decreases.
IndexRange range_of(Reader& reader, UtcTime from, UtcTime to);

/// What came to an account, or left it.
struct Flow {
  std::string account, substance;
  /// The account at the other end; "transit:" for any consignment.
  std::string other;
  std::int64_t amount = 0;
  bool is_in = true;
};

/// Which goods accounts are summed.
struct FlowAccounts {
  enum class Kind {
    listed,     ///< those of `sites`
    all_sites,  ///< every site
    goods,      ///< sites and road together, as one account "": only what crosses the edge of the registry
  };
  Kind kind = Kind::all_sites;
  /// Accounts "site:S-1".
  std::vector<std::string> sites = {};
  /// Empty for all.
  std::string substance = {};
};

std::vector<Flow> flows(Reader& reader, const FlowAccounts& accounts, IndexRange range);

/// What the accounts hold now; `other` is empty.
std::vector<Flow> holdings(Reader& reader, const FlowAccounts& accounts);

}  // namespace registry
