#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "registry/base/time.h"
#include "registry/domain/quantity.h"
#include "registry/domain/rows.h"

namespace registry {

/// One line of schema/data/substances.csv.
struct Substance {
  std::string code;
  /// 1 2 3 N P1 P2.
  std::string cls;
  bool pharma = false;
  std::string name_zh, name_en, cas, un1988_table, note;
  /// 1970-01-01 where the catalogue states none: in force from the start.
  Date effective_from;
  BaseUnit unit = BaseUnit::mg;
  bool is_medicine() const { return cls[0] == 'N' || cls[0] == 'P'; }
};

/// GB/T 2260 division with the years in which the code is in use.
struct Region {
  std::string code, name, province, prefecture, level;
  int from_year = 0;
  /// 9999 while in use.
  int to_year = 9999;
};

/// What a permit allows.
enum class PermitPurpose {
  produce,
  trade,
  purchase,
  transport,
  import_goods,
  export_goods,
  hold,
  /// Goes with an import or export licence (border_rules.h says which does).
  accompany
};

/// One row of law.md 1.7 and its kin for medicines.
struct PermitKind {
  std::string code, name_zh, name_en;
  PermitPurpose purpose = PermitPurpose::purchase;
  /// Classes it covers, and whether it is for pharmaceutical precursors only, for others only, or for both ("").
  std::vector<std::string> classes;
  std::string pharma;
  /// Role and lowest level of the issuer: PS X means public security of county, city, province or nation.
  std::string issuer_role, issuer_level;
  int months_max = 0;
  bool within_calendar_year = false;
  PermitUses uses = PermitUses::once;
  bool quantity_bound = true;
  std::string rule, article, confidence;
  /// Classes for which it is the buyer's paper as well: a seal card of a hospital, the licence of a wholesaler.
  std::vector<std::string> buys;
  /// 9999-12-31 while the rule is in force.
  Date valid_from, valid_to;
};

/// What is done with goods, where the law asks who does it.
enum class Act { in, out, use, count, destroy };

/// Rules on packages, prescriptions, who signs and how long papers are kept (registry/rules/goods.h).
class GoodsRules;

/// Which civil period a deadline belongs to; it then ends in the period after.
enum class Period { none, month, quarter, year };

/// A duty with a clock: so many days or months after an event (day 0 is the day of the event), months before it, or a
/// day in the period after the one it is about (the 10th of the next month, 31 March of the next year).
struct Deadline {
  std::string rule, article, confidence;
  int days = 0;
  bool working_days = false;
  /// After the event; below zero before it.
  int months = 0;
  Period period = Period::none;
  /// Day in the next period, and month in the next year.
  int month = 0, day = 0;
  /// A last day on which the offices are closed moves to the next working day.
  bool rolls = false;
  std::string name_zh, name_en;
  Date valid_from, valid_to;
};

/// A year of the State Council's notice of holidays, and how sure we are of it.
struct CalendarYear {
  int year = 0;
  std::string source, confidence;
};

/// Who owes what again and again, filings, reports and the ladder of escalation: registry/rules/duties.h.
struct Duties;

/// A case in which the law asks no paper (EX-16 ...); its use leaves a record.
struct Exemption {
  std::string id, article, confidence;
  PermitPurpose waives = PermitPurpose::purchase;
  std::vector<std::string> classes;
  /// "yes" pharmaceutical precursors only, "no" others only, "" both.
  std::string pharma;
  /// Codes; none means every substance of the classes.
  std::vector<std::string> substances;
  /// Kinds of party it is for; none means any.
  std::vector<std::string> holder_kinds;
  /// The paper the holder must have instead; "" for none.
  std::string instead;
  /// Most for one event and for one year, base units; 0 where the law names none.
  std::int64_t once_max = 0, year_max = 0;
  std::string name_zh, name_en;
  Date valid_from, valid_to;
};

/// A rule as people read it: texts with {placeholders}, and the HTTP status of its refusal.
struct RuleText {
  std::string rule;
  int status = 409;
  std::string article, confidence;
  std::string title, title_zh, detail, detail_zh, what_to_do, what_to_do_zh;
};

/// The sentence for the code of one field of a form.
struct FieldText {
  std::string code, detail, detail_zh;
};

class LosingRules;
/// Two-way checks, mixtures, special countries: border_rules.h.
struct BorderRules;
class TradeRules;

/// schema/rules and schema/data, loaded once and asked; immutable, thread-safe. Nothing here reads files or the clock.
class RulePack {
 public:
  /// Parses the embedded data; throws Fault naming the file and line of a mistake in it.
  static RulePack load(std::string_view pack = "cn");
  RulePack(RulePack&&) noexcept;
  ~RulePack();

