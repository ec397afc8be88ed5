#include "registry/steps/seized.h"

#include <algorithm>

#include "registry/domain/account.h"
#include "registry/rules/losing.h"
#include "registry/steps/acts.h"
#include "registry/steps/authority.h"
#include "registry/steps/checks.h"
#include "registry/steps/lots.h"
#include "registry/steps/read_step.h"

namespace registry {
namespace {

constexpr std::size_t kMethodMax = 200;

/// Seized goods are destroyed, or put to use again where the law allows that, by two persons of an agency that may.
class DestroySeized : public Step {
 public:
  explicit DestroySeized(PayloadReader& in) {
    seizure_ = in.id("seizure");
    line_ = read_lot_line(in, Zero::refused, {});
    in.text("method", kMethodMax);
    destroyed_on_ = in.date("destroyed_on");
    is_destroyed_ = !in.has("disposal") || in.one_of("disposal", {"destroyed", "recovered"}) == "destroyed";
  }

  void need(const Facts& known, std::string_view author, FactKeys& keys) const override {
    keys.want<Party>(author);
    keys.want<Seizure>(seizure_, line_.lot);
    want_stock(known, outside::kSeized, line_.lot, keys);
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack& rules) const override {
    const Party* agency = TRY(check_agency(facts, context));
    TRY(check_may(*agency, rules.losing().seized()));
    TRY(check_not_future(destroyed_on_, context, "/destroyed_on"));
    const Seizure* seized = facts.find<Seizure>(seizure_, line_.lot);
    if (!seized) return refuse("unknown-seizure").with("seizure", seizure_).at("/seizure");
    const LotAmount lot = TRY(find_lot(facts, rules, line_));
    TRY(check_left(*seized, lot));
    TRY(check_disposal(rules, lot));
    TRY(check_second_signature(context, context.party));
    Outcome out;
    Seizure after = *seized;
    after.disposed += lot.amount;
    out.update(*seized, after);
    out.move(lot.substance->code, lot.lot->id, outside::kSeized, is_destroyed_ ? outside::kDestroyed : outside::kUsed,
             lot.amount);
    return out;
  }

 private:
  static Check check_may(const Party& agency, const SeizedRule& rule) {
    const bool may = std::any_of(rule.agencies.begin(), rule.agencies.end(), [&](const SeizedRule::Agency& each) {
      return agency.agency_role == each.role && is_at_least(agency.agency_level, each.level);
    });
    if (may) return Accepted{};
    return refuse("not-for-seized").with("party", agency.id).at("header/party");
  }

  Check check_left(const Seizure& seized, const LotAmount& lot) const {
    const std::int64_t left = seized.amount - seized.disposed;
    if (lot.amount <= left) return Accepted{};
    return refuse("seized-less")
        .with("seizure", seizure_)
        .with("left", format_amount(left, lot.substance->unit))
        .at("/quantity");
  }

  Check check_disposal(const RulePack& rules, const LotAmount& lot) const {
    if (is_destroyed_ || !rules.losing().must_be_destroyed(*lot.substance)) return Accepted{};
    return refuse("seized-must-be-destroyed")
        .with("substance", lot.substance->name_en)
        .with("substance_zh", lot.substance->name_zh)
        .at("/disposal");
  }

  std::string seizure_;
  LotLine line_;
  Date destroyed_on_;
  bool is_destroyed_ = true;
};

}  // namespace

Result<std::unique_ptr<Step>> parse_destroy_seized(const nlohmann::json& payload, const RulePack& rules) {
  return parse_step<DestroySeized>(payload, rules);
}

}  // namespace registry
