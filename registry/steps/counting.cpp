#include <algorithm>
#include <array>

#include "registry/domain/account.h"
#include "registry/steps/acts.h"
#include "registry/steps/checks.h"
#include "registry/steps/count_duties.h"
#include "registry/steps/destruction.h"
#include "registry/steps/families.h"
#include "registry/steps/loss.h"
#include "registry/steps/lots.h"
#include "registry/steps/read_step.h"
#include "registry/steps/recurring.h"
#include "registry/steps/site_count.h"
#include "registry/steps/sites.h"

namespace registry {
namespace {

constexpr std::size_t kInstrumentMax = 60;

/// What lies there. The book follows the count; beyond tolerance the difference is a finding.
class StockCount : public Step {
 public:
  explicit StockCount(PayloadReader& in) {
    site_ = in.id("site");
    lines_ = read_lot_lines(in, "lines", Zero::allowed);
    counted_on_ = in.date("counted_on");
    if (auto instrument = in.optional_object("instrument")) {
      instrument->text("name", kInstrumentMax);
      uncertainty_ = instrument->quantity("uncertainty");
    }
  }

  void need(const Facts& known, std::string_view author, FactKeys& keys) const override {
    keys.want<Site>(site_);
    for (const LotLine& line : lines_) want_site_count(known, site_, line.lot, keys);
    want_count_duties(known, author, site_, keys);
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack& rules) const override {
    TRY(check_own_site(facts, site_, context.party, "/site"));
    TRY(check_not_future(counted_on_, context, "/counted_on"));
    const std::vector<LotAmount> lots = TRY(find_lots(facts, rules, lines_));
    const bool needs_two = std::any_of(lots.begin(), lots.end(), [&](const LotAmount& lot) {
      return rules.needs_two_persons(*lot.substance, Act::count);
    });
    if (needs_two) TRY(check_second_signature(context, context.party));
    Outcome out;
    note_closed_site(facts, context, site_, out);
    for (const LotAmount& lot : lots)
      count_at_site(facts, context, rules, {site_, context.party}, {lot, TRY(uncertainty(lot))}, out);
    std::vector<std::string_view> named;
    for (const LotLine& line : lines_) named.push_back(line.lot);
    close_count_duties(facts, context, rules, site_, named, counted_on_, out);
    for (const LotAmount& lot : lots)
      if (lot.amount > 0) start_for_goods(facts, context, rules, *lot.substance, context.party, site_, out);
    return out;
  }

 private:
  /// Of the instrument, in base units; 0 for pieces, which are counted, and kNone where none is stated.
  Result<std::int64_t> uncertainty(const LotAmount& lot) const {
    if (!uncertainty_) return std::int64_t{kNone};
    if (lot.lot->piece > 0) return std::int64_t{0};
    return check_amount(*uncertainty_, *lot.substance, "/instrument/uncertainty");
  }

  std::string site_;
  std::vector<LotLine> lines_;
  std::optional<Quantity> uncertainty_;
  Date counted_on_;
};

}  // namespace

std::span<const StepType> counting_steps() {
  static constexpr std::array types{
      StepType{"stock.count", 1, parse_step<StockCount>},
      StepType{"loss.report", 1, parse_loss_report},
      StepType{"destruction.record", 1, parse_destruction_record},
  };
  return types;
}

}  // namespace registry
