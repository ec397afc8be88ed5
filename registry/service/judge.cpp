#include "registry/service/judge.h"

namespace registry {

void want_signers(const Facts& known, const Step& step, std::span<const EntrySignature> signatures, FactKeys& keys) {
  for (const EntrySignature& signature : signatures) {
    const std::string id = signature.key.hex();
    keys.want<Key>(id);
    const Key* key = step.looks_at_duties() && known.knows<Key>(id) ? known.find<Key>(id) : nullptr;
    if (key && !key->officer.empty()) keys.want<Officer>(key->officer);
  }
}

const RulePack& edition_for(const Facts& facts, const RulePack& pack, UtcTime now) {
  const Setting* overlay = facts.find<Setting>("overlay");
  return pack.on(local_date(now), overlay ? std::string_view(overlay->value) : std::string_view());
}

namespace {

/// A refusal about a substance whose listing is from memory says so, whatever article it cites.
Refusal with_listing(Refusal refusal, const RulePack& rules) {
  for (const auto& [name, value] : refusal.facts) {
    if (name != "substance") continue;
    for (const Substance& row : rules.substances()) {
      const auto note = confirmation_note(row.confidence);
      if ((row.name_en != value && row.code != value) || note.empty()) continue;
      return std::move(refusal)
          .with("listing_note", std::string(note))
          .with("listing_note_zh", std::string(confirmation_note_zh(row.confidence)));
    }
  }
  return refusal;
}

}  // namespace

Result<Outcome> judge(const Step& step, const Facts& facts, const StepContext& context, const RulePack& pack) {
  const RulePack& rules = edition_for(facts, pack, context.rtime);
  try {
    Result<Outcome> decided = step.decide(facts, context, rules);
    if (!decided) return with_listing(std::move(decided).error(), rules).with("edition", std::string(rules.edition()));
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
