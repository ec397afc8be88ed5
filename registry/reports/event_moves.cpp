#include "registry/reports/event_moves.h"

#include <algorithm>
#include <tuple>

#include "registry/tracing/query_in.h"

namespace registry {
namespace {

constexpr std::string_view kMovesInto =
    "SELECT e.time, m.seq, m.n, t.type, t.party, m.target, m.source, m.substance, m.lot, m.amount FROM move_text m "
    "JOIN event e ON e.seq = m.seq JOIN entry_text t ON t.seq = m.seq WHERE m.target";
constexpr std::string_view kMovesOutOf =
    "SELECT e.time, m.seq, m.n, t.type, t.party, m.source, m.target, m.substance, m.lot, m.amount FROM move_text m "
    "JOIN event e ON e.seq = m.seq JOIN entry_text t ON t.seq = m.seq WHERE m.source";
constexpr std::string_view kMovesTail = "AND e.time >= ? AND e.time < ? LIMIT ?";

constexpr std::string_view kFlowsInto =
    "SELECT m.target, CASE WHEN substr(m.source, 1, 8) = 'transit:' THEN 'transit:' ELSE m.source END, m.substance, "
    "CAST(SUM(m.amount) AS BIGINT) FROM move_text m JOIN event e ON e.seq = m.seq WHERE m.target";
constexpr std::string_view kFlowsOutOf =
    "SELECT m.source, CASE WHEN substr(m.target, 1, 8) = 'transit:' THEN 'transit:' ELSE m.target END, m.substance, "
    "CAST(SUM(m.amount) AS BIGINT) FROM move_text m JOIN event e ON e.seq = m.seq WHERE m.source";
constexpr std::string_view kFlowsTail = "AND e.time >= ? AND e.time < ? GROUP BY 1, 2, 3";

std::vector<Value> values_of(const std::vector<std::string>& texts) { return {texts.begin(), texts.end()}; }

EventMove move_of(const Row& row, bool is_in) {
  return {{integer_of(row[0])},
          integer_of(row[1]),
          integer_of(row[2]),
          text_of(row[3]),
          text_of(row[4]),
          text_of(row[5]),
          text_of(row[6]),
          text_of(row[7]),
          text_of(row[8]),
          integer_of(row[9]),
          is_in};
}

}  // namespace

std::vector<EventMove> moves_of(Reader& reader, const std::vector<std::string>& accounts, const Period& period) {
  std::vector<EventMove> out;
  const auto limit = static_cast<std::int64_t>(kReportMovesMax) + 1;
  for (const bool is_in : {true, false}) {
    const auto rows = query_in(reader, is_in ? kMovesInto : kMovesOutOf, values_of(accounts), kMovesTail,
                               {period.from().ms, period.to().ms, limit});
    if (out.size() + rows.size() > kReportMovesMax) throw ReportTooLarge{};
    for (const Row& row : rows) out.push_back(move_of(row, is_in));
  }
  std::sort(out.begin(), out.end(), [](const EventMove& a, const EventMove& b) {
    return std::tuple(a.event, a.index, a.n, !a.is_in) < std::tuple(b.event, b.index, b.n, !b.is_in);
  });
  return out;
}

std::vector<EventFlow> flows_of(Reader& reader, const std::vector<std::string>& accounts, const Period& period) {
  std::vector<EventFlow> out;
  for (const bool is_in : {true, false})
    for (const Row& row : query_in(reader, is_in ? kFlowsInto : kFlowsOutOf, values_of(accounts), kFlowsTail,
                                   {period.from().ms, period.to().ms}))
      out.push_back({text_of(row[0]), text_of(row[1]), text_of(row[2]), integer_of(row[3]), is_in});
  return out;
}

}  // namespace registry
