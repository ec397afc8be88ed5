#include "registry/tracing/statistics.h"

#include <algorithm>

#include "registry/domain/account.h"
#include "registry/tracing/query_in.h"

namespace registry {
namespace {

constexpr std::string_view kSites = "SELECT id FROM site WHERE party = $1";
// Joined to nothing, target and source are no way in: the sites are few, the counts of a whole ledger many.
constexpr std::string_view kShort =
    "SELECT m.seq, e.rtime, m.source, m.lot, m.amount FROM move_text m JOIN entry_text e ON e.seq = m.seq "
    "WHERE m.source";
constexpr std::string_view kShortTail = "AND m.target || '' = ? AND m.substance || '' = ?";
constexpr std::string_view kOver =
    "SELECT m.seq, e.rtime, m.target, m.lot, -m.amount FROM move_text m JOIN entry_text e ON e.seq = m.seq "
    "WHERE m.target";
constexpr std::string_view kOverTail = "AND m.source || '' = ? AND m.substance || '' = ?";

void append(std::vector<DifferencePoint>& out, const std::vector<Row>& rows) {
  for (const Row& row : rows)
    out.push_back({integer_of(row[0]), {integer_of(row[1])}, text_of(row[2]), text_of(row[3]), integer_of(row[4]), 0});
}

}  // namespace

std::vector<DifferencePoint> cumulative_difference(Reader& reader, const std::string& party,
                                                   const std::string& substance) {
  std::vector<Value> accounts;
  for (const Row& row : reader.query(kSites, {party})) accounts.emplace_back(site_account(text_of(row[0])));
  const std::string counted(outside::kCounted);
  std::vector<DifferencePoint> out;
  append(out, query_in(reader, kShort, accounts, kShortTail, {counted, substance}));
  append(out, query_in(reader, kOver, accounts, kOverTail, {counted, substance}));
  std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.index < b.index; });
  std::int64_t sum = 0;
  for (DifferencePoint& point : out) point.cumulative = sum += point.missing;
  return out;
}

}  // namespace registry
