#include "registry/service/judge.h"

namespace registry {

const RulePack& edition_for(const Facts& facts, const RulePack& pack, UtcTime now) {
  const Setting* overlay = facts.find<Setting>("overlay");
  return pack.on(local_date(now), overlay ? std::string_view(overlay->value) : std::string_view());
}

Result<Outcome> judge(const Step& step, const Facts& facts, const StepContext& context, const RulePack& pack) {
  const RulePack& rules = edition_for(facts, pack, context.rtime);
  try {
    Result<Outcome> decided = step.decide(facts, context, rules);
    if (!decided) return Refusal(decided.error()).with("edition", std::string(rules.edition()));
    return decided;
  } catch (const RuleMissing& missing) {
    return refuse("rule-not-in-pack")
        .with("pack", std::string(pack.code()))
        .with("rule", missing.what())
        .with("edition", std::string(rules.edition()))
        .at("header/type");
  }
}

}  // namespace registry
