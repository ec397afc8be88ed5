#include "registry/domain/account.h"
#include "registry/steps/acts.h"
#include "registry/steps/border_case.h"
#include "registry/steps/border_check.h"
#include "registry/steps/border_papers.h"
#include "registry/steps/checks.h"
#include "registry/steps/lots.h"
#include "registry/steps/naming.h"
#include "registry/steps/paper.h"
#include "registry/steps/quota.h"
#include "registry/steps/read_step.h"
#include "registry/steps/recurring.h"
#include "registry/steps/sites.h"

namespace registry {
namespace {

constexpr std::size_t kNameMax = 120, kDeclarationMax = 40;

/// Goods that came from abroad. A fact: a missing, wrong or exhausted paper, and all that does not fit the two-way
/// check, are findings.
class ImportReceive : public Step {
 public:
  ImportReceive(PayloadReader& in, const RulePack& rules) : rules_(rules) {
    site_ = in.id("site");
    lot_ = read_new_lot(in, {});
    permit_ = in.optional_id("permit");
    country_ = read_country(in, "country");
    exporter_ = in.text("exporter", kNameMax);
    declaration_ = in.text("declaration", kDeclarationMax);
    received_on_ = in.date("received_on");
    papers_ = read_border_papers(in);
  }

  void need(const Facts& known, std::string_view author, FactKeys& keys) const override {
    keys.want<Party>(author);
    keys.want<Site>(site_);
    want_named(foreign_id(country_, exporter_), keys);
    want_new_lot(lot_, site_, keys);
    want_goods_duties(rules_, lot_.substance, author, site_, keys);
    want_paper(known, permit_, keys);
    want_border_papers(known, papers_, keys);
    want_case_of_licence(known, permit_, keys);
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack& rules) const override {
    const Party* importer = TRY(check_party(facts, context.party, "header/party"));
    TRY(check_own_site(facts, site_, context.party, "/site"));
    TRY(check_not_future(received_on_, context, "/received_on"));
    const NewAmount goods = TRY(check_new_lot(facts, rules, lot_, local_date(context.rtime)));
    TRY(check_two_persons(rules, context, *goods.substance, Act::in));
    Outcome out;
    note_closed_site(facts, context, site_, out);
    enter_lot(out, context, lot_, goods, site_, {outside::kImported, exporter_});
    start_for_goods(facts, context, rules, *goods.substance, context.party, site_, out);
    note_foreign(facts, context, rules, {country_, exporter_}, importer->region, out);
    const BorderCrossing crossing = crossing_of(goods, context);
    // An exemption that does not fit leaves goods without a licence.
    const auto asked = asks_licence(rules, papers_, crossing);
    if (asked && !*asked) return out;
    draw(facts, context, rules, goods, out);
    add_missing(use_companions(facts, rules, papers_, crossing, context, out), goods, context, out);
    if (const BorderCase* found = case_of_licence(facts, permit_)) match(facts, context, rules, *found, goods, out);
    return out;
  }

 private:
  BorderCrossing crossing_of(const NewAmount& goods, const StepContext& context) const {
    return {BorderDirection::import_goods,
            context.party,
            country_,
            *goods.substance,
            goods.amount,
            lot_.purity_ppm,
            received_on_,
            received_on_};
  }

  void draw(const Facts& facts, const StepContext& context, const RulePack& rules, const NewAmount& goods,
            Outcome& out) const {
    const Permit* permit = licence(facts, context, rules, *goods.substance);
    if (!permit) return add_finding(out, context, breach("imported-without-permit", goods, goods.amount, context));
    Quota quota(facts, *permit, out);
    const bool is_again = permit->uses == PermitUses::once && quota.touched();
    const std::int64_t used = is_again ? 0 : quota.use(goods.substance->code, goods.amount);
    quota.finish(Quota::Delivery::over, context.index);
    if (used < goods.amount)
      add_finding(out, context, breach("import-permit-exceeded", goods, goods.amount - used, context));
  }

  const Permit* licence(const Facts& facts, const StepContext& context, const RulePack& rules,
                        const Substance& substance) const {
    if (permit_.empty()) return nullptr;
    const PaperUse use{.purpose = PermitPurpose::import_goods,
                       .holder = context.party,
                       .act_day = received_on_,
                       .today = received_on_};
    const auto permit = check_paper(facts, rules, permit_, substance, use);
    return permit ? *permit : nullptr;
  }

  Finding breach(std::string_view kind, const NewAmount& goods, std::int64_t excess, const StepContext& context) const {
    Finding finding = make_finding(kind, context.party, "lot:" + lot_.id, Severity::critical);
    finding.substance = goods.substance->code;
    finding.lot = lot_.id;
    finding.lo = finding.hi = -excess;
    finding.to_index = context.index;
    return finding;
  }

  void add_missing(const std::vector<const CompanionRule*>& missing, const NewAmount& goods, const StepContext& context,
                   Outcome& out) const {
    for (const CompanionRule* rule : missing) {
      Finding finding = breach("import-paper-missing", goods, goods.amount, context);
      finding.subject = "permit_kind:" + rule->kind;
      add_finding(out, context, std::move(finding));
    }
  }

  /// The arrival as a part of its two-way check.
  void match(const Facts& facts, const StepContext& context, const RulePack& rules, const BorderCase& found,
             const NewAmount& goods, Outcome& out) const {
    CaseChange change(found, context, out);
    const bool in_turn = change.move_on(BorderEvent::arrival);
    change.row().moved = (found.moved == kNone ? 0 : found.moved) + goods.amount;
    change.document(BorderDocumentKind::arrival, goods.amount);
    if (!in_turn) add_out_of_turn(facts, context, found, change, goods.amount, out);
    if (country_ != found.country) add_finding(out, context, change.finding("border-country-differs", Severity::high));
    if (!found.declaration.empty() && declaration_ != found.declaration)
      add_finding(out, context, change.finding("border-declaration-differs", Severity::high));
    if (found.cleared != kNone)
      match_amounts(rules, found, context,
                    {"border-arrived-differs", found.cleared, change.row().moved,
                     last_document(facts, found, BorderDocumentKind::release), context.party, lot_.id},
                    out);
    change.store();
  }

  static void add_out_of_turn(const Facts& facts, const StepContext& context, const BorderCase& found,
                              CaseChange& change, std::int64_t amount, Outcome& out) {
    const bool objected = found.state == BorderState::objected || found.state == BorderState::suspended;
    Finding finding =
        change.finding(objected ? "border-arrived-objected" : "border-arrived-out-of-turn", Severity::critical);
    finding.lo = finding.hi = -amount;
    finding.custodian = context.party;
    finding.from_index = last_document(facts, found, BorderDocumentKind::notice);
    add_finding(out, context, std::move(finding));
  }

  const RulePack& rules_;
  std::string site_, permit_, country_, exporter_, declaration_;
  NewLot lot_;
  Date received_on_;
  BorderPapers papers_;
};

}  // namespace

Result<std::unique_ptr<Step>> parse_import_receive(const nlohmann::json& payload, const RulePack& rules) {
  return parse_with_rules<ImportReceive>(payload, rules);
}

}  // namespace registry
