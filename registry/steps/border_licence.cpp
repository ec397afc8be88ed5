#include "registry/steps/border_licence.h"

#include "registry/steps/border_case.h"

namespace registry {
namespace {

BorderDirection direction_of(PermitPurpose purpose) {
  return purpose == PermitPurpose::import_goods ? BorderDirection::import_goods : BorderDirection::export_goods;
}

bool is_border_paper(const PermitKind& kind) {
  return kind.purpose == PermitPurpose::import_goods || kind.purpose == PermitPurpose::export_goods;
}

Check check_end(const RulePack& rules, const BorderPaper& paper, Date today) {
  const LicenceEndRule* rule = rules.border().licence_end(paper.kind.code, today);
  if (!rule) return Accepted{};
  const Date latest = Date::of(paper.valid_from.year() + 1, rule->month, rule->day);
  if (paper.valid_to <= latest) return Accepted{};
  return refuse("border-licence-end")
      .with("kind", paper.kind.name_en)
      .with("kind_zh", paper.kind.name_zh)
      .with("latest", latest.str())
      .with("article", rule->article)
      .with("confidence", rule->confidence)
      .at("/valid_to");
}

Check check_without_case(const RulePack& rules, const BorderPaper& paper, Date today) {
  if (!is_border_paper(paper.kind)) return Accepted{};
  for (const std::string& code : paper.substances) {
    const Substance* substance = rules.substance(code);
    ensure(substance, "the lines of a paper are checked before");
    const auto* rule = rules.border().check_for(direction_of(paper.kind.purpose), *substance, today);
    if (!rule) continue;
    return refuse("border-check-missing")
        .with("substance", substance->name_en)
        .with("substance_zh", substance->name_zh)
        .with("article", rule->article)
        .with("confidence", rule->confidence)
        .at("/border_case");
  }
  return Accepted{};
}

Check check_as_notified(const RulePack& rules, const BorderPaper& paper, const BorderCase& found) {
  const bool fits = is_border_paper(paper.kind) && direction_of(paper.kind.purpose) == found.direction &&
                    paper.holder == found.party && paper.substances == std::vector<std::string>{found.substance};
  if (!fits)
    return refuse("border-licence-differs")
        .with("border_case", found.id)
        .with("party", found.party)
        .with("substance", found.substance)
        .with("direction", std::string(name_of(found.direction)))
        .at("/border_case");
  if (paper.amount <= found.notified) return Accepted{};
  const Substance* substance = rules.substance(found.substance);
  ensure(substance, "a case has a substance of the pack");
  return refuse("border-more-than-notified")
      .with("notified", format_amount(found.notified, substance->unit))
      .with("wanted", format_amount(paper.amount, substance->unit))
      .at("/lines/0/quantity");
}

}  // namespace

void want_border_licence(const Facts& known, std::string_view border_case, FactKeys& keys) {
  if (!border_case.empty()) want_border_case(known, border_case, keys);
}

Check check_border_licence(const Facts& facts, const StepContext& context, const RulePack& rules,
                           const BorderPaper& paper, Outcome& out) {
  const Date today = local_date(context.rtime);
  TRY(check_end(rules, paper, today));
  if (paper.border_case.empty()) return check_without_case(rules, paper, today);
  const BorderCase* found = TRY(find_border_case(facts, paper.border_case));
  TRY(check_as_notified(rules, paper, *found));
  CaseChange change(*found, context, out);
  if (!change.move_on(BorderEvent::licence)) return why_not(*found, BorderEvent::licence, today).at("/border_case");
  change.row().licence = paper.no;
  change.row().licensed = paper.amount;
  change.document(BorderDocumentKind::licence, paper.amount);
  change.store();
  out.put(BorderLicence{std::string(paper.no), found->id});
  return Accepted{};
}

}  // namespace registry
