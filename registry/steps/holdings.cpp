#include "registry/steps/holdings.h"

#include "registry/domain/account.h"

namespace registry {
namespace {

constexpr std::size_t kNamedMax = 5;

}  // namespace

void want_holdings(std::string_view site, FactKeys& keys) { keys.want_list<Balance>("account", site_account(site)); }

std::vector<const Balance*> balances_at(const Facts& facts, std::string_view site) {
  const std::string account = site_account(site);
  return facts.list<Balance>("account", account, [&](const Balance& balance) { return balance.account == account; });
}

std::vector<std::string> holdings(const Facts& facts, std::string_view site) {
  std::vector<std::string> out;
  for (const Balance* balance : balances_at(facts, site)) out.push_back(balance->substance + " " + balance->lot);
  return out;
}

void want_party_holdings(const Facts& known, std::string_view party, FactKeys& keys) {
  keys.want_list<Site>("party", party);
  if (!known.knows_list<Site>("party", party)) return;
  for (const Site* site : sites_of(known, party)) want_holdings(site->id, keys);
}

std::vector<const Site*> sites_of(const Facts& facts, std::string_view party) {
  return facts.list<Site>("party", party, [&](const Site& site) { return site.party == party; });
}

void want_obligations(std::string_view party, FactKeys& keys) { keys.want_list<Obligation>("party", party); }

std::vector<const Obligation*> open_obligations(const Facts& facts, std::string_view party) {
  return facts.list<Obligation>("party", party,
                                [&](const Obligation& row) { return row.party == party && row.closed == kNone; });
}

std::string name_some(const std::vector<std::string>& names) {
  std::string out;
  for (std::size_t i = 0; i < names.size() && i < kNamedMax; ++i) (out += i ? ", " : "") += names[i];
  if (names.size() > kNamedMax) out += " ... (" + std::to_string(names.size()) + ")";
  return out;
}

}  // namespace registry
