#include <algorithm>
#include <tuple>
#include <vector>

#include "registry/steps/families.h"
#include "registry/steps/step.h"

namespace registry {
namespace {

std::tuple<std::string_view, int> place_of(const StepType& type) { return {type.name, type.version}; }

std::vector<StepType> join_families() {
  std::vector<StepType> all;
  for (const auto family :
       {registry_steps, who_steps, permit_steps, making_steps, dispensing_steps, package_steps, trade_steps,
        movement_steps, border_steps, counting_steps, losing_steps, oversight_steps, reporting_steps}) {
    const std::span<const StepType> types = family();
    all.insert(all.end(), types.begin(), types.end());
  }
  const auto before = [](const StepType& a, const StepType& b) { return place_of(a) < place_of(b); };
  std::sort(all.begin(), all.end(), before);
  const auto same = [](const StepType& a, const StepType& b) { return place_of(a) == place_of(b); };
  ensure(std::adjacent_find(all.begin(), all.end(), same) == all.end(), "a step type stands in two families");
  return all;
}

}  // namespace

std::span<const StepType> step_types() {
  static const std::vector<StepType> all = join_families();
  return all;
}

const StepType* find_step_type(std::string_view name, int version) {
  const auto all = step_types();
  const std::tuple wanted{name, version};
  const auto at = std::lower_bound(all.begin(), all.end(), wanted,
                                   [](const StepType& type, const auto& key) { return place_of(type) < key; });
  return at != all.end() && place_of(*at) == wanted ? &*at : nullptr;
}

}  // namespace registry
