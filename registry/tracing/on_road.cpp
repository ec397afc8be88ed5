#include "registry/tracing/on_road.h"

#include <algorithm>

#include "registry/domain/account.h"
#include "registry/tracing/consignment_rows.h"
#include "registry/tracing/deviation.h"
#include "registry/tracing/query_in.h"
#include "registry/tracing/rows_by_key.h"
#include "registry/tracing/trace_facts.h"
#include "registry/views/select.h"

namespace registry {
namespace {

/// Balances at zero are not kept, so these are the goods on the road and what never arrived.
constexpr std::string_view kOfAll = "account >= ? AND account < ?";
constexpr std::string_view kOfSubstance = "substance = ?";
constexpr std::string_view kOfParties = "party IN (?, ?, ?)";
constexpr std::string_view kAboutLot = "subject = ? AND lot = ? AND kind = 'loss-in-transit'";
constexpr std::string_view kFirstAccount = "transit:", kPastAccounts = "transit;";
constexpr std::size_t kBalancesMax = 1'000'000;

std::vector<Balance> balances_on_road(Reader& reader, const std::string& substance) {
  Select select(select_all<Balance>());
  select.where(kOfAll, {std::string(kFirstAccount), std::string(kPastAccounts)}).where_set(kOfSubstance, substance);
  return typed_all<Balance>(select.run(reader, "account, substance, lot", kBalancesMax));
}

bool concerns(const Consignment& head, const std::string& party) {
  return party.empty() || head.sender == party || head.carrier == party || head.receiver == party;
}

/// The newest finding knows best: it saw a count of goods that came back, too.
std::string custodian(Reader& reader, const Consignment& head, const ConsignmentLine& line, std::int64_t ppm) {
  Select select(select_all<Finding>());
  select.where(kOfParties, {head.sender, head.carrier, head.receiver})
      .where(kAboutLot, {"consignment:" + head.id, line.lot});
  const auto found = typed_all<Finding>(select.run(reader, "opened DESC", 1));
  return found.empty() ? custodian_of(head, line, ppm) : found.front().party;
}

std::int64_t missing_of(const Consignment& head, const ConsignmentLine& line, std::int64_t held, std::int64_t ppm) {
  if (head.settled != kNone) return held;
  if (line.counted == kNone || !is_beyond(line.shipped, line.counted, ppm)) return 0;
  return std::clamp<std::int64_t>(line.shipped - line.counted, 0, held);
}

OnRoad on_road(Reader& reader, const RulePack& rules, const Consignment& head, const Balance& held) {
  const Substance* substance = rules.substance(held.substance);
  const std::int64_t ppm = substance ? rules.tolerance_ppm(*substance) : 0;
  OnRoad out{head, held.lot, held.substance, held.amount, 0, {}};
  if (head.counted == kNone) return out;
  for (const ConsignmentLine& line : lines_of(reader, head.id)) {
    if (line.lot != held.lot) continue;
    out.missing = missing_of(head, line, held.amount, ppm);
    out.travelling -= out.missing;
    if (out.missing > 0) out.custodian = custodian(reader, head, line, ppm);
  }
  return out;
}

}  // namespace

std::vector<OnRoad> goods_on_road(Reader& reader, const RulePack& rules, const std::string& party,
                                  const std::string& substance, std::int64_t before) {
  const std::vector<Balance> held = balances_on_road(reader, substance);
  std::set<std::string> ids;
  for (const Balance& balance : held) ids.insert(name_in(balance.account, "transit"));
  const auto heads = rows_by_key<Consignment>(reader, std::move(ids));
  std::vector<OnRoad> out;
  for (const Balance& balance : held) {
    const auto head = heads.find(name_in(balance.account, "transit"));
    if (head == heads.end() || head->second.dispatched >= before || !concerns(head->second, party)) continue;
    out.push_back(on_road(reader, rules, head->second, balance));
  }
  return out;
}

}  // namespace registry
