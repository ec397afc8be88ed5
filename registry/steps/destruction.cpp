#include "registry/steps/destruction.h"

#include <nlohmann/json.hpp>

#include "registry/domain/account.h"
#include "registry/rules/goods.h"
#include "registry/steps/acts.h"
#include "registry/steps/checks.h"
#include "registry/steps/code_list.h"
#include "registry/steps/count_duties.h"
#include "registry/steps/empties.h"
#include "registry/steps/lots.h"
#include "registry/steps/read_step.h"
#include "registry/steps/recurring.h"
#include "registry/steps/seized.h"
#include "registry/steps/sites.h"
#include "registry/steps/witness.h"

namespace registry {
namespace {

constexpr std::size_t kMethodMax = 200;
constexpr std::int64_t kPiecesMax = 100'000;

/// Goods destroyed. Medicines and pharmaceutical precursors under the eyes of an agency (442-61, 72-40); the remainder
/// 余液 of ampoules that a hospital opened, and their empties, by two of its own persons (H438-ret).
class DestructionRecord : public Step {
 public:
  explicit DestructionRecord(PayloadReader& in) {
    site_ = in.id("site");
    empties_ = in.optional_integer("empties", 1, kPiecesMax).value_or(0);
    line_ = {in.id("lot"), in.has("empties") ? in.optional_quantity("quantity") : in.quantity("quantity"), {}};
    used_ = in.optional_quantity("used");
    if (in.has("empties") && (line_.quantity || used_)) in.fault("empties", "one_of", "empties or goods, not both");
    in.text("method", kMethodMax);
    destroyed_on_ = in.date("destroyed_on");
    witness_ = in.optional_id("witness");
  }

  void need(const Facts& known, std::string_view author, FactKeys& keys) const override {
    keys.want<Site>(site_);
    want_stock(known, site_account(site_), line_.lot, keys);
    if (!witness_.empty()) {
      keys.want<Party>(witness_);
      want_duties(known, witness_, keys);
    }
    if (!used_ && empties_ == 0) return;
    keys.want<Party>(author);
    keys.want<Pack>(line_.lot);
    want_empties(author, line_.lot, keys);
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack& rules) const override {
    TRY(check_own_site(facts, site_, context.party, "/site"));
    TRY(check_not_future(destroyed_on_, context, "/destroyed_on"));
    if (!witness_.empty()) TRY(check_agency_signed(facts, context, witness_, "/witness"));
    if (empties_ > 0) return destroy_empties(facts, context, rules);
    const LotAmount lot = TRY(find_lot(facts, rules, line_));
    Outcome out;
    note_closed_site(facts, context, site_, out);
    if (used_)
      TRY(destroy_residue(facts, context, rules, lot, out));
    else
      TRY(destroy_goods(facts, context, rules, lot, out));
    if (!witness_.empty()) close_attendance(facts, context, witness_, site_, out);
    return out;
  }

 private:
  Check destroy_goods(const Facts& facts, const StepContext& context, const RulePack& rules, const LotAmount& lot,
                      Outcome& out) const {
    TRY(check_persons(context, rules, *lot.substance));
    TRY(check_stock(facts, site_account(site_), lot, line_.place));
    out.move(lot.substance->code, lot.lot->id, site_account(site_), outside::kDestroyed, lot.amount);
    return Accepted{};
  }

  Check check_persons(const StepContext& context, const RulePack& rules, const Substance& substance) const {
    if (!witness_.empty()) return Accepted{};
    if (substance.is_medicine() || substance.pharma)
      return refuse("needs-agency-witness")
          .with("substance", substance.name_en)
          .with("substance_zh", substance.name_zh)
          .at("/witness");
    return check_two_persons(rules, context, substance, Act::destroy);
  }

  /// What a patient got and what was poured away are whole pieces together, so that nothing leaves between the two; and
  /// less than one piece is poured away, so that no ampoule is destroyed without the agency.
  Check destroy_residue(const Facts& facts, const StepContext& context, const RulePack& rules, const LotAmount& lot,
                        Outcome& out) const {
    TRY(check_hospital(facts, context));
    TRY(check_second_signature(context, context.party));
    const std::int64_t used = TRY(check_goods_amount(*used_, *lot.substance, *lot.lot, "/used"));
    const std::int64_t total = used + lot.amount, piece = lot.lot->piece;
    const std::int64_t pieces_max = rules.goods().residue_pieces_max.value;
    if (piece == 0 || total % piece != 0 || lot.amount >= piece || total / piece > pieces_max)
      return refuse("residue-not-whole")
          .with("sum", format_amount(total, lot.substance->unit))
          .with("piece", format_amount(piece, lot.substance->unit))
          .with("pieces", std::to_string(pieces_max))
          .at("/used");
    TRY(check_stock(facts, site_account(site_), {lot.lot, lot.substance, total}, line_.place));
    out.move(lot.substance->code, lot.lot->id, site_account(site_), outside::kUsed, used);
    out.move(lot.substance->code, lot.lot->id, site_account(site_), outside::kDestroyed, lot.amount);
    if (counts_empties(facts, rules, *lot.substance, *lot.lot, destroyed_on_))
      change_empties(facts, out, context.party, lot.lot->id, {0, total / piece, 0});
    return Accepted{};
  }

  Check check_hospital(const Facts& facts, const StepContext& context) const {
    const Party* party = TRY(check_party(facts, context.party, "header/party"));
    if (has_code(party->kinds, "hospital")) return Accepted{};
    return refuse("residue-only-in-hospital").with("party", party->id).at("/used");
  }

  Result<Outcome> destroy_empties(const Facts& facts, const StepContext& context, const RulePack& rules) const {
    const Lot* lot = facts.find<Lot>(line_.lot);
    if (!lot) return refuse("unknown-lot").with("lot", line_.lot).at("/lot");
    const Substance* substance = rules.substance(lot->substance);
    ensure(substance, "a lot that was entered has a substance of the pack");
    TRY(check_two_persons(rules, context, *substance, Act::destroy));
    const Empties* now = facts.find<Empties>(context.party, line_.lot);
    const std::int64_t held = now ? now->held : 0;
    if (held < empties_)
      return refuse("empties-not-held")
          .with("lot", line_.lot)
          .with("held", std::to_string(held))
          .with("wanted", std::to_string(empties_))
          .at("/empties");
    Outcome out;
    note_closed_site(facts, context, site_, out);
    change_empties(facts, out, context.party, line_.lot, {0, -empties_, empties_});
    return out;
  }

  std::string site_, witness_;
  LotLine line_;
  std::optional<Quantity> used_;
  std::int64_t empties_ = 0;
  Date destroyed_on_;
};

}  // namespace

Result<std::unique_ptr<Step>> parse_destruction_record(const nlohmann::json& payload, const RulePack& rules) {
  if (payload.contains("seizure")) return parse_destroy_seized(payload, rules);
  return parse_step<DestructionRecord>(payload, rules);
}

}  // namespace registry
