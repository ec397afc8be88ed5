#pragma once

#include <string>
#include <string_view>

// Accounts of the double-entry book. Goods: site:<id>, transit:<consignment>. Quota: permit:<no>, held:<no>, used:<no>.
// The outside world, one account a reason, which alone may fall below zero.
namespace registry {

inline std::string site_account(std::string_view site) { return "site:" + std::string(site); }
inline std::string transit_account(std::string_view consignment) { return "transit:" + std::string(consignment); }
inline std::string permit_account(std::string_view no) { return "permit:" + std::string(no); }
inline std::string held_account(std::string_view no) { return "held:" + std::string(no); }
inline std::string used_account(std::string_view no) { return "used:" + std::string(no); }

namespace outside {
inline constexpr std::string_view kOpening = "opening", kProduced = "produced", kImported = "imported",
                                  kExported = "exported", kUsed = "used", kDispensed = "dispensed",
                                  kDestroyed = "destroyed", kLost = "lost", kFound = "found", kSeized = "seized",
                                  kProcessLoss = "process-loss", kCounted = "counted",
                                  /// Split, merged or sampled: what leaves one lot here comes into another at once.
    kRepacked = "repacked",
                                  /// Where quota comes from and what of it was never used.
    kGranted = "granted", kLapsed = "lapsed";
}  // namespace outside

/// Holds goods or quota, and so can never be below zero.
inline bool is_held_account(std::string_view account) { return account.find(':') != std::string_view::npos; }

/// Counts quota, not goods.
inline bool is_quota_account(std::string_view account) {
  return account.starts_with("permit:") || account.starts_with("held:") || account.starts_with("used:") ||
         account == outside::kGranted || account == outside::kLapsed;
}

}  // namespace registry
