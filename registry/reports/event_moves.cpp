#include "registry/reports/event_moves.h"

#include <algorithm>
#include <compare>
#include <map>
#include <span>
#include <utility>

#include "registry/reports/log_ranges.h"
#include "registry/tracing/query_in.h"

namespace registry {
namespace {

// By ranges of the log; the indexes of moves go by account, then entry.
constexpr std::string_view kPlacesInto =
    "SELECT e.time, m.seq, m.n FROM move_text m JOIN event e ON e.seq = m.seq WHERE m.target";
constexpr std::string_view kPlacesOutOf =
    "SELECT e.time, m.seq, m.n FROM move_text m JOIN event e ON e.seq = m.seq WHERE m.source";
constexpr std::string_view kPlacesTail = "AND m.seq >= ? AND m.seq < ? AND e.time >= ? AND e.time < ?";
constexpr std::string_view kMoves =
    "SELECT m.seq, m.n, t.type, t.party, m.source, m.target, m.substance, m.lot, m.amount FROM move_text m "
    "JOIN entry_text t ON t.seq = m.seq WHERE m.seq";
constexpr std::size_t kPortion = 500;

constexpr std::string_view kFlowsInto =
    "SELECT m.target, CASE WHEN substr(m.source, 1, 8) = 'transit:' THEN 'transit:' ELSE m.source END, m.substance, "
    "CAST(SUM(m.amount) AS BIGINT) FROM move_text m JOIN event e ON e.seq = m.seq WHERE m.target";
constexpr std::string_view kFlowsOutOf =
    "SELECT m.source, CASE WHEN substr(m.target, 1, 8) = 'transit:' THEN 'transit:' ELSE m.target END, m.substance, "
    "CAST(SUM(m.amount) AS BIGINT) FROM move_text m JOIN event e ON e.seq = m.seq WHERE m.source";
constexpr std::string_view kFlowsTail = "AND e.time >= ? AND e.time < ? GROUP BY 1, 2, 3";

std::vector<Value> values_of(const std::vector<std::string>& texts) { return {texts.begin(), texts.end()}; }

/// Where a move stands, in the order in which reports tell of it.
struct Place {
  std::int64_t time = 0, index = 0;
  std::int32_t n = 0;
  bool is_out = false;
  auto operator<=>(const Place&) const = default;
};

std::vector<Place> places_of(Reader& reader, const std::vector<std::string>& accounts, const ReportPeriod& period) {
  std::vector<Place> out;
  const std::vector<Value> bound = values_of(accounts);
  each_log_range(reader, [&](std::int64_t first, std::int64_t end) {
    for (const bool is_out : {false, true})
      for (const Row& row : query_in(reader, is_out ? kPlacesOutOf : kPlacesInto, bound, kPlacesTail,
                                     {first, end, period.from().ms, period.to().ms}))
        out.push_back({integer_of(row[0]), integer_of(row[1]), static_cast<std::int32_t>(integer_of(row[2])), is_out});
    if (out.size() > kReportMovesMax) throw ReportTooLarge{};
  });
  std::sort(out.begin(), out.end());
  return out;
}

using RowsByPlace = std::map<std::pair<std::int64_t, std::int64_t>, Row>;

RowsByPlace rows_at(Reader& reader, std::span<const Place> places) {
  std::vector<Value> entries;
  for (const Place& place : places)
    if (entries.empty() || entries.back() != Value(place.index)) entries.emplace_back(place.index);
  RowsByPlace out;
  for (Row& row : query_in(reader, kMoves, entries)) {
    const std::pair key(integer_of(row[0]), integer_of(row[1]));
    out.emplace(key, std::move(row));
  }
  return out;
}

EventMove move_of(const Place& place, const Row& row) {
  const std::string &source = text_of(row[4]), &target = text_of(row[5]);
  return {{place.time},
          place.index,
          place.n,
          text_of(row[2]),
          text_of(row[3]),
          place.is_out ? source : target,
          place.is_out ? target : source,
          text_of(row[6]),
          text_of(row[7]),
          integer_of(row[8]),
          !place.is_out};
}

/// Up to kPortion places, and the rest of the last entry.
std::span<const Place> next_portion(std::span<const Place> places) {
  std::size_t end = std::min(kPortion, places.size());
  while (end < places.size() && places[end].index == places[end - 1].index) ++end;
  return places.first(end);
}

}  // namespace

void each_portion(Reader& reader, const std::vector<std::string>& accounts, const ReportPeriod& period,
                  const std::function<void(const std::vector<EventMove>& moves)>& f) {
  const std::vector<Place> all = places_of(reader, accounts, period);
  for (std::span<const Place> left = all; !left.empty();) {
    const std::span<const Place> portion = next_portion(left);
    const RowsByPlace rows = rows_at(reader, portion);
    std::vector<EventMove> moves;
    for (const Place& place : portion) moves.push_back(move_of(place, rows.at({place.index, place.n})));
    f(moves);
    left = left.subspan(portion.size());
  }
}

std::vector<EventFlow> flows_of(Reader& reader, const std::vector<std::string>& accounts, const ReportPeriod& period) {
  std::vector<EventFlow> out;
  for (const bool is_in : {true, false})
    for (const Row& row : query_in(reader, is_in ? kFlowsInto : kFlowsOutOf, values_of(accounts), kFlowsTail,
                                   {period.from().ms, period.to().ms}))
      out.push_back({text_of(row[0]), text_of(row[1]), text_of(row[2]), integer_of(row[3]), is_in});
  return out;
}

}  // namespace registry
