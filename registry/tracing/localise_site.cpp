#include "registry/tracing/localise_site.h"

#include <algorithm>
#include <set>

#include "registry/base/limits.h"
#include "registry/domain/account.h"
#include "registry/tracing/interval.h"
#include "registry/tracing/query_in.h"
#include "registry/tracing/trace_facts.h"
#include "registry/tracing/written.h"
#include "registry/views/select.h"

namespace registry {
namespace {

constexpr std::string_view kMovesHere =
    "SELECT seq, source, amount, substance FROM move_text WHERE lot = $1 AND (source = $2 OR target = $3) "
    "AND seq <= $4 ORDER BY seq, n";
/// A count that agrees moves nothing, and is found among what its author signed.
constexpr std::string_view kOfParty =
    "SELECT seq, type FROM entry_text WHERE party = $1 AND seq >= $2 AND seq <= $3 ORDER BY seq DESC LIMIT $4";
constexpr std::string_view kQuotaOfEntries = "SELECT source FROM move_text WHERE seq";
constexpr std::string_view kQuotaTail =
    "AND (substr(source, 1, 7) = 'permit:' OR substr(source, 1, 5) = 'held:') ORDER BY seq, n";
constexpr std::string_view kInspected =
    "SELECT seq FROM inspection WHERE party = $1 AND site = $2 AND lots > 0 AND seq <= $3";
constexpr std::string_view kCount = "stock.count", kInspection = "inspection.record";

struct MoveHere {
  std::int64_t index;
  /// Below zero when it left.
  std::int64_t change;
};

struct HeldMoves {
  std::string substance;
  std::vector<MoveHere> moves;
};

HeldMoves moves_here(Reader& reader, const std::string& account, const std::string& lot, std::int64_t until) {
  HeldMoves out;
  for (const Row& row : reader.query(kMovesHere, {lot, account, account, until})) {
    const std::int64_t amount = integer_of(row[2]);
    out.moves.push_back({integer_of(row[0]), text_of(row[1]) == account ? -amount : amount});
    out.substance = text_of(row[3]);
  }
  return out;
}

/// Entries that may have measured the lot: those that brought it, the counts of the owner, those of inspectors.
std::set<std::int64_t> candidates(Reader& reader, const HeldMoves& history, const std::string& party,
                                  const std::string& site, std::int64_t until, bool& truncated) {
  std::set<std::int64_t> out;
  for (const Row& row : reader.query(kInspected, {party, site, until})) out.insert(integer_of(row[0]));
  for (const MoveHere& move : history.moves)
    if (move.change > 0) out.insert(move.index);
  const std::vector<Row> rows = reader.query(
      kOfParty, {party, history.moves.front().index, until, static_cast<std::int64_t>(kEntriesSearchedMax)});
  truncated = rows.size() == kEntriesSearchedMax;
  for (const Row& row : rows)
    if (text_of(row[1]) == kCount) out.insert(integer_of(row[0]));
  return out;
}

/// What the book held before an entry and after it.
struct Book {
  std::int64_t before = 0, after = 0;
};
Book book_at(const HeldMoves& history, std::int64_t index) {
  Book out;
  for (const MoveHere& move : history.moves) {
    if (move.index < index) out.before += move.change;
    if (move.index <= index) out.after += move.change;
  }
  return out;
}

}  // namespace

std::optional<Localisation> stock_history(Reader& reader, const RulePack& rules, SignedEntries& entries,
                                          const std::string& site, const std::string& lot, std::int64_t until) {
  const std::string account = site_account(site);
  const HeldMoves history = moves_here(reader, account, lot, until);
  if (history.moves.empty()) return {};
  Localisation place;
  place.subject = account;
  place.lot = lot;
  place.substance = history.substance;
  const auto row = find_row<Site>(reader, site);
  const std::string party = row ? row->party : std::string();
  place.custodians.push_back({party, CustodianRole::owner, true});
  for (const std::int64_t index : candidates(reader, history, party, site, until, place.truncated)) {
    const auto entry = reader.entry(index);
    if (!entry || !notes_measurement(entry->outcome, account, lot)) continue;
    const Book book = book_at(history, index);
    // The book follows what is measured; only a count had something to expect.
    const bool is_count = entry->type == kCount || entry->type == kInspection;
    const std::int64_t expected = is_count ? book.before : book.after;
    place.measurements.push_back(
        measurement_by(entries.at(index), book.after, expected, tolerance_of(rules, place.substance)));
  }
  return place;
}

void finish_stock(Reader& reader, SignedEntries& entries, Localisation& place, const std::string& site) {
  name_signers(reader, place);
  list_events(reader, entries, place, site_account(site));
  std::vector<Value> here;
  for (const LotEvent& event : place.events)
    if (event.here) here.emplace_back(event.index);
  for (const Row& row : query_in(reader, kQuotaOfEntries, here, kQuotaTail)) {
    const std::string& account = text_of(row[0]);
    add_permit(place, name_in(account, account.starts_with("held:") ? "held" : "permit"));
  }
}

}  // namespace registry
