#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "registry/steps/step.h"

// What a site or a party still has, for steps that end it.
namespace registry {

/// Asks for what lies in a site.
void want_holdings(std::string_view site, FactKeys& keys);
/// Lots with an amount, "CN2-02 L-1", in the order of their keys. Needs want_holdings.
std::vector<std::string> holdings(const Facts& facts, std::string_view site);
/// The balances themselves.
std::vector<const Balance*> balances_at(const Facts& facts, std::string_view site);

/// Asks for all sites of a party and what lies in them.
void want_party_holdings(const Facts& known, std::string_view party, FactKeys& keys);
std::vector<const Site*> sites_of(const Facts& facts, std::string_view party);

/// Asks for the open obligations of a party.
void want_obligations(std::string_view party, FactKeys& keys);
std::vector<const Obligation*> open_obligations(const Facts& facts, std::string_view party);

/// The first few, joined: "a, b, c ... (7)".
std::string name_some(const std::vector<std::string>& names);

}  // namespace registry