  std::span<const Substance> substances() const;
  const Substance* substance(std::string_view code) const;
  bool in_force(const Substance& substance, Date on) const { return substance.effective_from <= on; }

  std::span<const Region> regions() const;
  const Region* region(std::string_view code) const;
  /// True if a transport paper is asked between the two: other prefecture, or other county where one of the two
  /// counties is in `key_areas` (445-20, 87-15).
  bool crosses_border(std::string_view from, std::string_view to, std::string_view key_areas) const;
  /// True if `region` is `root` or lies in it: 360302 lies in 360300 and 360000.
  static bool lies_in(std::string_view region, std::string_view root);

  std::span<const PermitKind> permit_kinds() const;
  const PermitKind* permit_kind(std::string_view code) const;
  /// True if this kind of paper is the one asked for this purpose and substance.
  bool serves(const PermitKind& kind, PermitPurpose purpose, const Substance& substance) const;
  /// Whether the law asks any paper for the purpose and class at all.
  bool needs_permit(PermitPurpose purpose, const Substance& substance) const;
  /// Codes of all kinds that serve, for "what to do": "C23-BUY-1, C23-BUY-N".
  std::string kinds_for(PermitPurpose purpose, const Substance& substance) const;

  std::span<const Exemption> exemptions() const;
  const Exemption* exemption(std::string_view id) const;
  /// Whether the exemption is written for this purpose and substance; party, papers and amounts are for the step.
  bool covers(const Exemption& exemption, PermitPurpose purpose, const Substance& substance) const;

  std::span<const Deadline> deadlines() const;
  /// Throws std::out_of_range for an id the pack does not have: a bug.
  const Deadline& deadline(std::string_view rule) const;
  /// Last moment + 1 ms of a period that starts on `start`: day 0 is the event day. For a deadline before an event
  /// `start` is the event; for one of a period any day of the period.
  UtcTime due(const Deadline& deadline, Date start) const;
  bool is_working_day(Date day) const;
  /// Years whose holidays are known; in others only weekends are off.
  std::span<const CalendarYear> calendar_years() const;
  const Duties& duties() const;

  /// Who may buy, how it is paid, what is filed and checked, and the terms of papers.
  const TradeRules& trade() const;

  /// Relative difference that counts as measuring uncertainty for goods of the substance: ppm of the amount.
  std::int64_t tolerance_ppm(const Substance& substance) const;
  /// Severity of a loss by the criminal thresholds of law.md 5.3.
  Severity severity_of_loss(const Substance& substance, std::int64_t amount) const;
  /// Lowest amount that is a crime; nothing where no figure is known.
  std::optional<std::int64_t> criminal_threshold(const Substance& substance) const;
  /// Two persons must sign for this act (442-46 to 48, 72-32, 72-33).
  bool needs_two_persons(const Substance& substance, Act act) const;
  /// Two persons must sign for one act or another: goods that are guarded.
  bool needs_two_persons(const Substance& substance) const;
  const GoodsRules& goods() const;

  /// Grades of a loss, severities of findings, who is told, what an inspector looks at, what becomes of seized goods.
  const LosingRules& losing() const;
  const BorderRules& border() const;

  std::span<const RuleText> rule_texts() const;
  const RuleText* rule_text(std::string_view rule) const;
  const FieldText* field_text(std::string_view code) const;

 private:
  struct Data;
  explicit RulePack(std::unique_ptr<Data> data);
  std::unique_ptr<Data> data_;
};

}  // namespace registry
