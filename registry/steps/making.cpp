#include <array>

#include "registry/domain/account.h"
#include "registry/steps/acts.h"
#include "registry/steps/ask.h"
#include "registry/steps/checks.h"
#include "registry/steps/families.h"
#include "registry/steps/findings.h"
#include "registry/steps/lots.h"
#include "registry/steps/paper.h"
#include "registry/steps/permit_duties.h"
#include "registry/steps/read_step.h"
#include "registry/steps/recurring.h"
#include "registry/steps/sites.h"

namespace registry {
namespace {

constexpr std::size_t kPurposeMax = 200, kMakerMax = 120;

/// What a site holds when it comes into the registry.
class StockOpen : public Step {
 public:
  StockOpen(PayloadReader& in, const RulePack& rules) : rules_(rules) {
    site_ = in.id("site");
    for (PayloadReader& line : in.lines("lines")) read_line(line);
  }

  void need(const Facts&, std::string_view author, FactKeys& keys) const override {
    keys.want<Site>(site_);
    for (const Line& line : lines_) {
      want_new_lot(line.lot, site_, keys);
      want_goods_duties(rules_, line.lot.substance, author, site_, keys);
    }
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack& rules) const override {
    TRY(check_own_site(facts, site_, context.party, "/site"));
    Outcome out;
    note_closed_site(facts, context, site_, out);
    for (const Line& line : lines_) {
      const NewAmount known = TRY(check_new_lot(facts, rules, line.lot, local_date(context.rtime)));
      TRY(check_two_persons(rules, context, *known.substance, Act::in));
      enter_lot(out, context, line.lot, known, site_,
                {outside::kOpening, line.maker.empty() ? context.party : line.maker});
      start_for_goods(facts, context, rules, *known.substance, context.party, site_, out);
    }
    return out;
  }

 private:
  struct Line {
    NewLot lot;
    std::string maker;
  };
  void read_line(PayloadReader& in) {
    Line line{read_new_lot(in, {"lines", lines_.size()}), in.optional_text("maker", kMakerMax)};
    for (const Line& other : lines_)
      if (!line.lot.id.empty() && other.lot.id == line.lot.id) in.fault("lot", "duplicate");
    lines_.push_back(std::move(line));
  }

  const RulePack& rules_;
  std::string site_;
  std::vector<Line> lines_;
};

/// A new lot, and what of other lots went into it.
class ProductionRecord : public Step {
 public:
  ProductionRecord(PayloadReader& in, const RulePack& rules) : rules_(rules) {
    site_ = in.id("site");
    product_ = read_new_lot(in, {});
    inputs_ = read_lot_lines(in, "inputs", Zero::refused, true);
    produced_on_ = in.date("produced_on");
    licence_ = in.optional_id("licence");
  }

  void need(const Facts& known, std::string_view author, FactKeys& keys) const override {
    keys.want<Site>(site_);
    want_new_lot(product_, site_, keys);
    want_goods_duties(rules_, product_.substance, author, site_, keys);
    want_filing(rules_, author, PermitPurpose::produce, product_.substance, keys);
    for (const LotLine& input : inputs_) want_stock(known, site_account(site_), input.lot, keys);
    want_paper(known, licence_, keys);
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack& rules) const override {
    TRY(check_own_site(facts, site_, context.party, "/site"));
    TRY(check_not_future(produced_on_, context, "/produced_on"));
    const NewAmount product = TRY(check_new_lot(facts, rules, product_, local_date(context.rtime)));
    TRY(check_two_persons(rules, context, *product.substance, Act::in));
    Outcome out;
    note_closed_site(facts, context, site_, out);
    for (const LotLine& input : inputs_) TRY(consume(facts, context, rules, input, out));
    enter_lot(out, context, product_, product, site_, {outside::kProduced, context.party, parents()});
    start_for_goods(facts, context, rules, *product.substance, context.party, site_, out);
    if (!is_licensed(facts, context, rules, *product.substance) && !is_beginning(facts, context, rules, product, out))
      add_finding(out, context, unlicensed(context, product));
    return out;
  }

 private:
  Check consume(const Facts& facts, const StepContext& context, const RulePack& rules, const LotLine& input,
                Outcome& out) const {
    const LotAmount lot = TRY(find_lot(facts, rules, input));
    TRY(check_two_persons(rules, context, *lot.substance, Act::use));
    const std::string site = site_account(site_);
    TRY(check_stock(facts, site, lot, input.place));
    out.move(lot.substance->code, lot.lot->id, site, outside::kUsed, lot.amount);
    return Accepted{};
  }

  std::string parents() const {
    std::string out;
    for (const LotLine& input : inputs_) (out += out.empty() ? "" : ",") += input.lot;
    return out;
  }

  bool is_licensed(const Facts& facts, const StepContext& context, const RulePack& rules,
                   const Substance& substance) const {
    if (!rules.needs_permit(PermitPurpose::produce, substance)) return true;
    if (licence_.empty()) return false;
    const PaperUse use{.purpose = PermitPurpose::produce,
                       .holder = context.party,
                       .act_day = produced_on_,
                       .today = produced_on_,
                       .pointer = "/licence"};
    return check_paper(facts, rules, licence_, substance, use).has_value();
  }

