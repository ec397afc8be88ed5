#include "api/routes/party_names.h"

#include <nlohmann/json.hpp>

#include "registry/domain/rows.h"
#include "registry/views/select.h"

namespace api {

using namespace registry;

const std::string& PartyNames::of(std::string_view id) {
  const auto at = known_.find(id);
  if (at != known_.end()) return at->second;
  const auto party = find_row<Party>(reader_, std::string(id));
  return known_.emplace(id, party ? party->name : std::string()).first->second;
}

nlohmann::json PartyNames::of(std::initializer_list<std::string_view> ids) {
  auto out = nlohmann::json::object();
  for (const std::string_view id : ids) {
    if (id.empty()) continue;
    const std::string& name = of(id);
    if (!name.empty()) out[std::string(id)] = name;
  }
  return out;
}

}  // namespace api
