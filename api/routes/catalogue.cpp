#include "api/routes/catalogue.h"

#include "registry/rules/pack_parts.h"

namespace api {
namespace {

using namespace registry;

void add_edition(Catalogue& out, const RulePack& rules) {
  for (const Substance& each : rules.substances()) out.goods.push_back({each.code, each.medicine, each.pharma});
  for (const PermitKind& each : rules.permit_kinds()) {
    Catalogue::Paper paper{each.code, {std::string(purpose_name(each.purpose))}};
    for (const PermitPurpose also : each.also) paper.purposes.emplace_back(purpose_name(also));
    out.papers.push_back(std::move(paper));
  }
}

}  // namespace

Catalogue catalogue_of(const RulePack& rules) {
  Catalogue out;
  out.pack = rules.code();
  add_edition(out, rules);
  for (const Date day : rules.edition_days()) add_edition(out, rules.on(day));
  return out;
}

}  // namespace api
