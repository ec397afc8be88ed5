#include "registry/views/stock.h"

#include "registry/views/select.h"

namespace registry {
namespace {

constexpr std::string_view kLotOfParty =
    "id IN (SELECT b.lot FROM site s JOIN balance b ON b.account = 'site:' || s.id WHERE s.party = ? "
    "UNION SELECT m.lot FROM site s JOIN measurement m ON m.account = 'site:' || s.id WHERE s.party = ?)";
constexpr std::string_view kMovedTo =
    "SELECT 1 FROM move_text WHERE lot = $1 AND target IN (SELECT 'site:' || id FROM site WHERE party = $2) LIMIT 1";
constexpr std::string_view kMovedWithin =
    "SELECT 1 FROM move_text WHERE lot = $1 AND target IN (SELECT 'site:' || id FROM site WHERE region >= $2 AND "
    "region < "
    "$3) LIMIT 1";
constexpr std::string_view kAtSitesOf = "account IN (SELECT 'site:' || id FROM site WHERE party = ?)";
constexpr std::string_view kOnTheRoadFor =
    "account IN (SELECT 'transit:' || id FROM consignment WHERE sender = ? OR receiver = ? OR carrier = ?)";

/// At sites in a region: what a party has registered elsewhere is for the agencies there.
constexpr std::string_view kLotWithin =
    "id IN (SELECT b.lot FROM site s JOIN balance b ON b.account = 'site:' || s.id WHERE s.region >= ? AND s.region < "
    "? "
    "UNION SELECT m.lot FROM site s JOIN measurement m ON m.account = 'site:' || s.id WHERE s.region >= ? AND s.region "
    "< "
    "?)";
constexpr std::string_view kAccountWithin =
    "(account IN (SELECT 'site:' || id FROM site WHERE region >= ? AND region < ?) OR account IN (SELECT 'transit:' || "
    "c.id FROM consignment c JOIN party p ON p.id IN (c.sender, c.receiver, c.carrier) WHERE p.region >= ? AND "
    "p.region < "
    "?))";
constexpr std::string_view kMovedToUnits =
    "SELECT 1 FROM move_text WHERE lot = $1 AND target IN (SELECT 'site:' || s.id FROM party p JOIN site s ON s.party "
    "= p.id WHERE $units) LIMIT 1";
/// Of these units, wherever they are.
constexpr std::string_view kLotOfUnits =
    "id IN (SELECT b.lot FROM party p JOIN site s ON s.party = p.id JOIN balance b ON b.account = 'site:' || s.id "
    "WHERE $units UNION SELECT m.lot FROM party p JOIN site s ON s.party = p.id JOIN measurement m ON m.account = "
    "'site:' || "
    "s.id WHERE $units)";
constexpr std::string_view kAccountOfUnits =
    "(account IN (SELECT 'site:' || s.id FROM party p JOIN site s ON s.party = p.id WHERE $units) OR account IN "
    "(SELECT 'transit:' || c.id FROM consignment c JOIN party p ON p.id IN (c.sender, c.receiver, c.carrier) WHERE "
    "$units))";

/// `condition` with the kinds for each "$units".
std::string of_units(std::string_view condition, const Codes& units) {
  return put_for("$units", is_of_kinds("p.kinds", units), condition);
}

void bound_lots(Select& select, const Bounds& bounds) {
  if (const std::string& region = bounds.region; !region.empty()) {
    const std::string end = end_of_prefix(region);
    const std::string lot = bounds.touched.lots.empty() ? std::string() : bounds.touched.lots.front();
    select.where("(" + std::string(kLotWithin) + " OR id = ?)", {region, end, region, end, lot});
  }
  if (!bounds.units.empty()) select.where(of_units(kLotOfUnits, bounds.units));
  select.where_goods("substance IN ($goods)", bounds);
}

constexpr std::string_view kLastMoved =
    "SELECT rtime FROM entry_text WHERE seq = (SELECT MAX(seq) FROM move_text WHERE lot = $1)";

}  // namespace

PageOf<Lot> list_lots(Reader& reader, const LotFilter& filter, const Page& page) {
  Select select(select_all<Lot>());
  select.where_set("substance = ?", filter.substance);
  if (!filter.id.empty()) select.where("id >= ? AND id < ?", {filter.id, end_of_prefix(filter.id)});
  if (!filter.party.empty()) select.where(kLotOfParty, {filter.party, filter.party});
  bound_lots(select, page.within);
  return page_of(typed_all<Lot>(select.run(reader, {"id"}, Select::Order::up, page)), page,
                 [](const Lot& row) { return Row{row.id}; });
}

bool has_held_lot(Reader& reader, const std::string& lot, const std::string& party) {
  return !reader.query(kMovedTo, {lot, party}).empty();
}

bool has_been_within(Reader& reader, const std::string& lot, const Bounds& bounds) {
  if (!bounds.region.empty() && reader.query(kMovedWithin, {lot, bounds.region, end_of_prefix(bounds.region)}).empty())
    return false;
  return bounds.units.empty() || !reader.query(of_units(kMovedToUnits, bounds.units), {lot}).empty();
}

std::optional<Date> last_moved_on(Reader& reader, const std::string& lot) {
  const std::vector<Row> rows = reader.query(kLastMoved, {lot});
  const auto* time = rows.empty() ? nullptr : std::get_if<std::int64_t>(&rows.front().front());
  if (!time) return {};
  return local_date(UtcTime{*time});
}

PageOf<Balance> list_balances(Reader& reader, const BalanceFilter& filter, const Page& page) {
  Select select(select_all<Balance>());
  const std::string prefix = std::string(name_of(filter.where)) + ':';
  if (!filter.place.empty())
    select.where("account = ?", {prefix + filter.place});
  else
    select.where("account >= ? AND account < ?", {prefix, end_of_prefix(prefix)});
  if (!filter.party.empty() && filter.where == Whereabouts::site) select.where(kAtSitesOf, {filter.party});
  if (!filter.party.empty() && filter.where == Whereabouts::transit)
    select.where(kOnTheRoadFor, {filter.party, filter.party, filter.party});
  if (const std::string& region = page.within.region; !region.empty()) {
    const std::string end = end_of_prefix(region);
    select.where(kAccountWithin, {region, end, region, end});
  }
  if (!page.within.units.empty()) select.where(of_units(kAccountOfUnits, page.within.units));
  select.where_goods("substance IN ($goods)", page.within);
  select.where_set("substance = ?", filter.substance).where_set("lot = ?", filter.lot);
  return page_of(typed_all<Balance>(select.run(reader, {"account", "substance", "lot"}, Select::Order::up, page)), page,
                 [](const Balance& row) {
                   return Row{row.account, row.substance, row.lot};
                 });
}

}  // namespace registry
