#include "registry/rules/edition.h"

namespace registry {
namespace {

template <class T>
Date first_day(const T& row) {
  if constexpr (requires { row.effective_from; })
    return row.effective_from;
  else
    return row.valid_from;
}

template <class T>
Date last_day(const T& row) {
  if constexpr (requires { row.effective_to; })
    return row.effective_to;
  else
    return row.valid_to;
}

/// In force beats over beats to come; of those that are over the last, of those to come the first.
template <class T>
bool is_better(const T& row, const T& than, Date day) {
  const auto rank = [&](const T& r) { return first_day(r) > day ? 2 : last_day(r) < day ? 1 : 0; };
  const int a = rank(row), b = rank(than);
  if (a != b) return a < b;
  return a == 1 ? last_day(row) > last_day(than) : a == 2 && first_day(row) < first_day(than);
}

template <class T>
std::vector<T> pick(const std::vector<T>& all, std::string T::*id, Date day) {
  std::vector<const T*> best;
  std::unordered_map<std::string_view, std::size_t> places;
  for (const T& row : all) {
    const auto [at, is_new] = places.emplace(row.*id, best.size());
    if (is_new)
      best.push_back(&row);
    else if (is_better(row, *best[at->second], day))
      best[at->second] = &row;
  }
  std::vector<T> out;
  out.reserve(best.size());
  for (const T* row : best) out.push_back(*row);
  return out;
}

template <class T>
void add_days(const std::vector<T>& rows, std::set<Date>& days) {
  for (const T& row : rows) {
    days.insert(first_day(row));
    if (last_day(row) < Date::of(9999, 12, 31)) days.insert(last_day(row).plus_days(1));
  }
}

bool has(const std::vector<PermitPurpose>& list, PermitPurpose purpose) {
  return std::find(list.begin(), list.end(), purpose) != list.end();
}

/// Whether the kind is the paper for this purpose, class and pharma mark.
bool is_paper_for(const PermitKind& kind, PermitPurpose purpose, const Substance& substance) {
  const bool is_of_purpose = kind.purpose == purpose || has(kind.also, purpose);
  if (is_of_purpose && takes_in(kind.classes, kind.pharma, substance)) return true;
  return purpose == PermitPurpose::purchase && takes_in(kind.buys, kind.pharma, substance);
}

}  // namespace

DatedRows load_dated_rows(const JsonNode& file) {
  DatedRows out;
  out.permit_kinds = load_permit_kinds(file);
  out.exemptions = load_exemptions(file);
  if (file.has("deadlines")) add_deadlines(file, out.deadlines);
  out.channels = load_channels(file);
  return out;
}

std::vector<Date> change_days(const DatedRows& all) {
  std::set<Date> days{Date{}};
  add_days(all.substances, days);
  add_days(all.permit_kinds, days);
  add_days(all.exemptions, days);
  add_days(all.deadlines, days);
  add_days(all.channels, days);
  return {days.begin(), days.end()};
}

DatedRows rows_on(const DatedRows& all, Date day) {
  DatedRows out;
  out.substances = pick(all.substances, &Substance::code, day);
  out.permit_kinds = pick(all.permit_kinds, &PermitKind::code, day);
  out.exemptions = pick(all.exemptions, &Exemption::id, day);
  out.deadlines = pick(all.deadlines, &Deadline::rule, day);
  out.channels = pick(all.channels, &Channel::id, day);
  return out;
}

RulePack::Data::Data(std::shared_ptr<const PackBase> shared, DatedRows picked, Date on, std::string name)
    : base(std::move(shared)), rows(std::move(picked)), day(on), edition(std::move(name)) {
  substances = {rows.substances, &Substance::code};
  permit_kinds = {rows.permit_kinds, &PermitKind::code};
  exemptions = {rows.exemptions, &Exemption::id};
  deadlines = {rows.deadlines, &Deadline::rule};
  sort_papers();
}

std::size_t RulePack::Data::slot(PermitPurpose purpose, const Substance& substance) const {
  return (static_cast<std::size_t>(purpose) * base->classes.size() + substance.cls_index) * 2 + substance.pharma;
}

void RulePack::Data::sort_papers() {
  papers.resize(kPermitPurposes * base->classes.size() * 2);
  Substance any;
  for (std::size_t cls = 0; cls < base->classes.size(); ++cls) {
    for (const bool pharma : {false, true}) {
      any.cls = base->classes[cls].code;
      any.cls_index = cls;
      any.pharma = pharma;
      for (std::size_t p = 0; p < kPermitPurposes; ++p) {
        const auto purpose = static_cast<PermitPurpose>(p);
        for (const PermitKind& kind : rows.permit_kinds)
          if (kind.valid_from <= day && day <= kind.valid_to && is_paper_for(kind, purpose, any))
            papers[slot(purpose, any)].push_back(&kind);
      }
    }
  }
}

}  // namespace registry
