#include "registry/steps/permit_validity.h"

#include "registry/steps/objections.h"

namespace registry {
namespace {

Check check_start(Date from, Date today) {
  if (from < today) {
    return refuse("permit-starts-in-past").with("from", from.str()).with("today", today.str()).at("/valid_from");
  }
  const Date latest = today.plus_days(kStartsAheadDaysMax);
  if (from <= latest) return Accepted{};
  return refuse("permit-starts-too-late").with("from", from.str()).with("latest", latest.str()).at("/valid_from");
}

Check check_end(const PermitKind& kind, Date from, Date to) {
  if (to < from) {
    return refuse("permit-ends-before-start").with("from", from.str()).with("to", to.str()).at("/valid_to");
  }
  const Date latest = from.plus_months(kind.months_max);
  // A kind without a number of months has none in the law.
  if (kind.months_max > 0 && to > latest) {
    return refuse("permit-too-long")
        .with("kind", kind.name_en)
        .with("kind_zh", kind.name_zh)
        .with("months", std::to_string(kind.months_max))
        .with("latest", latest.str())
        .with("article", kind.article)
        .with("confidence", kind.confidence)
        .at("/valid_to");
  }
  if (!kind.within_calendar_year || to.year() == from.year()) return Accepted{};
  return refuse("permit-crosses-year")
      .with("kind", kind.name_en)
      .with("kind_zh", kind.name_zh)
      .with("latest", Date::of(from.year(), 12, 31).str())
      .with("article", kind.article)
      .with("confidence", kind.confidence)
      .at("/valid_to");
}

}  // namespace

Check check_validity(const PermitKind& kind, Date from, Date to, Date today) {
  Objections objections;
  if (today < kind.valid_from || today > kind.valid_to) {
    objections.add(refuse("permit-kind-not-in-force")
                       .with("kind", kind.name_en)
                       .with("kind_zh", kind.name_zh)
                       .with("from", kind.valid_from.str())
                       .with("to", kind.valid_to.str())
                       .at("/kind"));
  }
  objections.check(check_start(from, today));
  objections.check(check_end(kind, from, to));
  return std::move(objections).finish();
}

}  // namespace registry
