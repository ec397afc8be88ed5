#pragma once

#include <optional>
#include <string>
#include <vector>

#include "registry/domain/rows.h"
#include "registry/store/store.h"
#include "registry/views/page.h"

namespace registry {

/// Where a permit stands today; `expired` is a matter of the date and needs no entry.
enum class PermitState { issued, partly_used, used_up, expired, revoked, closed, suspended, lost };
template <>
struct EnumNames<PermitState> {
  static constexpr std::string_view names[] = {"issued",  "partly_used", "used_up",   "expired",
                                               "revoked", "closed",      "suspended", "lost"};
};

/// The quota of one substance: granted = left + held + used + lapsed.
struct PermitAmount {
  std::string substance;
  std::int64_t granted = 0, left = 0, held = 0, used = 0;
  std::int64_t lapsed() const { return granted - left - held - used; }
};

struct PermitView {
  Permit permit;
  PermitState state = PermitState::issued;
  std::vector<PermitAmount> amounts;
};

/// Empty members do not filter.
struct PermitFilter {
  /// The number begins with it.
  std::string number;
  std::string holder, substance, kind;
  /// Plate of a vehicle that is on the road with goods of the paper.
  std::string vehicle;
  /// Goods of the lot went on the road under the paper.
  std::string lot;
  std::optional<PermitState> state;
};

/// In order of their numbers. `today` decides what has expired.
PageOf<PermitView> list_permits(Reader& reader, const PermitFilter& filter, Date today, const Page& page);
std::optional<PermitView> find_permit(Reader& reader, const std::string& number, Date today);

}  // namespace registry
