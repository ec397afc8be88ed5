#include <algorithm>

#include "registry/domain/account.h"
#include "registry/steps/acts.h"
#include "registry/steps/ask.h"
#include "registry/steps/case_file.h"
#include "registry/steps/checks.h"
#include "registry/steps/consignment.h"
#include "registry/steps/findings.h"
#include "registry/steps/losing.h"
#include "registry/steps/lots.h"
#include "registry/steps/read_step.h"
#include "registry/steps/sites.h"

namespace registry {
namespace {

constexpr std::size_t kCaseMax = 40, kReasonMax = 500, kPlaceMax = 200;

/// One lot that was taken; goods of which nobody has heard before name their substance.
struct SeizedLine {
  LotLine line;
  std::string substance;
};

/// Where the goods were taken from.
struct TakenFrom {
  /// Empty for goods outside the book.
  std::string account;
  std::string subject;
  /// Whose goods they were; empty where nobody is known.
  std::string party;
};

/// An agency takes goods: from a site, from the road, or from wherever they turned up. A fact; what the book did not
/// hold is taken all the same and is a finding.
class SeizureRecord : public Step {
 public:
  explicit SeizureRecord(PayloadReader& in) {
    seizure_ = in.id("seizure");
    site_ = in.optional_id("site");
    consignment_ = in.optional_id("consignment");
    const std::string place = in.optional_text("place", kPlaceMax);
    if (in.has("site") + in.has("consignment") + in.has("place") != 1)
      in.fault("site", "one_of", "one of site, consignment, place");
    party_ = in.optional_id("party");
    finding_ = in.optional_id("finding");
    read_lines(in);
    case_ = in.optional_text("case", kCaseMax);
    seized_on_ = in.date("seized_on");
    reason_ = in.text("reason", kReasonMax);
  }

  void need(const Facts& known, std::string_view author, FactKeys& keys) const override {
    keys.want<Party>(author);
    if (!party_.empty()) keys.want<Party>(party_);
    if (!site_.empty()) keys.want<Site>(site_);
    if (!consignment_.empty()) keys.want<Consignment>(consignment_);
    if (!finding_.empty()) keys.want<Finding>(finding_);
    for (const SeizedLine& each : lines_) {
      want_stock(known, account().empty() ? outside::kFound : account(), each.line.lot, keys);
      keys.want<Seizure>(seizure_, each.line.lot);
    }
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack& rules) const override {
    TRY(check_agency(facts, context));
    TRY(check_not_future(seized_on_, context, "/seized_on"));
    const TakenFrom from = TRY(taken_from(facts));
    const Finding* finding = TRY(recovered(facts));
    Outcome out;
    if (!site_.empty()) note_closed_site(facts, context, site_, out);
    for (const SeizedLine& each : lines_) {
      TRY(check_free(facts, each));
      const LotAmount lot = TRY(amount_of(facts, context, rules, each, out));
      take(facts, context, rules, from, lot, finding && finding->lot == lot.lot->id ? finding : nullptr, out);
    }
    mark_road(facts, context, out);
    return out;
  }

 private:
  void read_lines(PayloadReader& in) {
    for (PayloadReader& line : in.lines("lines")) {
      SeizedLine read{read_lot_line(line, Zero::refused, {"lines", lines_.size()}), line.optional_id("substance")};
      const auto same = [&](const SeizedLine& other) { return other.line.lot == read.line.lot; };
      if (!read.line.lot.empty() && std::any_of(lines_.begin(), lines_.end(), same)) line.fault("lot", "duplicate");
      lines_.push_back(std::move(read));
    }
  }

  std::string account() const {
    if (!site_.empty()) return site_account(site_);
    return consignment_.empty() ? std::string() : transit_account(consignment_);
  }

  Result<TakenFrom> taken_from(const Facts& facts) const {
    if (!site_.empty()) {
      const Site* site = facts.find<Site>(site_);
      if (!site) return refuse("unknown-site").with("site", site_).at("/site");
      return TakenFrom{account(), "site:" + site_, site->party};
    }
    if (!consignment_.empty()) {
      const auto* head = facts.find<Consignment>(consignment_);
      if (!head) return refuse("unknown-consignment").with("consignment", consignment_).at("/consignment");
      return TakenFrom{account(), consignment_subject(consignment_), holder_of(*head)};
    }
    if (!party_.empty()) TRY(check_party(facts, party_, "/party"));
    return TakenFrom{"", "outside", party_};
  }

