#include "registry/tracing/interval.h"

#include <algorithm>
#include <set>

#include "registry/tracing/deviation.h"
#include "registry/tracing/query_in.h"
#include "registry/tracing/rows_by_key.h"

namespace registry {
namespace {

constexpr std::string_view kMovesOfLot =
    "SELECT seq, source, target, amount FROM move_text WHERE lot = $1 AND seq >= $2 AND seq <= $3 ORDER BY seq, n "
    "LIMIT $4";

}  // namespace

SignedMeasurement measurement_by(const SignedEntry& entry, std::int64_t amount, std::int64_t expected,
                                 std::int64_t tolerance_ppm) {
  SignedMeasurement out;
  out.index = entry.index;
  out.type = entry.type;
  out.party = entry.party;
  out.time = entry.time;
  out.rtime = entry.rtime;
  for (const std::string& key : entry.keys) out.keys.push_back({key, {}, {}});
  out.amount = amount;
  out.expected = expected;
  out.tolerance = ppm_of(amount, tolerance_ppm);
  out.agrees = !is_beyond(expected, amount, tolerance_ppm);
  return out;
}

std::int64_t tolerance_of(const RulePack& rules, const std::string& substance) {
  const Substance* known = rules.substance(substance);
  return known ? rules.tolerance_ppm(*known) : 0;
}

void set_interval(Localisation& place, std::size_t at, std::int64_t tolerance_ppm) {
  const SignedMeasurement& last = place.measurements[at];
  place.first_disagreeing = at;
  place.to_index = last.index;
  if (at > 0) {
    place.last_agreeing = at - 1;
    place.from_index = place.measurements[at - 1].index;
  }
  place.missing = last.expected - last.amount;
  const std::int64_t uncertainty = uncertainty_of(last.expected, last.amount, tolerance_ppm);
  place.lo = place.missing - uncertainty;
  place.hi = place.missing + uncertainty;
}

void name_signers(Reader& reader, Localisation& place) {
  std::set<std::string> ids;
  for (const SignedMeasurement& measured : place.measurements)
    for (const SigningKey& key : measured.keys) ids.insert(key.key);
  const auto keys = rows_by_key<Key>(reader, std::move(ids));
  for (SignedMeasurement& measured : place.measurements) {
    for (SigningKey& signer : measured.keys) {
      const auto key = keys.find(signer.key);
      if (key == keys.end()) continue;
      signer.party = key->second.party;
      signer.officer = key->second.officer;
    }
  }
}

void list_events(Reader& reader, SignedEntries& entries, Localisation& place, const std::string& account) {
  if (!place.has_interval() || place.lot.empty()) return;
  const std::vector<Row> rows = reader.query(
      kMovesOfLot, {place.lot, std::max<std::int64_t>(place.from_index, 0), place.to_index,
                    static_cast<std::int64_t>(kLotEventsMax) + 1});
  for (const Row& row : rows) {
    if (place.events.size() == kLotEventsMax) {
      place.truncated = true;
      return;
    }
    const SignedEntry& entry = entries.at(integer_of(row[0]));
    LotEvent event{entry.index, entry.type, entry.party, entry.rtime, text_of(row[1]), text_of(row[2]),
                   integer_of(row[3]), false};
    event.here = event.from == account || event.to == account;
    place.events.push_back(std::move(event));
  }
}

void add_permit(Localisation& place, const std::string& permit) {
  const bool is_there = std::find(place.permits.begin(), place.permits.end(), permit) != place.permits.end();
  if (!permit.empty() && !is_there) place.permits.push_back(permit);
}

}  // namespace registry
