#include "registry/steps/clean_record.h"

#include "registry/domain/account.h"
#include "registry/rules/trade_rules.h"
#include "registry/steps/findings.h"

namespace registry {

Check check_clean_since(const RulePack& rules, const PermitKind& kind, std::optional<Date> clean_since, Date from) {
  const PaperTerms& terms = rules.trade().terms(kind.code);
  if (terms.clean_months == 0 || !clean_since) return Accepted{};
  const Date earliest = clean_since->plus_months(terms.clean_months);
  if (earliest <= from) return Accepted{};
  return refuse("multi-use-too-early")
      .with("kind", kind.name_en)
      .with("kind_zh", kind.name_zh)
      .with("months", std::to_string(terms.clean_months))
      .with("earliest", earliest.str())
      .with("article", terms.clean_article)
      .with("confidence", terms.clean_confidence)
      .at("/clean_since");
}

void note_record(const Facts& facts, const RulePack& rules, const PermitKind& kind, const NewPaper& paper,
                 const StepContext& context, Outcome& out) {
  const PaperTerms& terms = rules.trade().terms(kind.code);
  if (terms.clean_months == 0) return;
  const auto* known = facts.find<Conduct>(paper.holder);
  const bool is_marked = known && paper.from < known->day.plus_months(terms.clean_months);
  if (paper.clean_since && !is_marked) return;
  Finding finding = make_finding("multi-use-early", context.party, permit_account(paper.no), Severity::low);
  finding.to_index = context.index;
  add_finding(out, context, std::move(finding));
}

}  // namespace registry