  Result<const Finding*> recovered(const Facts& facts) const {
    if (finding_.empty()) return nullptr;
    const Finding* finding = facts.find<Finding>(finding_);
    if (!finding) return refuse("unknown-finding").with("finding", finding_).at("/finding");
    const bool is_named = std::any_of(lines_.begin(), lines_.end(),
                                      [&](const SeizedLine& each) { return each.line.lot == finding->lot; });
    if (is_named && !finding->booked.empty() && !is_held_account(finding->booked)) return finding;
    return refuse("other-goods").with("finding", finding_).at("/finding");
  }

  Check check_free(const Facts& facts, const SeizedLine& each) const {
    if (!facts.find<Seizure>(seizure_, each.line.lot)) return Accepted{};
    return refuse("id-taken").with("id", seizure_).at("/seizure");
  }

  /// A lot that nobody has entered comes into the registry by being seized.
  static Result<LotAmount> amount_of(const Facts& facts, const StepContext& context, const RulePack& rules,
                                     const SeizedLine& each, Outcome& out) {
    if (facts.find<Lot>(each.line.lot)) return find_lot(facts, rules, each.line);
    if (each.substance.empty())
      return refuse("unknown-lot").with("lot", each.line.lot).at(each.line.place.pointer("lot"));
    const Date today = local_date(context.rtime);
    const Substance* substance =
        TRY(check_substance(rules, each.substance, today, each.line.place.pointer("substance")));
    const std::int64_t amount = TRY(check_amount(*each.line.quantity, *substance, each.line.place.pointer("quantity")));
    Lot lot;
    lot.id = each.line.lot;
    lot.substance = substance->code;
    lot.seq = context.index;
    out.put(std::move(lot));
    return LotAmount{&out.changes<Lot>().back().after, substance, amount};
  }

  void take(const Facts& facts, const StepContext& context, const RulePack& rules, const TakenFrom& from,
            const LotAmount& lot, const Finding* finding, Outcome& out) const {
    const std::string code = lot.substance->code, id = lot.lot->id;
    const std::int64_t lost = finding ? std::min(lot.amount, still_missing(*finding)) : 0;
    const std::int64_t book = from.account.empty() || facts.find<Lot>(id) == nullptr
                                  ? 0
                                  : std::min(facts.balance(from.account, code, id), lot.amount - lost);
    const std::int64_t unknown = lot.amount - lost - book;
    if (finding) settle(*finding, context, lost, out);
    if (finding) out.move(code, id, finding->booked, outside::kSeized, lost);
    if (book > 0) out.move(code, id, from.account, outside::kSeized, book);
    out.move(code, id, outside::kFound, outside::kSeized, unknown);
    if (unknown > 0) add_finding(out, context, beyond(rules, from, code, id, unknown, context.index));
    Seizure row{seizure_,   id, context.party, from.party, from.subject, code,
                lot.amount, 0,  case_,         seized_on_, context.index};
    out.put(std::move(row));
  }

  void settle(const Finding& finding, const StepContext& context, std::int64_t amount, Outcome& out) const {
    Finding after = finding;
    after.settled += amount;
    if (after.state == FindingState::open) after.state = FindingState::explained;
    FindingNote line;
    line.act = FindingAct::found;
    line.code = "seized";
    line.amount = amount;
    line.statement = reason_;
    line.other = case_;
    note(out, context, after, std::move(line));
    out.update(finding, std::move(after));
  }

  static Finding beyond(const RulePack& rules, const TakenFrom& from, const std::string& substance,
                        const std::string& lot, std::int64_t amount, std::int64_t index) {
    Finding more = make_finding("seized-beyond-book", from.party, from.subject, rules);
    more.substance = substance;
    more.lot = lot;
    more.lo = more.hi = more.missing = -amount;
    set_custody(more, {kNone, index, from.party});
    return more;
  }

  /// From now on the book of the road is not what was sent.
  void mark_road(const Facts& facts, const StepContext& context, Outcome& out) const {
    if (consignment_.empty()) return;
    const auto* head = facts.find<Consignment>(consignment_);
    Consignment after = *head;
    after.checked = context.index;
    out.update(*head, std::move(after));
  }

  std::string seizure_, site_, consignment_, party_, finding_, case_, reason_;
  std::vector<SeizedLine> lines_;
  Date seized_on_;
};

}  // namespace

Result<std::unique_ptr<Step>> parse_seizure_record(const nlohmann::json& payload, const RulePack& rules) {
  return parse_step<SeizureRecord>(payload, rules);
}

}  // namespace registry
