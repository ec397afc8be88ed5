#include "registry/rules/pack.h"

#include <algorithm>
#include <stdexcept>

#include "registry/rules/border_rules.h"
#include "registry/rules/duties.h"
#include "registry/rules/goods.h"
#include "registry/rules/losing.h"
#include "registry/rules/pack_parts.h"
#include "registry/rules/trade_rules.h"

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

Region read_nation(const JsonNode& pack) {
  const JsonNode node = pack.member("nation");
  Region nation;
  nation.code = node.text("code");
  nation.name = node.text("name_zh");
  nation.level = "国家级";
  return nation;
}

}  // namespace

struct RulePack::Data {
  std::vector<Substance> substances;
  std::vector<Region> regions;
  std::vector<PermitKind> permit_kinds;
  std::vector<Exemption> exemptions;
  std::vector<Deadline> deadlines;
  WorkCalendar calendar;
  std::unique_ptr<TradeRules> trade;
  Amounts amounts;
  LosingRules losing;
  GoodsRules goods;
  Texts texts;
  BorderRules border;
  Duties duties;

  /// Its deadlines are deadlines like all others.
  void load_trade(const JsonNode& node) {
    add_deadlines(node, deadlines);
    trade = std::make_unique<TradeRules>(node);
  }
};

RulePack::RulePack(std::unique_ptr<Data> data) : data_(std::move(data)) {}
RulePack::RulePack(RulePack&&) noexcept = default;
RulePack::~RulePack() = default;

RulePack RulePack::load(std::string_view pack) {
  const JsonNode node = JsonNode::load("rules/" + std::string(pack) + ".json");
  node.only({"pack", "name", "name_zh", "nation", "permit_kinds", "exemptions", "deadlines", "calendar", "duties",
             "tolerances", "criminal_thresholds", "loss_severity"});
  auto data = std::make_unique<Data>();
  data->substances = load_substances();
  data->regions = load_regions(read_nation(node));
  data->permit_kinds = load_permit_kinds(node);
  data->exemptions = load_exemptions(node);
  add_deadlines(node, data->deadlines);
  data->calendar = load_calendar(node);
  data->amounts = load_amounts(node, data->substances);
  data->losing = LosingRules::load(pack);
  data->goods = load_goods(JsonNode::load("rules/" + std::string(pack) + "_goods.json"), data->substances);
  data->texts = load_texts();
  data->load_trade(JsonNode::load("rules/" + std::string(pack) + "_trade.json"));
  data->duties = load_duties(node.text_or("duties", ""), data->deadlines);
  RulePack out(std::move(data));
  out.data_->border = load_border_rules("rules/border_" + std::string(pack) + ".json", out);
  return out;
}

std::span<const Substance> RulePack::substances() const { return data_->substances; }
const Substance* RulePack::substance(std::string_view code) const {
  return find_sorted(data_->substances, &Substance::code, code);
}

std::span<const Region> RulePack::regions() const { return data_->regions; }
const Region* RulePack::region(std::string_view code) const { return find_sorted(data_->regions, &Region::code, code); }

std::span<const PermitKind> RulePack::permit_kinds() const { return data_->permit_kinds; }
const PermitKind* RulePack::permit_kind(std::string_view code) const {
  return find_row(data_->permit_kinds, &PermitKind::code, code);
}

bool RulePack::serves(const PermitKind& kind, PermitPurpose purpose, const Substance& substance) const {
  if (kind.purpose == purpose && takes_in(kind.classes, kind.pharma, substance)) return true;
  return purpose == PermitPurpose::purchase && takes_in(kind.buys, kind.pharma, substance);
}

bool RulePack::needs_permit(PermitPurpose purpose, const Substance& substance) const {
  return std::any_of(data_->permit_kinds.begin(), data_->permit_kinds.end(),
                     [&](const PermitKind& kind) { return serves(kind, purpose, substance); });
}

std::string RulePack::kinds_for(PermitPurpose purpose, const Substance& substance) const {
  std::string out;
  for (const PermitKind& kind : data_->permit_kinds)
    if (serves(kind, purpose, substance)) out += (out.empty() ? "" : ", ") + kind.code;
  return out;
}

std::span<const Exemption> RulePack::exemptions() const { return data_->exemptions; }
const Exemption* RulePack::exemption(std::string_view id) const {
  return find_row(data_->exemptions, &Exemption::id, id);
}

bool RulePack::covers(const Exemption& exemption, PermitPurpose purpose, const Substance& substance) const {
  if (exemption.waives != purpose || !takes_in(exemption.classes, exemption.pharma, substance)) return false;
  return exemption.substances.empty() || contains(exemption.substances, substance.code);
}

std::span<const Deadline> RulePack::deadlines() const { return data_->deadlines; }
const Deadline& RulePack::deadline(std::string_view rule) const {
  const Deadline* found = find_row(data_->deadlines, &Deadline::rule, rule);
  if (!found) throw std::out_of_range("no deadline " + std::string(rule));
  return *found;
}

UtcTime RulePack::due(const Deadline& deadline, Date start) const {
  return end_of(last_day(deadline, start, data_->calendar));
}

const TradeRules& RulePack::trade() const { return *data_->trade; }
bool RulePack::is_working_day(Date day) const { return data_->calendar.is_working(day); }
std::span<const CalendarYear> RulePack::calendar_years() const { return data_->calendar.years; }
const Duties& RulePack::duties() const { return data_->duties; }

std::int64_t RulePack::tolerance_ppm(const Substance& substance) const {
  const Amounts& amounts = data_->amounts;
  if (substance.is_medicine()) return amounts.medicine_ppm;
  return contains(amounts.liquids, substance.code) ? amounts.liquid_ppm : amounts.solid_ppm;
}

std::optional<std::int64_t> RulePack::criminal_threshold(const Substance& substance) const {
  const Amounts& amounts = data_->amounts;
  const auto* named = find_row(amounts.thresholds, &Amounts::Threshold::substance, substance.code);
  if (!named) named = find_row(amounts.class_thresholds, &Amounts::Threshold::substance, substance.cls);
  return named ? std::optional(named->amount) : std::nullopt;
}

Severity RulePack::severity_of_loss(const Substance& substance, std::int64_t amount) const {
  const Amounts& amounts = data_->amounts;
  const bool guarded = needs_two_persons(substance);
  const auto threshold = criminal_threshold(substance);
  if (!threshold) return guarded ? amounts.unnamed_two_person : amounts.unnamed_other;
  for (const Amounts::Grade& grade : amounts.grades)
    if (amount >= ppm_of(*threshold, grade.permille * 1000)) return grade.severity;
  return guarded ? Severity::medium : Severity::low;
}

bool RulePack::needs_two_persons(const Substance& substance, Act act) const {
  return data_->goods.needs_two_persons(substance, act);
}
bool RulePack::needs_two_persons(const Substance& substance) const { return data_->goods.needs_two_persons(substance); }
const GoodsRules& RulePack::goods() const { return data_->goods; }

const LosingRules& RulePack::losing() const { return data_->losing; }
const BorderRules& RulePack::border() const { return data_->border; }

std::span<const RuleText> RulePack::rule_texts() const { return data_->texts.rules; }
const RuleText* RulePack::rule_text(std::string_view rule) const {
  return find_sorted(data_->texts.rules, &RuleText::rule, rule);
}
const FieldText* RulePack::field_text(std::string_view code) const {
  return find_sorted(data_->texts.fields, &FieldText::code, code);
}

}  // namespace registry
