#include <algorithm>
#include <array>

#include "registry/domain/account.h"
#include "registry/steps/acts.h"
#include "registry/steps/checks.h"
#include "registry/steps/count_duties.h"
#include "registry/steps/destruction.h"
#include "registry/steps/families.h"
#include "registry/steps/findings.h"
#include "registry/steps/loss.h"
#include "registry/steps/lots.h"
#include "registry/steps/read_step.h"
#include "registry/steps/recurring.h"
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
    const std::string account = site_account(site_);
    keys.want<Site>(site_);
    for (const LotLine& line : lines_) {
      want_stock(known, account, line.lot, keys);
      keys.want<Measurement>(account, line.lot);
    }
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
    for (const LotAmount& lot : lots) TRY(count(facts, context, rules, lot, out));
    std::vector<std::string_view> named;
    for (const LotLine& line : lines_) named.push_back(line.lot);
    close_count_duties(facts, context, rules, site_, named, counted_on_, out);
    return out;
  }

 private:
  Check count(const Facts& facts, const StepContext& context, const RulePack& rules, const LotAmount& lot,
              Outcome& out) const {
    const std::string account = site_account(site_);
    const std::string& code = lot.substance->code;
    const std::int64_t book = facts.balance(account, code, lot.lot->id);
    const std::int64_t weighed = TRY(uncertainty(lot));
    const Deviation found = compare(rules, *lot.substance, book, lot.amount, how(facts, lot, weighed));
    if (found.missing > 0) out.move(code, lot.lot->id, account, outside::kCounted, found.missing);
    if (found.missing < 0) out.move(code, lot.lot->id, outside::kCounted, account, -found.missing);
    if (found.beyond_tolerance) add_finding(out, context, difference(facts, context, rules, lot, found));
    measure(facts, out, context, account, lot.lot->id, lot.amount, weighed);
    return Accepted{};
  }

  /// Of the instrument, in base units; 0 for pieces, which are counted, and where none is stated.
  Result<std::int64_t> uncertainty(const LotAmount& lot) const {
    if (!uncertainty_ || lot.lot->piece > 0) return std::int64_t{0};
    return check_amount(*uncertainty_, *lot.substance, "/instrument/uncertainty");
  }

  /// A difference lies between two weighings: what both leave uncertain explains it.
  Measuring how(const Facts& facts, const LotAmount& lot, std::int64_t weighed) const {
    if (!uncertainty_) return {lot.lot->piece};
    const auto* last = facts.find<Measurement>(site_account(site_), lot.lot->id);
    return {lot.lot->piece, weighed + (last ? last->uncertainty : 0)};
  }

  Finding difference(const Facts& facts, const StepContext& context, const RulePack& rules, const LotAmount& lot,
                     const Deviation& found) const {
    const std::string_view kind = found.missing > 0 ? "count-shortage" : "count-surplus";
    Finding finding = make_finding(kind, context.party, "site:" + site_, rules, *lot.substance, lot.lot->id, found);
    const auto* last = facts.find<Measurement>(site_account(site_), lot.lot->id);
    set_custody(finding, {last ? last->seq : lot.lot->seq, context.index, context.party});
    return finding;
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
