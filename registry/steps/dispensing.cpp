#include <algorithm>
#include <array>

#include "registry/domain/account.h"
#include "registry/rules/goods.h"
#include "registry/steps/acts.h"
#include "registry/steps/ask.h"
#include "registry/steps/checks.h"
#include "registry/steps/code_list.h"
#include "registry/steps/empties.h"
#include "registry/steps/families.h"
#include "registry/steps/findings.h"
#include "registry/steps/lots.h"
#include "registry/steps/paper.h"
#include "registry/steps/prescription.h"
#include "registry/steps/read_step.h"
#include "registry/steps/sites.h"

namespace registry {
namespace {

constexpr std::int64_t kDaysMax = 366, kDosesMax = 10'000;
constexpr std::size_t kProductDigits = 7;

/// A pharmacy or ward hands medicines to a patient. A fact: the patient has them, so what breaks a limit is recorded
/// and found, not refused.
class UseDispense : public Step {
 public:
  explicit UseDispense(PayloadReader& in) {
    site_ = in.id("site");
    sheet_ = read_prescription(in);
    permit_ = in.optional_id("permit");
    pharmacist_ = in.optional_id("pharmacist");
    for (PayloadReader& line : in.lines("lines")) read_line(line);
  }

  void need(const Facts& known, std::string_view author, FactKeys& keys) const override {
    keys.want<Site>(site_);
    keys.want<Party>(author);
    keys.want<Prescription>(sheet_.id());
    want_paper(known, permit_, keys);
    if (!pharmacist_.empty()) keys.want<Officer>(pharmacist_);
    for (const PrescribedLine& line : lines_) {
      want_stock(known, site_account(site_), line.lot.lot, keys);
      keys.want<Pack>(line.lot.lot);
      want_empties(author, line.lot.lot, keys);
      for (const std::string& code : line.codes) keys.want<TraceCode>(code);
    }
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack& rules) const override {
    TRY(check_own_site(facts, site_, context.party, "/site"));
    const Party* dispenser = TRY(check_party(facts, context.party, "header/party"));
    TRY(check_not_future(sheet_.dispensed_on, context, "/dispensed_on"));
    Outcome out;
    note_closed_site(facts, context, site_, out);
    for (const PrescribedLine& line : lines_) TRY(hand_out(facts, context, rules, line, *dispenser, out));
    if (is_stale(rules, sheet_)) add_finding(out, context, about("prescription-stale", context, Severity::medium));
    record(facts, context, rules, out);
    return out;
  }

 private:
  void read_line(PayloadReader& in) {
    PrescribedLine line;
    line.lot = read_lot_line(in, Zero::refused, {"lines", lines_.size()});
    line.days = in.integer("days", 1, kDaysMax);
    line.doses = in.integer("doses", 1, kDosesMax);
    line.codes = in.optional_ids("codes");
    for (const PrescribedLine& other : lines_) {
      if (!line.lot.lot.empty() && other.lot.lot == line.lot.lot) in.fault("lot", "duplicate");
      for (const std::string& code : line.codes)
        if (!code.empty() && std::find(other.codes.begin(), other.codes.end(), code) != other.codes.end())
          in.fault("codes", "repeated", "each code once");
    }
    lines_.push_back(std::move(line));
  }

  Check hand_out(const Facts& facts, const StepContext& context, const RulePack& rules, const PrescribedLine& line,
                 const Party& dispenser, Outcome& out) const {
    const LotAmount lot = TRY(find_lot(facts, rules, line.lot));
    TRY(check_two_persons(rules, context, *lot.substance, Act::use));
    TRY(check_pharmacist(facts, context, rules, *lot.substance));
    TRY(check_whole_pieces(*lot.lot, *lot.substance, lot.amount, line.lot.place.pointer("quantity")));
    TRY(check_stock(facts, site_account(site_), lot, line.lot.place));
    out.move(lot.substance->code, lot.lot->id, site_account(site_), outside::kDispensed, lot.amount);
    for (const std::string_view kind : line_breaches(facts, rules, sheet_, line, lot, dispenser))
      add_finding(out, context, about_lot(kind, context, rules, lot));
    if (!has_card(facts, rules, *lot.substance, dispenser))
      add_finding(out, context, about_lot("dispensed-without-card", context, rules, lot));
    if (lot.lot->expiry != Date{} && lot.lot->expiry < sheet_.dispensed_on)
      add_finding(out, context, about_lot("used-after-expiry", context, rules, lot));
    use_codes(facts, context, rules, line, lot, out);
    count_empties(facts, context, rules, lot, out);
    return Accepted{};
  }

