#include "registry/tracing/flows.h"

#include <algorithm>

#include "registry/domain/account.h"
#include "registry/tracing/query_in.h"

namespace registry {
namespace {

/// Looked at from a past, not every index has an entry.
constexpr std::string_view kTime = "SELECT rtime FROM entry_text WHERE seq >= $1 ORDER BY seq LIMIT 1";

// The range comes first where the whole log is read, the accounts where a few are looked up by their index.
constexpr std::string_view kIntoListed =
    "SELECT target, substance, CASE WHEN substr(source, 1, 8) = 'transit:' THEN 'transit:' ELSE source END, "
    "CAST(SUM(amount) AS BIGINT) FROM move_text WHERE target";
constexpr std::string_view kOutOfListed =
    "SELECT source, substance, CASE WHEN substr(target, 1, 8) = 'transit:' THEN 'transit:' ELSE target END, "
    "CAST(SUM(amount) AS BIGINT) FROM move_text WHERE source";
constexpr std::string_view kListedTail = "AND seq >= ? AND seq < ? AND (substance = ? OR '' = ?) GROUP BY 1, 2, 3";

constexpr std::string_view kIntoSites =
    "SELECT target, substance, CASE WHEN substr(source, 1, 8) = 'transit:' THEN 'transit:' ELSE source END, "
    "CAST(SUM(amount) AS BIGINT) FROM move_text WHERE seq >= $1 AND seq < $2 AND substr(target, 1, 5) = 'site:' "
    "AND (substance = $3 OR '' = $4) GROUP BY 1, 2, 3";
constexpr std::string_view kOutOfSites =
    "SELECT source, substance, CASE WHEN substr(target, 1, 8) = 'transit:' THEN 'transit:' ELSE target END, "
    "CAST(SUM(amount) AS BIGINT) FROM move_text WHERE seq >= $1 AND seq < $2 AND substr(source, 1, 5) = 'site:' "
    "AND (substance = $3 OR '' = $4) GROUP BY 1, 2, 3";

constexpr std::string_view kFromOutside =
    "SELECT '', substance, source, CAST(SUM(amount) AS BIGINT) FROM move_text WHERE source";
constexpr std::string_view kToOutside =
    "SELECT '', substance, target, CAST(SUM(amount) AS BIGINT) FROM move_text WHERE target";

constexpr std::string_view kHeldListed =
    "SELECT account, substance, '', CAST(SUM(amount) AS BIGINT) FROM balance WHERE account";
constexpr std::string_view kHeldListedTail = "AND (substance = ? OR '' = ?) GROUP BY account, substance";
constexpr std::string_view kHeldAtSites =
    "SELECT account, substance, '', CAST(SUM(amount) AS BIGINT) FROM balance WHERE substr(account, 1, 5) = 'site:' "
    "AND (substance = $1 OR '' = $2) GROUP BY account, substance";
constexpr std::string_view kHeldGoods =
    "SELECT '', substance, '', CAST(SUM(amount) AS BIGINT) FROM balance WHERE (substr(account, 1, 5) = 'site:' "
    "OR substr(account, 1, 8) = 'transit:') AND (substance = $1 OR '' = $2) GROUP BY substance";

/// Reasons for which goods come or go.
std::vector<Value> reasons() {
  std::vector<Value> out;
  for (const std::string_view reason :
       {outside::kOpening, outside::kProduced, outside::kImported, outside::kExported, outside::kUsed,
        outside::kDispensed, outside::kDestroyed, outside::kLost, outside::kFound, outside::kSeized,
        outside::kProcessLoss, outside::kCounted, outside::kRepacked})
    out.emplace_back(std::string(reason));
  return out;
}

std::vector<Value> values_of(const std::vector<std::string>& texts) { return {texts.begin(), texts.end()}; }

void append(std::vector<Flow>& out, const std::vector<Row>& rows, bool is_in) {
  for (const Row& row : rows)
    out.push_back({text_of(row[0]), text_of(row[1]), text_of(row[2]), integer_of(row[3]), is_in});
}

/// The first index whose entry is not before `time`.
std::int64_t first_at(Reader& reader, std::int64_t size, UtcTime time) {
  std::int64_t low = 0, high = size;
  while (low < high) {
    const std::int64_t middle = low + (high - low) / 2;
    const std::vector<Row> rows = reader.query(kTime, {middle});
    if (!rows.empty() && integer_of(rows.front().front()) < time.ms)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

}  // namespace

IndexRange range_of(Reader& reader, UtcTime from, UtcTime to) {
  const std::int64_t size = reader.state().size;
  return {first_at(reader, size, from), first_at(reader, size, to)};
}

std::vector<Flow> flows(Reader& reader, const FlowAccounts& accounts, IndexRange range) {
  std::vector<Flow> out;
  if (range.empty()) return out;
  const std::string& substance = accounts.substance;
  const auto listed = [&](std::string_view head, const std::vector<Value>& values) {
    return query_in(reader, head, values, kListedTail, {range.first, range.last, substance, substance});
  };
  const auto all = [&](std::string_view sql) {
    return reader.query(sql, {range.first, range.last, substance, substance});
  };
  switch (accounts.kind) {
    case FlowAccounts::Kind::listed:
      append(out, listed(kIntoListed, values_of(accounts.sites)), true);
      append(out, listed(kOutOfListed, values_of(accounts.sites)), false);
      break;
    case FlowAccounts::Kind::all_sites:
      append(out, all(kIntoSites), true);
      append(out, all(kOutOfSites), false);
      break;
    case FlowAccounts::Kind::goods:
      append(out, listed(kFromOutside, reasons()), true);
      append(out, listed(kToOutside, reasons()), false);
      break;
  }
  return out;
}

std::vector<Flow> holdings(Reader& reader, const FlowAccounts& accounts) {
  std::vector<Flow> out;
  const std::string& substance = accounts.substance;
  switch (accounts.kind) {
    case FlowAccounts::Kind::listed:
      append(out, query_in(reader, kHeldListed, values_of(accounts.sites), kHeldListedTail, {substance, substance}),
             true);
      break;
    case FlowAccounts::Kind::all_sites:
      append(out, reader.query(kHeldAtSites, {substance, substance}), true);
      break;
    case FlowAccounts::Kind::goods:
      append(out, reader.query(kHeldGoods, {substance, substance}), true);
      break;
  }
  return out;
}

}  // namespace registry
