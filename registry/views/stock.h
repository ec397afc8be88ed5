#pragma once

#include <optional>
#include <string>

#include "registry/domain/rows.h"
#include "registry/store/store.h"
#include "registry/views/page.h"

// What is where. Empty members of a filter do not filter.
namespace registry {

struct LotFilter {
  std::string substance;
  /// The number begins with it.
  std::string id;
  /// Lots that are or were at a site of this party.
  std::string party;
};

PageOf<Lot> list_lots(Reader& reader, const LotFilter& filter, const Page& page);
/// The lot is, or was measured or moved, at a site of the party.
bool has_held_lot(Reader& reader, const std::string& lot, const std::string& party);
/// The lot is or was at a site in the region, and of a unit of the kinds, that the bounds have.
bool has_been_within(Reader& reader, const std::string& lot, const Bounds& bounds);

/// The day of the newest entry that moved the lot; nothing when none did.
std::optional<Date> last_moved_on(Reader& reader, const std::string& lot);

/// At a site, or on the road.
enum class Whereabouts { site, transit };
template <>
struct EnumNames<Whereabouts> {
  static constexpr std::string_view names[] = {"site", "transit"};
};

struct BalanceFilter {
  Whereabouts where = Whereabouts::site;
  /// Owner of the site, or sender, receiver or carrier of the consignment.
  std::string party;
  /// Id of the site or consignment.
  std::string place;
  std::string substance, lot;
};

PageOf<Balance> list_balances(Reader& reader, const BalanceFilter& filter, const Page& page);

}  // namespace registry
