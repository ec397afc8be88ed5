#include "registry/domain/account.h"
#include "registry/steps/acts.h"
#include "registry/steps/border_case.h"
#include "registry/steps/border_check.h"
#include "registry/steps/border_papers.h"
#include "registry/steps/checks.h"
#include "registry/steps/lots.h"
#include "registry/steps/naming.h"
#include "registry/steps/packs.h"
#include "registry/steps/paper.h"
#include "registry/steps/quota.h"
#include "registry/steps/read_step.h"
#include "registry/steps/sites.h"

namespace registry {
namespace {

constexpr std::size_t kNameMax = 120, kDeclarationMax = 40;

/// Goods that leave the country. An intention: nothing leaves without licence, answer and release.
class ExportDepart : public Step {
 public:
  explicit ExportDepart(PayloadReader& in) {
    site_ = in.id("site");
    line_ = read_lot_line(in, Zero::refused, {});
    permit_ = in.optional_id("permit");
    country_ = read_country(in, "country");
    consignee_ = in.text("consignee", kNameMax);
    declaration_ = in.text("declaration", kDeclarationMax);
    departed_on_ = in.date("departed_on");
    papers_ = read_border_papers(in);
    if (!papers_.exemption.empty() && !permit_.empty())
      in.fault("permit", "not_wanted", "no licence with an exemption");
  }

  void need(const Facts& known, std::string_view author, FactKeys& keys) const override {
    keys.want<Party>(author);
    keys.want<Site>(site_);
    want_named(foreign_id(country_, consignee_), keys);
    want_stock(known, site_account(site_), line_.lot, keys);
    want_paper(known, permit_, keys);
    want_border_papers(known, papers_, keys);
    want_case_of_licence(known, permit_, keys);
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack& rules) const override {
    const Party* exporter = TRY(check_author(facts, context));
    const Site* site = TRY(check_own_site(facts, site_, context.party, "/site"));
    TRY(check_in_use(*site, "/site"));
    TRY(check_not_future(departed_on_, context, "/departed_on"));
    const LotAmount lot = TRY(find_lot(facts, rules, line_));
    TRY(check_two_persons(rules, context, *lot.substance, Act::out));
    TRY(check_whole_pieces(*lot.lot, *lot.substance, lot.amount, "/quantity"));
    const BorderCrossing crossing{BorderDirection::export_goods,
                                  context.party,
                                  country_,
                                  *lot.substance,
                                  lot.amount,
                                  lot.lot->purity_ppm,
                                  departed_on_,
                                  local_date(context.rtime)};
    const bool asked = TRY(asks_licence(rules, papers_, crossing));
    Outcome out;
    if (asked || !permit_.empty()) TRY(use_papers(facts, context, rules, crossing, *site, out));
    TRY(check_stock(facts, site_account(site_), lot, line_.place));
    out.move(lot.substance->code, lot.lot->id, site_account(site_), outside::kExported, lot.amount);
    note_foreign(facts, context, rules, {country_, consignee_}, exporter->region, out);
    return out;
  }

 private:
  Check use_papers(const Facts& facts, const StepContext& context, const RulePack& rules,
                   const BorderCrossing& crossing, const Site& site, Outcome& out) const {
    if (permit_.empty())
      return refuse("export-without-licence")
          .with("substance", crossing.substance.name_en)
          .with("substance_zh", crossing.substance.name_zh)
          .with("kinds", rules.kinds_for(PermitPurpose::export_goods, crossing.substance))
          .at("/permit");
    TRY(draw(facts, context, rules, crossing, site, out));
    const auto missing = use_companions(facts, rules, papers_, crossing, context, out);
    if (!missing.empty()) return companion_missing(rules, *missing.front());
    return depart(facts, context, rules, crossing, out);
  }

  Check draw(const Facts& facts, const StepContext& context, const RulePack& rules, const BorderCrossing& crossing,
             const Site& site, Outcome& out) const {
    const PaperUse use{.purpose = PermitPurpose::export_goods,
                       .holder = context.party,
                       .act_day = departed_on_,
                       .today = crossing.today,
                       .from_region = site.region};
    const Permit* permit = TRY(check_paper(facts, rules, permit_, crossing.substance, use));
    Quota quota(facts, *permit, out);
    TRY(quota.check(crossing.substance, crossing.amount, "/permit"));
    quota.use(crossing.substance.code, crossing.amount);
    quota.finish(Quota::Delivery::over, context.index);
    return Accepted{};
  }

  static Refusal companion_missing(const RulePack& rules, const CompanionRule& rule) {
    const PermitKind* kind = rules.permit_kind(rule.kind);
    ensure(kind, "the pack knows the kinds that its rules name");
    return refuse("companion-missing")
        .with("kind", kind->name_en)
        .with("kind_zh", kind->name_zh)
        .with("code", rule.kind)
        .with("article", rule.article)
        .with("confidence", rule.confidence)
        .at("/companions");
  }

  /// The departure as a part of its two-way check.
  Check depart(const Facts& facts, const StepContext& context, const RulePack& rules, const BorderCrossing& crossing,
               Outcome& out) const {
    const BorderCase* found = case_of_licence(facts, permit_);
    if (!found) return check_free(rules, crossing);
    CaseChange change(*found, context, out);
    if (!change.move_on(BorderEvent::departure))
      return why_not(*found, BorderEvent::departure, crossing.today).at("/permit");
    TRY(check_as_cleared(*found, crossing));
    change.row().moved = crossing.amount;
    change.document(BorderDocumentKind::departure, crossing.amount);
    change.store();
    match_amounts(rules, *found, context,
                  {"border-departed-differs", found->cleared, crossing.amount,
                   last_document(facts, *found, BorderDocumentKind::release), context.party, line_.lot},
                  out);
    open_obligation(out, rules, context, "confirm-export", border_subject(found->id), found->agency);
    return Accepted{};
  }

  Check check_free(const RulePack& rules, const BorderCrossing& crossing) const {
    const auto* rule = rules.border().check_for(BorderDirection::export_goods, crossing.substance, crossing.act_day);
    if (!rule) return Accepted{};
    return refuse("border-check-missing")
        .with("substance", crossing.substance.name_en)
        .with("substance_zh", crossing.substance.name_zh)
        .with("article", rule->article)
        .with("confidence", rule->confidence)
        .at("/permit");
  }

  /// Country, declaration and amount are those that customs released.
  Check check_as_cleared(const BorderCase& found, const BorderCrossing& crossing) const {
    if (country_ != found.country) return refuse("border-other-country").with("country", found.country).at("/country");
    if (declaration_ != found.declaration)
      return refuse("border-other-declaration").with("declaration", found.declaration).at("/declaration");
    if (crossing.amount <= found.cleared) return Accepted{};
    return refuse("border-more-than-cleared")
        .with("cleared", format_amount(found.cleared, crossing.substance.unit))
        .with("wanted", format_amount(crossing.amount, crossing.substance.unit))
        .at("/quantity");
  }

  std::string site_, permit_, country_, consignee_, declaration_;
  LotLine line_;
  Date departed_on_;
  BorderPapers papers_;
};

}  // namespace

Result<std::unique_ptr<Step>> parse_export_depart(const nlohmann::json& payload, const RulePack& rules) {
  return parse_step<ExportDepart>(payload, rules);
}

}  // namespace registry
