#include "registry/views/permits.h"

#include <algorithm>
#include <map>

#include "registry/domain/account.h"
#include "registry/views/select.h"

namespace registry {
namespace {

constexpr std::size_t kLinesMax = 100'000;
constexpr std::string_view kOfSubstance = "no IN (SELECT permit FROM permit_line WHERE substance = ?)";
/// Papers that goods travel on and those that allowed to buy them: of what a vehicle has aboard now, or ever of a lot.
constexpr std::string_view kAboard =
    "no IN (SELECT x.no FROM consignment c LEFT JOIN sale s ON s.id = c.sale JOIN permit x ON x.no IN (c.permit, "
    "s.permit) WHERE c.vehicle = ? AND c.state IN ('dispatched', 'carried'))";
constexpr std::string_view kOfLot =
    "no IN (SELECT x.no FROM name l JOIN move m ON m.lot = l.id JOIN name a ON a.id = m.target JOIN consignment c ON "
    "c.id = substr(a.text, 9) LEFT JOIN sale s ON s.id = c.sale JOIN permit x ON x.no IN (c.permit, s.permit) WHERE "
    "l.text = ? AND substr(a.text, 1, 8) = 'transit:')";
constexpr std::string_view kUsed = "EXISTS (SELECT 1 FROM balance b WHERE b.account = 'used:' || no AND b.amount > 0)";
constexpr std::string_view kUnused =
    "NOT EXISTS (SELECT 1 FROM balance b WHERE b.account = 'used:' || no AND b.amount > 0)";

void where_state(Select& select, PermitState state, Date today) {
  switch (state) {
    case PermitState::issued:
      select.where("status = 'issued' AND valid_to >= ?", {to_value(today)}).where(kUnused);
      return;
    case PermitState::partly_used:
      select.where("status = 'issued' AND valid_to >= ?", {to_value(today)}).where(kUsed);
      return;
    case PermitState::expired:
      select.where("(status = 'expired' OR (status = 'issued' AND valid_to < ?))", {to_value(today)});
      return;
    case PermitState::used_up:
    case PermitState::revoked:
    case PermitState::closed:
    case PermitState::suspended:
    case PermitState::lost:
      select.where("status = ?", {to_value(state)});
  }
}

using Amounts = std::map<std::string, std::int64_t, std::less<>>;

/// What stands in the three accounts of each line, by key of Balance.
Amounts balances_of(Reader& reader, const std::vector<PermitLine>& lines) {
  std::vector<std::string> keys;
  for (const PermitLine& line : lines)
    for (const auto& account : {permit_account(line.permit), held_account(line.permit), used_account(line.permit)})
      keys.push_back(make_key(account, line.substance, ""));
  Amounts out;
  for (const Row& row : reader.load(table_spec<Balance>(), keys)) {
    const auto balance = typed<Balance>(row);
    out[key_of(balance)] = balance.amount;
  }
  return out;
}

PermitAmount amount_of(const PermitLine& line, const Amounts& balances) {
  const auto at = [&](const std::string& account) {
    const auto found = balances.find(make_key(account, line.substance, ""));
    return found == balances.end() ? 0 : found->second;
  };
  return {line.substance, line.granted, at(permit_account(line.permit)), at(held_account(line.permit)),
          at(used_account(line.permit))};
}

PermitState state_of(const PermitView& view, Date today) {
  switch (view.permit.status) {
    case PermitStatus::used_up:
      return PermitState::used_up;
    case PermitStatus::expired:
      return PermitState::expired;
    case PermitStatus::revoked:
      return PermitState::revoked;
    case PermitStatus::closed:
      return PermitState::closed;
    case PermitStatus::suspended:
      return PermitState::suspended;
    case PermitStatus::lost:
      return PermitState::lost;
    case PermitStatus::issued:
      break;
  }
  if (view.permit.valid_to < today) return PermitState::expired;
  const bool used = std::any_of(view.amounts.begin(), view.amounts.end(), [](const auto& a) { return a.used > 0; });
  return used ? PermitState::partly_used : PermitState::issued;
}

std::vector<PermitView> with_amounts(Reader& reader, std::vector<Permit> permits, Date today) {
  std::vector<PermitView> out;
  if (permits.empty()) return out;
  std::vector<std::string> numbers;
  for (const Permit& permit : permits) numbers.push_back(permit.no);
  Select select(select_all<PermitLine>());
  const auto lines =
      typed_all<PermitLine>(select.where_in("permit", numbers).run(reader, "permit, substance", kLinesMax));
  const Amounts balances = balances_of(reader, lines);
  for (Permit& permit : permits) {
    PermitView view{std::move(permit), PermitState::issued, {}};
    for (const PermitLine& line : lines)
      if (line.permit == view.permit.no) view.amounts.push_back(amount_of(line, balances));
    view.state = state_of(view, today);
    out.push_back(std::move(view));
  }
  return out;
}

}  // namespace

PageOf<PermitView> list_permits(Reader& reader, const PermitFilter& filter, Date today, const Page& page) {
  Select select(select_all<Permit>());
  if (!filter.number.empty()) select.where("no >= ? AND no < ?", {filter.number, end_of_prefix(filter.number)});
  select.where_set("holder = ?", filter.holder).where_set(kOfSubstance, filter.substance);
  select.where_set(kAboard, filter.vehicle).where_set(kOfLot, filter.lot);
  select.where_set("kind = ?", filter.kind).where_within({"holder", "issuer"}, page.within);
  select.where_goods("no IN (SELECT permit FROM permit_line WHERE substance IN ($goods))", page.within);
  select.where_papers("kind IN ($papers)", page.within);
  if (filter.state) where_state(select, *filter.state, today);
  auto permits = page_of(typed_all<Permit>(select.run(reader, {"no"}, Select::Order::up, page)), page,
                         [](const Permit& row) { return Row{row.no}; });
  return {with_amounts(reader, std::move(permits.rows), today), std::move(permits.next)};
}

std::optional<PermitView> find_permit(Reader& reader, const std::string& number, Date today) {
  auto permit = find_row<Permit>(reader, number);
  if (!permit) return {};
  return with_amounts(reader, {std::move(*permit)}, today).front();
}

}  // namespace registry
