#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "registry/domain/account.h"
#include "registry/steps/acts.h"
#include "registry/steps/checks.h"
#include "registry/steps/code_list.h"
#include "registry/steps/families.h"
#include "registry/steps/loss.h"
#include "registry/steps/lots.h"
#include "registry/steps/read_step.h"
#include "registry/steps/seized.h"
#include "registry/steps/site_count.h"
#include "registry/steps/sites.h"

namespace registry {
namespace {

constexpr std::size_t kMethodMax = 200;

/// What lies there. The book follows the count; beyond tolerance the difference is a finding.
class StockCount : public Step {
 public:
  explicit StockCount(PayloadReader& in) {
    site_ = in.id("site");
    lines_ = read_lot_lines(in, "lines", Zero::allowed);
    counted_on_ = in.date("counted_on");
  }

  void need(const Facts& known, std::string_view, FactKeys& keys) const override {
    keys.want<Site>(site_);
    for (const LotLine& line : lines_) want_site_count(known, site_, line.lot, keys);
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack& rules) const override {
    TRY(check_own_site(facts, site_, context.party, "/site"));
    TRY(check_not_future(counted_on_, context, "/counted_on"));
    const std::vector<LotAmount> lots = TRY(find_lots(facts, rules, lines_));
    const bool needs_two = std::any_of(lots.begin(), lots.end(),
                                       [&](const LotAmount& lot) { return rules.needs_two_persons(*lot.substance); });
    if (needs_two) TRY(check_second_signature(context, context.party));
    Outcome out;
    for (const LotAmount& lot : lots) count_at_site(facts, context, rules, {site_, context.party}, lot, out);
    return out;
  }

 private:
  std::string site_;
  std::vector<LotLine> lines_;
  Date counted_on_;
};

/// Goods destroyed. Medicines and pharmaceutical precursors under the eyes of an agency (442-61, 72-40).
class DestructionRecord : public Step {
 public:
  explicit DestructionRecord(PayloadReader& in) {
    site_ = in.id("site");
    line_ = read_lot_line(in, Zero::refused, {});
    in.text("method", kMethodMax);
    destroyed_on_ = in.date("destroyed_on");
    witness_ = in.optional_id("witness");
  }

  void need(const Facts& known, std::string_view, FactKeys& keys) const override {
    keys.want<Site>(site_);
    want_stock(known, site_account(site_), line_.lot, keys);
    if (!witness_.empty()) keys.want<Party>(witness_);
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack& rules) const override {
    TRY(check_own_site(facts, site_, context.party, "/site"));
    TRY(check_not_future(destroyed_on_, context, "/destroyed_on"));
    const LotAmount lot = TRY(find_lot(facts, rules, line_));
    TRY(check_witness(facts, context));
    TRY(check_persons(context, rules, *lot.substance));
    const std::string account = site_account(site_);
    TRY(check_stock(facts, account, lot, line_.place));
    Outcome out;
    out.move(lot.substance->code, lot.lot->id, account, outside::kDestroyed, lot.amount);
    return out;
  }

 private:
  /// A witness that is named is a verified agency and has signed.
  Check check_witness(const Facts& facts, const StepContext& context) const {
    if (witness_.empty()) return Accepted{};
    const Party* witness = TRY(check_partner(facts, witness_, "/witness"));
    const bool has_signed = std::any_of(context.signers.begin(), context.signers.end(),
                                        [&](const Signer& signer) { return signer.party == witness_; });
    if (has_code(witness->kinds, "agency") && has_signed) return Accepted{};
    return refuse("witness-must-sign").with("witness", witness_).at("/witness");
  }

  Check check_persons(const StepContext& context, const RulePack& rules, const Substance& substance) const {
    if (!witness_.empty()) return Accepted{};
    if (substance.is_medicine() || substance.pharma)
      return refuse("needs-agency-witness")
          .with("substance", substance.name_en)
          .with("substance_zh", substance.name_zh)
          .at("/witness");
    if (!rules.needs_two_persons(substance)) return Accepted{};
    return check_second_signature(context, context.party);
  }

  std::string site_, witness_;
  LotLine line_;
  Date destroyed_on_;
};

/// Goods of a unit, or goods that an agency seized.
Result<std::unique_ptr<Step>> parse_destruction(const nlohmann::json& payload, const RulePack& rules) {
  if (payload.contains("seizure")) return parse_destroy_seized(payload, rules);
  return parse_step<DestructionRecord>(payload, rules);
}

}  // namespace

std::span<const StepType> counting_steps() {
  static constexpr std::array types{
      StepType{"stock.count", 1, parse_step<StockCount>},
      StepType{"loss.report", 1, parse_loss_report},
      StepType{"destruction.record", 1, parse_destruction},
  };
  return types;
}

}  // namespace registry
