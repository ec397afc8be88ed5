#include <array>

#include "registry/domain/account.h"
#include "registry/steps/acts.h"
#include "registry/steps/checks.h"
#include "registry/steps/families.h"
#include "registry/steps/lots.h"
#include "registry/steps/read_step.h"
#include "registry/steps/sample.h"
#include "registry/steps/sites.h"

namespace registry {
namespace {

__extension__ typedef __int128 Wide;

std::string joined(const std::vector<LotLine>& lines) {
  std::string out;
  for (const LotLine& line : lines) (out += out.empty() ? "" : ",") += line.lot;
  return out;
}

/// One lot becomes several, at one site; what is not named stays in it.
class PackageSplit : public Step {
 public:
  explicit PackageSplit(PayloadReader& in) {
    site_ = in.id("site");
    lot_ = in.id("lot");
    parts_ = read_lot_lines(in, "into", Zero::refused);
    split_on_ = in.date("split_on");
  }

  void need(const Facts& known, std::string_view, FactKeys& keys) const override {
    keys.want<Site>(site_);
    keys.want<Pack>(lot_);
    want_stock(known, site_account(site_), lot_, keys);
    for (const LotLine& part : parts_) keys.want<Lot>(part.lot);
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack& rules) const override {
    TRY(check_own_site(facts, site_, context.party, "/site"));
    TRY(check_not_future(split_on_, context, "/split_on"));
    const Lot* lot = facts.find<Lot>(lot_);
    if (!lot) return refuse("unknown-lot").with("lot", lot_).at("/lot");
    const Substance* substance = rules.substance(lot->substance);
    ensure(substance, "a lot that was entered has a substance of the pack");
    TRY(check_two_persons(rules, context, *substance, Act::out));
    Outcome out;
    note_closed_site(facts, context, site_, out);
    std::int64_t total = 0;
    for (const LotLine& part : parts_) total += TRY(take(facts, context, *substance, *lot, part, out));
    TRY(check_stock(facts, site_account(site_), {lot, substance, total}, parts_.back().place));
    out.move(substance->code, lot_, site_account(site_), outside::kRepacked, total);
    return out;
  }

 private:
  Result<std::int64_t> take(const Facts& facts, const StepContext& context, const Substance& substance, const Lot& lot,
                            const LotLine& part, Outcome& out) const {
    TRY(check_new_id<Lot>(facts, part.lot, part.place.pointer("lot")));
    const std::string pointer = part.place.pointer("quantity");
    const std::int64_t amount = TRY(check_goods_amount(*part.quantity, substance, lot, pointer));
    TRY(check_whole_pieces(lot, substance, amount, pointer));
    Lot row;
    row.id = part.lot;
    row.parents = lot_;
    row.purity_ppm = lot.purity_ppm;
    row.expiry = lot.expiry;
    enter_part(facts, out, context, std::move(row), lot, amount, site_account(site_));
    return amount;
  }

  std::string site_, lot_;
  std::vector<LotLine> parts_;
  Date split_on_;
};

/// Several lots of one kind become one. Substance and pure mass stay what they were, to the unit.
class PackageMerge : public Step {
 public:
  explicit PackageMerge(PayloadReader& in) {
    site_ = in.id("site");
    lot_ = in.id("lot");
    from_ = read_lot_lines(in, "from", Zero::refused);
    merged_on_ = in.date("merged_on");
    if (from_.size() == 1) in.fault("from", "too_few", "two lots or more");
  }

  void need(const Facts& known, std::string_view, FactKeys& keys) const override {
    keys.want<Site>(site_);
    keys.want<Lot>(lot_);
    for (const LotLine& line : from_) {
      keys.want<Pack>(line.lot);
      want_stock(known, site_account(site_), line.lot, keys);
    }
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack& rules) const override {
    TRY(check_own_site(facts, site_, context.party, "/site"));
    TRY(check_not_future(merged_on_, context, "/merged_on"));
    TRY(check_new_id<Lot>(facts, lot_, "/lot"));
    const std::vector<LotAmount> lots = TRY(find_lots(facts, rules, from_));
    TRY(check_two_persons(rules, context, *lots.front().substance, Act::out));
    Outcome out;
    note_closed_site(facts, context, site_, out);
    Lot merged;
    merged.id = lot_;
    merged.parents = joined(from_);
    merged.expiry = lots.front().lot->expiry;
    std::int64_t total = 0;
    for (std::size_t i = 0; i < lots.size(); ++i) {
      TRY(check_alike(facts, *lots.front().lot, lots[i], from_[i]));
      total += lots[i].amount;
      merged.expiry = earlier(merged.expiry, lots[i].lot->expiry);
      out.move(lots[i].substance->code, lots[i].lot->id, site_account(site_), outside::kRepacked, lots[i].amount);
    }
    merged.purity_ppm = TRY(purity(lots, total));
    enter_part(facts, out, context, std::move(merged), *lots.front().lot, total, site_account(site_));
    return out;
  }

 private:
  /// A lot without an expiry sets none.
  static Date earlier(Date a, Date b) {
    if (a == Date{} || b == Date{}) return a == Date{} ? b : a;
    return a < b ? a : b;
  }

  static bool is_alike(const Facts& facts, const Lot& first, const Lot& other) {
    if (first.substance != other.substance || first.piece != other.piece || first.strip != other.strip ||
        first.box != other.box)
      return false;
    const Pack *a = facts.find<Pack>(first.id), *b = facts.find<Pack>(other.id);
    return (!a && !b) || (a && b && a->form == b->form && a->salt == b->salt && a->strength == b->strength &&
                          a->factor == b->factor && a->code == b->code);
  }

  Check check_alike(const Facts& facts, const Lot& first, const LotAmount& lot, const LotLine& line) const {
    if (!is_alike(facts, first, *lot.lot))
      return refuse("merge-unlike").with("lot", lot.lot->id).with("first", first.id).at(line.place.pointer("lot"));
    TRY(check_whole_pieces(*lot.lot, *lot.substance, lot.amount, line.place.pointer("quantity")));
    return check_stock(facts, site_account(site_), lot, line.place);
  }

  /// Pure mass by mass, which must come out to the millionth: nothing is rounded away.
  static Result<std::int64_t> purity(const std::vector<LotAmount>& lots, std::int64_t total) {
    Wide pure = 0;
    for (const LotAmount& lot : lots) pure += Wide{lot.amount} * lot.lot->purity_ppm;
    if (pure % total == 0) return static_cast<std::int64_t>(pure / total);
    return refuse("merge-purity-inexact").at("/from");
  }

  std::string site_, lot_;
  std::vector<LotLine> from_;
  Date merged_on_;
};

}  // namespace

std::span<const StepType> package_steps() {
  static constexpr std::array types{
      StepType{"package.split", 1, parse_step<PackageSplit>},
      StepType{"package.merge", 1, parse_step<PackageMerge>},
      StepType{"sample.take", 1, parse_sample_take},
  };
  return types;
}

}  // namespace registry
