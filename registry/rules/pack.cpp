#include "registry/rules/pack.h"

#include <algorithm>

#include "registry/rules/dated_codes.h"
#include "registry/rules/edition.h"

namespace registry {
namespace {

/// The row of a list sorted by `key`, or null.
template <class T>
const T* find_sorted(const std::vector<T>& list, std::string T::*key, std::string_view value) {
  const auto place =
      std::lower_bound(list.begin(), list.end(), value, [&](const T& row, std::string_view v) { return row.*key < v; });
  return place != list.end() && (*place).*key == value ? &*place : nullptr;
}

/// The row of a short list in the order of the data file, or null.
template <class T>
const T* find_row(const std::vector<T>& list, std::string T::*key, std::string_view value) {
  const auto place = std::find_if(list.begin(), list.end(), [&](const T& row) { return row.*key == value; });
  return place != list.end() ? &*place : nullptr;
}

bool contains(const std::vector<std::string>& list, std::string_view value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

bool contains(const std::vector<PermitPurpose>& list, PermitPurpose value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

}  // namespace

RulePack::RulePack(std::unique_ptr<Data> data) : data_(std::move(data)) {}
RulePack::RulePack(RulePack&&) noexcept = default;
RulePack::~RulePack() = default;

std::string_view RulePack::code() const { return data_->base->code; }
std::string_view RulePack::edition() const { return data_->edition; }

const RulePack& RulePack::on(Date day, std::string_view overlay) const {
  if (data_->lines.empty()) return *this;
  const std::string_view wanted = overlay.empty() ? overlay : code_on(overlay, day);
  EditionLine* line = &data_->lines.front();
  for (EditionLine& each : data_->lines)
    if (each.overlay == wanted) line = &each;
  const auto after = std::upper_bound(line->days.begin(), line->days.end(), day);
  const std::size_t place = after == line->days.begin() ? 0 : static_cast<std::size_t>(after - line->days.begin()) - 1;
  EditionLine::Slot& slot = line->slots[place];
  std::call_once(slot.once, [&] {
    const Date first = line->days[place];
    std::string name = data_->base->code + (line->overlay.empty() ? "" : "+" + line->overlay) + "/" + first.str();
    slot.pack.reset(
        new RulePack(std::make_unique<Data>(data_->base, rows_on(line->all, first), first, std::move(name))));
  });
  return *slot.pack;
}

std::span<const Date> RulePack::edition_days() const {
  return data_->lines.empty() ? std::span<const Date>(&data_->day, 1) : std::span<const Date>(data_->lines[0].days);
}

std::span<const Overlay> RulePack::overlays() const { return data_->base->overlays; }
const Overlay* RulePack::overlay(std::string_view id) const {
  return find_row(data_->base->overlays, &Overlay::id, id);
}

std::span<const SubstanceClass> RulePack::classes() const { return data_->base->classes; }
std::span<const Substance> RulePack::substances() const { return data_->rows.substances; }
const Substance* RulePack::substance(std::string_view code) const { return data_->substances.find(code); }

std::span<const Region> RulePack::regions() const { return data_->base->regions; }
const Region* RulePack::region(std::string_view code) const {
  return find_sorted(data_->base->regions, &Region::code, code);
}

bool RulePack::crosses_border(std::string_view from, std::string_view to, std::string_view key_areas, Date on) const {
  return crosses(data_->base->borders, from, to, key_areas, on);
}

std::span<const PartyKind> RulePack::party_kinds() const { return data_->base->party_kinds; }
const PartyKind* RulePack::party_kind(std::string_view code) const {
  return find_row(data_->base->party_kinds, &PartyKind::code, code);
}

std::span<const PermitKind> RulePack::permit_kinds() const { return data_->rows.permit_kinds; }
const PermitKind* RulePack::permit_kind(std::string_view code) const { return data_->permit_kinds.find(code); }

bool RulePack::serves(const PermitKind& kind, PermitPurpose purpose, const Substance& substance) const {
  const bool is_of_purpose = kind.purpose == purpose || contains(kind.also, purpose);
  if (is_of_purpose && takes_in(kind.classes, kind.pharma, substance)) return true;
  return purpose == PermitPurpose::purchase && takes_in(kind.buys, kind.pharma, substance);
}

bool RulePack::needs_permit(PermitPurpose purpose, const Substance& substance) const {
  return !data_->papers_for(purpose, substance).empty();
}

std::string RulePack::kinds_for(PermitPurpose purpose, const Substance& substance) const {
  std::string out;
  for (const PermitKind* kind : data_->papers_for(purpose, substance)) out += (out.empty() ? "" : ", ") + kind->code;
  return out;
}

std::span<const Exemption> RulePack::exemptions() const { return data_->rows.exemptions; }
const Exemption* RulePack::exemption(std::string_view id) const { return data_->exemptions.find(id); }

bool RulePack::covers(const Exemption& exemption, PermitPurpose purpose, const Substance& substance) const {
  if (exemption.waives != purpose && !contains(exemption.also_waives, purpose)) return false;
  if (!takes_in(exemption.classes, exemption.pharma, substance)) return false;
  return exemption.substances.empty() || contains(exemption.substances, substance.code);
}

std::string_view RulePack::exemption_inside(const Substance& substance) const {
  for (const Exemption& each : data_->rows.exemptions)
    if (each.seen_only && each.valid_from <= data_->day && covers(each, PermitPurpose::transport, substance))
      return each.id;
  return {};
}

std::span<const Channel> RulePack::channels() const { return data_->rows.channels; }

std::span<const Deadline> RulePack::deadlines() const { return data_->rows.deadlines; }
const Deadline* RulePack::find_deadline(std::string_view rule) const { return data_->deadlines.find(rule); }
const Deadline& RulePack::deadline(std::string_view rule) const {
  const Deadline* found = find_deadline(rule);
  if (!found) throw RuleMissing("no deadline " + std::string(rule));
  return *found;
}

UtcTime RulePack::due(const Deadline& deadline, Date start) const {
  return end_of(last_day(deadline, start, data_->base->calendar));
}
bool RulePack::is_working_day(Date day) const { return data_->base->calendar.is_working(day); }
std::span<const CalendarYear> RulePack::calendar_years() const { return data_->base->calendar.years; }
const Duties& RulePack::duties() const { return data_->base->duties; }

std::int64_t RulePack::tolerance_ppm(const Substance& substance) const {
  const Amounts& amounts = data_->base->amounts;
  if (substance.is_medicine()) return amounts.medicine_ppm;
  return contains(amounts.liquids, substance.code) ? amounts.liquid_ppm : amounts.solid_ppm;
}

std::optional<std::int64_t> RulePack::criminal_threshold(const Substance& substance) const {
  const Amounts& amounts = data_->base->amounts;
  const auto* named = find_row(amounts.thresholds, &Amounts::Threshold::substance, substance.code);
  if (!named) named = find_row(amounts.class_thresholds, &Amounts::Threshold::substance, substance.cls);
  return named ? std::optional(named->amount) : std::nullopt;
}

Severity RulePack::severity_of_loss(const Substance& substance, std::int64_t amount) const {
  const Amounts& amounts = data_->base->amounts;
  const bool guarded = needs_two_persons(substance);
  const auto threshold = criminal_threshold(substance);
  if (!threshold) return guarded ? amounts.unnamed_two_person : amounts.unnamed_other;
  for (const Amounts::Grade& grade : amounts.grades)
    if (amount >= ppm_of(*threshold, grade.permille * 1000)) return grade.severity;
  return guarded ? Severity::medium : Severity::low;
}

bool RulePack::needs_two_persons(const Substance& substance, Act act) const {
  return data_->base->goods.needs_two_persons(substance, act);
}
bool RulePack::needs_two_persons(const Substance& substance) const {
  return data_->base->goods.needs_two_persons(substance);
}
const GoodsRules& RulePack::goods() const { return data_->base->goods; }

const TradeRules& RulePack::trade() const { return *data_->base->trade; }
const LosingRules& RulePack::losing() const { return data_->base->losing; }
const BorderRules& RulePack::border() const { return data_->base->border; }
const CertificateRules& RulePack::certificates() const { return data_->base->certificates; }

std::span<const RuleText> RulePack::rule_texts() const { return data_->base->texts.rules; }
const RuleText* RulePack::rule_text(std::string_view rule) const {
  return find_sorted(data_->base->texts.rules, &RuleText::rule, rule);
}
const FieldText* RulePack::field_text(std::string_view code) const {
  return find_sorted(data_->base->texts.fields, &FieldText::code, code);
}

}  // namespace registry
