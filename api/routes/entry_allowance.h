#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/http/message.h"
#include "api/http/rate_limiter.h"
#include "registry/base/result.h"
#include "registry/service/registry.h"

namespace api {

/// The key that an entry (its wire form) says it is signed by; nothing when it says none. Nothing is checked.
std::optional<std::string> claimed_key(std::string_view entry);

/// What the entries of one request cost their keys. A key pays for what was stored with its signature; a signature that
/// is not its own costs the address it came from. So nobody can use up the allowance of a key that it does not hold.
class EntryAllowance {
 public:
  /// Without a limiter nothing is counted. Borrows all of it.
  EntryAllowance(RateLimiter* rates, const Request& request, const std::vector<std::string_view>& entries);

  /// The allowance of a key that has not enough left for its entries here; nothing when all may go on.
  std::optional<Allowance> exhausted() const;
  void settle(std::size_t entry, const registry::Result<registry::Receipt>& answer) const;

 private:
  RateLimiter* rates_;
  const Request& request_;
  std::vector<std::optional<std::string>> keys_;
};

/// 429 with the state of that allowance.
Response refused_for(const Allowance& allowance);

}  // namespace api
