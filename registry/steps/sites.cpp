#include "registry/steps/sites.h"

#include <string>

namespace registry {

Result<const Site*> check_own_site(const Facts& facts, std::string_view site, std::string_view party,
                                   std::string_view pointer) {
  const Site* found = facts.find<Site>(site);
  if (!found) return refuse("unknown-site").with("site", std::string(site)).at(std::string(pointer));
  if (found->party == party) return found;
  return refuse("site-of-another")
      .with("site", std::string(site))
      .with("party", std::string(party))
      .at(std::string(pointer));
}

std::string_view key_areas(const Facts& facts) {
  const Setting* setting = facts.find<Setting>("key_areas");
  return setting ? std::string_view(setting->value) : std::string_view();
}

}  // namespace registry
