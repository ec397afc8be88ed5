#include "registry/steps/sites.h"

#include <string>

#include "registry/steps/findings.h"

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

Check check_in_use(const Site& site, std::string_view pointer) {
  if (site.closed == kNone) return Accepted{};
  return refuse("site-closed").with("site", site.id).at(std::string(pointer));
}

void note_closed_site(const Facts& facts, const StepContext& context, std::string_view site, Outcome& out) {
  const Site* found = facts.find<Site>(site);
  if (!found || found->closed == kNone) return;
  Finding finding = make_finding("closed-site-used", found->party, "site:" + found->id, Severity::medium);
  finding.from_index = found->closed;
  finding.to_index = context.index;
  finding.custodian = found->party;
  add_finding(out, context, std::move(finding));
}

std::string_view key_areas(const Facts& facts) {
  const Setting* setting = facts.find<Setting>("key_areas");
  return setting ? std::string_view(setting->value) : std::string_view();
}

}  // namespace registry
