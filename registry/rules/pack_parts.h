#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "registry/rules/duties.h"
#include "registry/rules/json_file.h"
#include "registry/rules/pack.h"

// The parts a pack is loaded from, each in a source file of its own name. All throw Fault on a mistake in the data.
namespace registry {

/// What every rule of a pack states: its article, how sure we are of it (S S2 M L D), and the days it is in force.
struct RuleHead {
  std::string article, confidence;
  Date valid_from, valid_to;
};
RuleHead read_rule_head(const JsonNode& node);
bool is_confidence(std::string_view tag);

/// Versions of one rule follow each other: a second row of the same id that is in force on the same days is a Fault.
template <class T>
void check_versions(const std::vector<T>& rows, std::string T::*id, const JsonNode& node) {
  const T& newest = rows.back();
  for (std::size_t i = 0; i + 1 < rows.size(); ++i)
    if (rows[i].*id == newest.*id && rows[i].valid_from <= newest.valid_to && newest.valid_from <= rows[i].valid_to)
      node.fail("a second row in force for " + newest.*id);
}
/// "import"; the names are those of the rule files and of the API.
std::string_view purpose_name(PermitPurpose purpose);
PermitPurpose read_purpose(const JsonNode& node, std::string_view name);
PermitPurpose purpose_called(const std::string& text, const JsonNode& node);
/// "", "yes" or "no".
std::string read_pharma(const JsonNode& node);
/// Whether a class and pharma condition, as permit kinds and exemptions have it, takes in the substance.
bool takes_in(const std::vector<std::string>& classes, std::string_view pharma, const Substance& substance);

std::vector<SubstanceClass> load_classes(const JsonNode& pack);
/// All listings of the pack's catalogues, sorted by code, then by day.
std::vector<Substance> load_substances(const JsonNode& pack, const std::vector<SubstanceClass>& classes);
std::vector<PartyKind> load_party_kinds(const JsonNode& pack);
/// Sorted by code, the name now in use first. `nation` is the code of the whole country, which GB/T 2260 itself does
/// not list.
std::vector<Region> load_regions(std::string_view path, const Region& nation);
std::vector<PermitKind> load_permit_kinds(const JsonNode& pack);
std::vector<Exemption> load_exemptions(const JsonNode& pack);
std::vector<Channel> load_channels(const JsonNode& pack);

/// What the channel matrix calls goods: classes, and forms ("" is the raw substance; none means any form).
struct GoodsKind {
  std::string code;
  std::vector<std::string> classes;
  std::string pharma;
  std::vector<std::string> forms;
};
std::vector<GoodsKind> load_goods_kinds(const JsonNode& pack);
bool is_goods(const GoodsKind& goods, const Substance& substance, std::string_view form);

/// Days on which the offices are closed, and weekend days on which they work (调休), sorted.
struct WorkCalendar {
  std::vector<Date> closed, worked;
  std::vector<CalendarYear> years;
  bool is_working(Date day) const;
  /// The day itself, or the first working day after it.
  Date working_from(Date day) const;
  /// The n-th working day after `start`, which itself does not count.
  Date after(Date start, int n) const;
};
WorkCalendar load_calendar(const JsonNode& pack);
/// The last day of a deadline that starts on `start`.
Date last_day(const Deadline& deadline, Date start, const WorkCalendar& calendar);

/// Reads the file of duties, none for "", and adds the deadlines that stand in it. A duty without a deadline is a
/// Fault.
Duties load_duties(const std::string& file, std::vector<Deadline>& deadlines);
/// Adds those of a file; a second one for a rule is a Fault.
void add_deadlines(const JsonNode& file, std::vector<Deadline>& out);

/// Which difference is measuring uncertainty, and how grave a loss is.
struct Amounts {
  std::vector<std::string> liquids;
  std::int64_t liquid_ppm = 0, solid_ppm = 0, medicine_ppm = 0;
  struct Threshold {
    std::string substance;
    std::int64_t amount = 0;
  };
  /// By substance, sorted; then by class, for those the text does not name.
  std::vector<Threshold> thresholds, class_thresholds;
  struct Grade {
    std::int64_t permille = 0;
    Severity severity = Severity::low;
  };
  /// Highest first.
  std::vector<Grade> grades;
  Severity unnamed_two_person = Severity::high, unnamed_other = Severity::medium;
};
Amounts load_amounts(const JsonNode& pack, const std::vector<Substance>& substances);

/// The second file of a pack, and the salts.
GoodsRules load_goods(const JsonNode& node, const std::vector<Substance>& substances);

struct Texts {
  /// Sorted by rule, by code.
  std::vector<RuleText> rules;
  std::vector<FieldText> fields;
};
/// Adds the texts of one file; a second text for one id is a Fault. `kind` is refusal, finding or obligation.
void add_texts(const JsonNode& file, Texts& texts, std::string_view kind = "refusal");
/// Those of all embedded files of refusals, findings and obligations.
Texts load_texts();

}  // namespace registry
