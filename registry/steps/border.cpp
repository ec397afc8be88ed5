#include <algorithm>
#include <array>

#include "registry/domain/account.h"
#include "registry/steps/acts.h"
#include "registry/steps/checks.h"
#include "registry/steps/families.h"
#include "registry/steps/findings.h"
#include "registry/steps/lots.h"
#include "registry/steps/paper.h"
#include "registry/steps/quota.h"
#include "registry/steps/read_step.h"
#include "registry/steps/sites.h"

namespace registry {
namespace {

constexpr std::size_t kNameMax = 120, kDeclarationMax = 40;

/// Two capital letters, ISO 3166-1; which of them are countries is for customs.
void read_country(PayloadReader& in) {
  const std::string code = in.text("country", 2);
  const bool good =
      code.size() == 2 && std::all_of(code.begin(), code.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  if (!code.empty() && !good) in.fault("country", "bad_country", "two capital letters");
}

/// Goods that came from abroad. A fact: a missing, wrong or exhausted licence is a finding.
class ImportReceive : public Step {
 public:
  explicit ImportReceive(PayloadReader& in) {
    site_ = in.id("site");
    lot_ = read_new_lot(in, {});
    permit_ = in.optional_id("permit");
    read_country(in);
    exporter_ = in.text("exporter", kNameMax);
    in.text("declaration", kDeclarationMax);
    received_on_ = in.date("received_on");
  }

  void need(const Facts& known, std::string_view, FactKeys& keys) const override {
    keys.want<Site>(site_);
    want_new_lot(lot_, site_, keys);
    want_paper(known, permit_, keys);
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack& rules) const override {
    TRY(check_own_site(facts, site_, context.party, "/site"));
    TRY(check_not_future(received_on_, context, "/received_on"));
    const NewAmount goods = TRY(check_new_lot(facts, rules, lot_, local_date(context.rtime)));
    TRY(check_two_persons(rules, context, *goods.substance, Act::in));
    Outcome out;
    enter_lot(out, context, lot_, goods, site_, {outside::kImported, exporter_});
    if (rules.needs_permit(PermitPurpose::import_goods, *goods.substance)) draw(facts, context, rules, goods, out);
    return out;
  }

 private:
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

  std::string site_, permit_, exporter_;
  NewLot lot_;
  Date received_on_;
};

/// Goods that leave the country. An intention.
class ExportDepart : public Step {
 public:
  explicit ExportDepart(PayloadReader& in) {
    site_ = in.id("site");
    line_ = read_lot_line(in, Zero::refused, {});
    permit_ = in.id("permit");
    read_country(in);
    in.text("consignee", kNameMax);
    in.text("declaration", kDeclarationMax);
    departed_on_ = in.date("departed_on");
  }

  void need(const Facts& known, std::string_view author, FactKeys& keys) const override {
    keys.want<Party>(author);
    keys.want<Site>(site_);
    want_stock(known, site_account(site_), line_.lot, keys);
    want_paper(known, permit_, keys);
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack& rules) const override {
    TRY(check_author(facts, context));
    const Site* site = TRY(check_own_site(facts, site_, context.party, "/site"));
    TRY(check_not_future(departed_on_, context, "/departed_on"));
    const LotAmount lot = TRY(find_lot(facts, rules, line_));
    TRY(check_two_persons(rules, context, *lot.substance, Act::out));
    TRY(check_whole_pieces(*lot.lot, *lot.substance, lot.amount, "/quantity"));
    Outcome out;
    TRY(draw(facts, context, rules, lot, *site, out));
    TRY(check_stock(facts, site_account(site_), lot, line_.place));
    out.move(lot.substance->code, lot.lot->id, site_account(site_), outside::kExported, lot.amount);
    return out;
  }

 private:
  Check draw(const Facts& facts, const StepContext& context, const RulePack& rules, const LotAmount& lot,
             const Site& site, Outcome& out) const {
    const PaperUse use{.purpose = PermitPurpose::export_goods,
                       .holder = context.party,
                       .act_day = departed_on_,
                       .today = local_date(context.rtime),
                       .from_region = site.region};
    const Permit* permit = TRY(check_paper(facts, rules, permit_, *lot.substance, use));
    Quota quota(facts, *permit, out);
    TRY(quota.check(*lot.substance, lot.amount, "/permit"));
    quota.use(lot.substance->code, lot.amount);
    quota.finish(Quota::Delivery::over, context.index);
    return Accepted{};
  }

  std::string site_, permit_;
  LotLine line_;
  Date departed_on_;
};

}  // namespace

std::span<const StepType> border_steps() {
  static constexpr std::array types{
      StepType{"import.receive", 1, parse_step<ImportReceive>},
      StepType{"export.depart", 1, parse_step<ExportDepart>},
  };
  return types;
}

}  // namespace registry
