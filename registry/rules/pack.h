#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "registry/base/time.h"
#include "registry/domain/quantity.h"
#include "registry/domain/rows.h"

namespace registry {

/// How a pack sorts substances: 1 2 3 N P1 P2 NP in China, 1 2A 2B 3 4 in the EU.
struct SubstanceClass {
  std::string code, name_zh, name_en;
  /// Booked in micrograms and handled as a medicine.
  bool medicine = false;
  /// A salt of a listed substance is controlled as well (annex of 445: classes 1 and 2, not 3).
  bool salts = false;
  std::string article, confidence;
};

/// One listing of a substance in the catalogue. A substance that changed class has one for each period; an edition of
/// the pack shows the one of its day.
struct Substance {
  std::string code;
  /// Code of a SubstanceClass of the pack.
  std::string cls;
  bool pharma = false;
  std::string name_zh, name_en, cas, un1988_table, note;
  /// 1970-01-01 where the catalogue states none: in force from the start.
  Date effective_from;
  /// Last day of control, 9999-12-31 while listed.
  Date effective_to = Date::of(9999, 12, 31);
  /// How sure we are of class and days: S S2 M L D.
  std::string confidence;
  /// Other names, and other registry numbers (of members of a group, of salts), for matching.
  std::vector<std::string> aliases, other_cas;
  BaseUnit unit = BaseUnit::mg;
  bool medicine = false;
  /// Salts of it are controlled with it.
  bool salts = false;
  /// Place of the class in the pack's list.
  std::size_t cls_index = 0;
  bool is_medicine() const { return medicine; }
};

/// How a name or number on a label was found in the catalogue, in the order in which it is looked for.
enum class MatchKind { cas, name, alias, salt };
struct SubstanceMatch {
  const Substance* substance = nullptr;
  MatchKind kind = MatchKind::cas;
};

/// GB/T 2260 division with the years in which the code is in use.
struct Region {
  std::string code, name, province, prefecture, level;
  int from_year = 0;
  /// 9999 while in use.
  int to_year = 9999;
};

/// A kind of unit, in `party.register`. A finer kind counts as its broader ones too.
struct PartyKind {
  std::string code, name_zh, name_en;
  std::vector<std::string> is;
  std::string article, confidence;
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
inline constexpr std::size_t kPermitPurposes = 8;

/// One row of law.md 1.7 and its kin for medicines.
struct PermitKind {
  std::string code, name_zh, name_en;
  PermitPurpose purpose = PermitPurpose::purchase;
  /// What the same paper allows besides.
  std::vector<PermitPurpose> also;
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
  /// Kinds of unit that may hold it, where the pack says; none leaves it to the purpose.
  std::vector<std::string> holder_kinds;
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
  /// Papers it waives besides (a gift between users: the giver's trade licence too).
  std::vector<PermitPurpose> also_waives;
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
  /// Forms of the goods it is for, and the most doses of each at one time (0 without limit); none means any form.
  std::vector<std::pair<std::string, std::int64_t>> forms;
  /// The deadline of the duty that its use opens for the giver, and "" for none.
  std::string opens;
  /// A condition that the registry cannot see, so that no unit can claim it by itself: it is recorded where it is seen.
  bool seen_only = false;
  /// Opens a channel of the matrix and waives no paper: between regional wholesalers in an emergency.
  bool channel = false;
  std::string name_zh, name_en;
  Date valid_from, valid_to;
};

/// Where seller and buyer are, in a row of the channel matrix.
enum class RegionRelation { any, same_province, other_province };

/// One row of a channel matrix (law.md 3.2, 4.2): who may hand which goods to whom.
struct Channel {
  std::string id, article, confidence;
  /// Code of a Goods row.
  std::string goods;
  /// Kinds of unit; none means any.
  std::vector<std::string> sellers, buyers;
  RegionRelation region = RegionRelation::any;
  /// A row that forbids is asked before those that allow.
  bool allow = true;
  /// Kinds of paper, one of which the buyer must have named for the sale; none means that the row asks for none.
  std::vector<std::string> papers;
  /// A row that allows asks for this exemption, a row that forbids is lifted by it; "" for none.
  std::string exemption;
  std::string name_zh, name_en;
  Date valid_from, valid_to;
};

/// Two verified units, goods, and what the sale names.
struct ChannelQuestion {
  const Substance& substance;
  std::string_view form;
  /// Kinds joined by commas, and regions.
  std::string_view seller_kinds, buyer_kinds, seller_region, buyer_region;
  /// Kind of the buyer's paper, and the exemption claimed.
  std::string_view paper_kind = {}, exemption = {};
};

/// What the matrix says. `row` is the row that allowed or forbade, or the nearest one where no row allows; null where
/// the matrix says nothing about the goods.
struct ChannelAnswer {
  bool allowed = true;
  const Channel* row = nullptr;
};

/// A province's or city's own rules over those of the pack (law.md 1.8).
struct Overlay {
  std::string id, name_zh, name_en, article, confidence;
};

/// A rule as people read it: texts with {placeholders}, and the HTTP status of its refusal.
struct RuleText {
  std::string rule;
  /// refusal, finding, obligation, paper, deadline, exemption, channel or listing.
  std::string_view kind;
  int status = 409;
  std::string article, confidence;
  std::string title, title_zh, detail, detail_zh, what_to_do, what_to_do_zh;
};

/// The sentence for the code of one field of a form.
struct FieldText {
  std::string code, detail, detail_zh;
};

class LosingRules;
class TradeRules;
/// Certificates that show who a unit is: certificates.h.
struct CertificateRules;
/// Two-way checks, mixtures, special countries: border_rules.h.
struct BorderRules;

/// A step asks for a rule that this pack does not have, such as a period of China's under the pack of another country.
class RuleMissing : public std::out_of_range {
 public:
  using std::out_of_range::out_of_range;
};

/// schema/rules and schema/data, loaded once and asked; immutable, thread-safe. Nothing here reads files or the clock.
///
/// A loaded pack shows every row as it is now, also rows to come. Decisions ask an edition of it: the same pack as it
/// stands on one day under one overlay. Rows out of force stay visible there by their id, so that old papers can be
/// read; what is needed, served or forbidden counts rows in force only.
class RulePack {
 public:
  /// Parses the embedded data; throws Fault naming the file and line of a mistake in it.
  static RulePack load(std::string_view pack = "cn");
  RulePack(RulePack&&) noexcept;
  ~RulePack();

