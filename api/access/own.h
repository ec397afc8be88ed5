#pragma once

#include <string_view>
#include <vector>

#include "registry/domain/rows.h"

// What concerns a party: that alone its officers may see. And of that, what they may not see yet.
namespace api {

bool concerns(const registry::Permit& permit, std::string_view party);
bool concerns(const registry::Consignment& consignment, std::string_view party);
bool concerns(const registry::Sale& sale, std::string_view party);
bool concerns(const registry::Application& application, std::string_view party);
bool concerns(const registry::Obligation& obligation, std::string_view party);
bool concerns(const registry::Finding& finding, std::string_view party);
bool concerns(const registry::BorderCase& border_case, std::string_view party);

/// The parties that a thing is about, for agencies that answer for one of them.
std::vector<std::string_view> parties_of(const registry::Permit& permit);
std::vector<std::string_view> parties_of(const registry::Sale& sale);
std::vector<std::string_view> parties_of(const registry::Application& application);
std::vector<std::string_view> parties_of(const registry::Finding& finding);
std::vector<std::string_view> parties_of(const registry::BorderCase& border_case);

/// The party receives the consignment and nobody has counted it yet: no answer may tell it what was shipped. A party
/// that sends to itself knows.
bool is_blind(const registry::Consignment& consignment, std::string_view party);

}  // namespace api