  bool is_beginning(const Facts& facts, const StepContext& context, const RulePack& rules, const NewAmount& product,
                    Outcome& out) const {
    return licence_.empty() &&
           has_time_to_file(facts, context, rules,
                            {context.party, {}, PermitPurpose::produce, *product.substance, produced_on_}, out);
  }

  Finding unlicensed(const StepContext& context, const NewAmount& product) const {
    Finding finding = make_finding("produced-without-permit", context.party, "lot:" + product_.id, Severity::critical);
    finding.substance = product.substance->code;
    finding.lot = product_.id;
    finding.to_index = context.index;
    return finding;
  }

  const RulePack& rules_;
  std::string site_, licence_;
  NewLot product_;
  std::vector<LotLine> inputs_;
  Date produced_on_;
};

class UseRecord : public Step {
 public:
  explicit UseRecord(PayloadReader& in) {
    site_ = in.id("site");
    line_ = read_lot_line(in, Zero::refused, {});
    in.text("purpose", kPurposeMax);
    used_on_ = in.date("used_on");
  }

  void need(const Facts& known, std::string_view, FactKeys& keys) const override {
    keys.want<Site>(site_);
    want_stock(known, site_account(site_), line_.lot, keys);
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack& rules) const override {
    TRY(check_own_site(facts, site_, context.party, "/site"));
    TRY(check_not_future(used_on_, context, "/used_on"));
    const LotAmount lot = TRY(find_lot(facts, rules, line_));
    TRY(check_two_persons(rules, context, *lot.substance, Act::use));
    const std::string site = site_account(site_);
    TRY(check_stock(facts, site, lot, line_.place));
    Outcome out;
    note_closed_site(facts, context, site_, out);
    out.move(lot.substance->code, lot.lot->id, site, outside::kUsed, lot.amount);
    if (has_expired(*lot.lot)) add_finding(out, context, expired(context, lot));
    return out;
  }

 private:
  bool has_expired(const Lot& lot) const { return lot.expiry != Date{} && lot.expiry < used_on_; }

  Finding expired(const StepContext& context, const LotAmount& lot) const {
    Finding finding = make_finding("used-after-expiry", context.party, "lot:" + lot.lot->id, Severity::medium);
    finding.substance = lot.substance->code;
    finding.lot = lot.lot->id;
    finding.to_index = context.index;
    return finding;
  }

  std::string site_;
  LotLine line_;
  Date used_on_;
};

/// From one site of a party to another, where no transport paper could be asked for. An intention.
class StorageMove : public Step {
 public:
  StorageMove(PayloadReader& in, const RulePack& rules) : rules_(rules) {
    from_ = in.id("from_site");
    to_ = in.id("to_site");
    line_ = read_lot_line(in, Zero::refused, {});
    if (!to_.empty() && from_ == to_) in.fault("to_site", "same_site");
  }

  void need(const Facts& known, std::string_view author, FactKeys& keys) const override {
    keys.want<Party>(author);
    keys.want<Site>(from_);
    keys.want<Site>(to_);
    keys.want<Setting>("key_areas");
    want_stock(known, site_account(from_), line_.lot, keys);
    if (const auto* lot = ask<Lot>(known, keys, line_.lot))
      want_goods_duties(rules_, lot->substance, author, to_, keys);
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack& rules) const override {
    TRY(check_author(facts, context));
    const Site* from = TRY(check_own_site(facts, from_, context.party, "/from_site"));
    const Site* to = TRY(check_own_site(facts, to_, context.party, "/to_site"));
    // Out of a site that was given up goods may still be brought.
    TRY(check_in_use(*to, "/to_site"));
    if (rules.crosses_border(from->region, to->region, key_areas(facts), local_date(context.rtime)))
      return refuse("storage-move-crosses-border").with("from", from->region).with("to", to->region).at("/to_site");
    const LotAmount lot = TRY(find_lot(facts, rules, line_));
    TRY(check_two_persons(rules, context, *lot.substance, Act::out));
    TRY(check_whole_pieces(*lot.lot, *lot.substance, lot.amount, "/quantity"));
    TRY(check_stock(facts, site_account(from_), lot, line_.place));
    Outcome out;
    out.move(lot.substance->code, lot.lot->id, site_account(from_), site_account(to_), lot.amount);
    start_for_goods(facts, context, rules, *lot.substance, context.party, to_, out);
    return out;
  }

 private:
  const RulePack& rules_;
  std::string from_, to_;
  LotLine line_;
};

}  // namespace

std::span<const StepType> making_steps() {
  static constexpr std::array types{
      StepType{"stock.open", 1, parse_with_rules<StockOpen>},
      StepType{"production.record", 1, parse_with_rules<ProductionRecord>},
      StepType{"use.record", 1, parse_step<UseRecord>},
      StepType{"storage.move", 1, parse_with_rules<StorageMove>},
  };
  return types;
}

}  // namespace registry