  /// "cn".
  std::string_view code() const;
  /// "cn/2024-09-01", "cn+zhejiang/2025-07-20": pack, overlay, and the day of its last change of rules; "cn" for the
  /// loaded pack.
  std::string_view edition() const;
  /// The edition in force on the day for a ledger whose policy has this `overlay` setting (dated codes, may be empty).
  /// It lives as long as the pack. Cheap: it stands on the path of every entry.
  const RulePack& on(Date day, std::string_view overlay = {}) const;
  /// First days of the editions of the pack itself, ascending.
  std::span<const Date> edition_days() const;
  std::span<const Overlay> overlays() const;
  const Overlay* overlay(std::string_view id) const;

  std::span<const SubstanceClass> classes() const;
  std::span<const Substance> substances() const;
  const Substance* substance(std::string_view code) const;
  bool in_force(const Substance& substance, Date on) const {
    return substance.effective_from <= on && on <= substance.effective_to;
  }
  /// By number first, then by name, alias, and as a salt of a listed base, in this order; only listings in force.
  std::vector<SubstanceMatch> match(std::string_view cas, std::string_view name) const;

  std::span<const Region> regions() const;
  const Region* region(std::string_view code) const;
  /// True if a transport paper is asked between the two: other prefecture, or other county where one of the two
  /// counties is a key area by the pack or by `key_areas`, dated codes of the ledger's policy (445-20, 87-15).
  bool crosses_border(std::string_view from, std::string_view to, std::string_view key_areas, Date on) const;
  /// True if `region` is `root` or lies in it: 360302 lies in 360300 and 360000.
  static bool lies_in(std::string_view region, std::string_view root);

  std::span<const PartyKind> party_kinds() const;
  const PartyKind* party_kind(std::string_view code) const;
  /// The kinds with all broader ones, sorted, each once.
  std::vector<std::string> with_broader_kinds(std::vector<std::string> kinds) const;

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
  /// The id of the exemption that covers a transport without a border (EX-20), "" where the pack has none.
  std::string_view exemption_inside(const Substance& substance) const;

  std::span<const Channel> channels() const;
  ChannelAnswer judge_channel(const ChannelQuestion& question) const;

  std::span<const Deadline> deadlines() const;
  /// Throws RuleMissing for an id the pack does not have.
  const Deadline& deadline(std::string_view rule) const;
  /// Null for a duty that this pack does not know.
  const Deadline* find_deadline(std::string_view rule) const;
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
  const CertificateRules& certificates() const;

  std::span<const RuleText> rule_texts() const;
  const RuleText* rule_text(std::string_view rule) const;
  const FieldText* field_text(std::string_view code) const;

 private:
  struct Data;
  explicit RulePack(std::unique_ptr<Data> data);
  std::unique_ptr<Data> data_;
};

/// "to be confirmed" and 待确认 for what was not read in a text of law (M, L); nothing for the rest.
std::string_view confirmation_note(std::string_view confidence);
std::string_view confirmation_note_zh(std::string_view confidence);

}  // namespace registry