  /// The pharmacist who checked it is named and has signed with a key of its own (处方管理办法 51).
  Check check_pharmacist(const Facts& facts, const StepContext& context, const RulePack& rules,
                         const Substance& substance) const {
    if (!GoodsRules::find(rules.goods().pharmacist, substance, "", sheet_.dispensed_on)) return Accepted{};
    const Officer* officer = pharmacist_.empty() ? nullptr : facts.find<Officer>(pharmacist_);
    const bool is_ours = officer && officer->party == context.party && officer->duty == "pharmacist";
    const bool has_signed = std::any_of(context.signers.begin(), context.signers.end(), [&](const Signer& signer) {
      return !pharmacist_.empty() && signer.party == context.party && signer.officer == pharmacist_;
    });
    if (is_ours && has_signed) return Accepted{};
    return refuse("needs-pharmacist").with("party", context.party).at("/pharmacist");
  }

  /// A hospital gives narcotics on its seal card (442-36).
  bool has_card(const Facts& facts, const RulePack& rules, const Substance& substance, const Party& dispenser) const {
    if (!has_code(dispenser.kinds, "hospital") || !rules.needs_permit(PermitPurpose::hold, substance)) return true;
    if (permit_.empty()) return false;
    const PaperUse use{.purpose = PermitPurpose::hold,
                       .holder = dispenser.id,
                       .act_day = sheet_.dispensed_on,
                       .today = sheet_.dispensed_on};
    return check_paper(facts, rules, permit_, substance, use).has_value();
  }

  void use_codes(const Facts& facts, const StepContext& context, const RulePack& rules, const PrescribedLine& line,
                 const LotAmount& lot, Outcome& out) const {
    const Pack* pack = facts.find<Pack>(lot.lot->id);
    bool is_other = false, is_again = false;
    for (const std::string& code : line.codes) {
      is_other = is_other || (pack && pack->code.size() == kProductDigits && !code.starts_with(pack->code));
      is_again = is_again || facts.find<TraceCode>(code);
      if (!facts.find<TraceCode>(code)) out.put(TraceCode{code, lot.lot->id, context.index});
    }
    if (is_other) add_finding(out, context, about_lot("code-of-other-product", context, rules, lot));
    if (is_again) add_finding(out, context, about_lot("code-used-twice", context, rules, lot));
  }

  void count_empties(const Facts& facts, const StepContext& context, const RulePack& rules, const LotAmount& lot,
                     Outcome& out) const {
    if (!counts_empties(facts, rules, *lot.substance, *lot.lot, sheet_.dispensed_on)) return;
    const std::int64_t pieces = lot.amount / lot.lot->piece;
    change_empties(facts, out, context.party, lot.lot->id,
                   sheet_.inside ? EmptiesChange{0, pieces, 0} : EmptiesChange{pieces, 0, 0});
  }

  void record(const Facts& facts, const StepContext& context, const RulePack& rules, Outcome& out) const {
    if (facts.find<Prescription>(sheet_.id()))
      return add_finding(out, context, about("prescription-filled-again", context, Severity::high));
    int years = 0;
    for (const PrescribedLine& line : lines_) {
      const Substance* substance = rules.substance(facts.find<Lot>(line.lot.lot)->substance);
      const Retention* kept = rules.goods().retention(*substance, "prescription", sheet_.dispensed_on);
      if (kept) years = std::max(years, kept->years);
    }
    out.put(Prescription{sheet_.id(), context.party, site_, sheet_.patient, sheet_.dispensed_on,
                         sheet_.dispensed_on.plus_months(12 * years), context.index});
  }

  Finding about(std::string_view kind, const StepContext& context, Severity severity) const {
    Finding finding = make_finding(kind, context.party, "site:" + site_, severity);
    finding.to_index = context.index;
    return finding;
  }

  Finding about_lot(std::string_view kind, const StepContext& context, const RulePack& rules,
                    const LotAmount& lot) const {
    const bool is_guarded = rules.needs_two_persons(*lot.substance);
    Finding finding = about(kind, context, is_guarded ? Severity::high : Severity::medium);
    finding.substance = lot.substance->code;
    finding.lot = lot.lot->id;
    return finding;
  }

  std::string site_, permit_, pharmacist_;
  PrescriptionSheet sheet_;
  std::vector<PrescribedLine> lines_;
};

}  // namespace

std::span<const StepType> dispensing_steps() {
  static constexpr std::array types{
      StepType{"use.dispense", 1, parse_step<UseDispense>},
      StepType{"use.empties", 1, parse_use_empties},
  };
  return types;
}

}  // namespace registry
