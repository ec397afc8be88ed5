#include "registry/rules/duties.h"

#include <algorithm>

#include "registry/domain/value.h"
#include "registry/rules/pack_parts.h"

namespace registry {
namespace {

Scope read_scope(const JsonNode& node) {
  return {node.texts_or_none("party_kinds"), node.texts_or_none("permit_kinds"), node.texts_or_none("classes"),
          node.texts_or_none("substances"), read_pharma(node)};
}

/// The text of `name`, which is the rule of a deadline.
std::string read_rule(const JsonNode& node, std::string_view name, const std::vector<Deadline>& deadlines) {
  const std::string rule = node.text(name);
  const auto same = [&](const Deadline& deadline) { return deadline.rule == rule; };
  if (std::none_of(deadlines.begin(), deadlines.end(), same)) node.fail("no deadline " + rule);
  return rule;
}

template <class E>
E read_enum(const JsonNode& node, std::string_view name) {
  E value{};
  const std::string word = node.text(name);
  if (!parse_name(word, value)) node.fail("no such word " + word);
  return value;
}

ReportSubject read_subject(const JsonNode& node) {
  static constexpr std::pair<std::string_view, ReportSubject> kWords[] = {
      {"period", ReportSubject::period},           {"permit", ReportSubject::permit}, {"sale", ReportSubject::sale},
      {"consignment", ReportSubject::consignment}, {"site", ReportSubject::site},     {"free", ReportSubject::free}};
  const std::string word = node.text("subject");
  for (const auto& [name, value] : kWords)
    if (name == word) return value;
  node.fail("no subject " + word);
}

Period period_of(const JsonNode& node, std::string_view rule, const std::vector<Deadline>& deadlines) {
  const auto same = [&](const Deadline& deadline) { return deadline.rule == rule; };
  const Period period = std::find_if(deadlines.begin(), deadlines.end(), same)->period;
  if (period == Period::none) node.fail("a duty that comes back has a period");
  return period;
}

RecurringRule read_recurring(const JsonNode& node, const std::vector<Deadline>& deadlines) {
  node.only(
      {"kind", "deadline", "party_kinds", "permit_kinds", "classes", "substances", "pharma", "agencies", "per_site"});
  RecurringRule out;
  out.kind = node.text("kind");
  out.deadline = read_rule(node, "deadline", deadlines);
  out.scope = read_scope(node);
  out.agencies = node.texts_or_none("agencies");
  out.per_site = node.flag_or("per_site", false);
  out.period = period_of(node, out.deadline, deadlines);
  return out;
}

PermitDuty read_permit_duty(const JsonNode& node, const std::vector<Deadline>& deadlines) {
  node.only({"kind", "permit_kinds", "deadline", "from_arrival", "of_issuer"});
  return {node.text("kind"), read_scope(node), read_rule(node, "deadline", deadlines),
          node.flag_or("from_arrival", false), node.flag_or("of_issuer", false)};
}

FilingTime read_filing(const JsonNode& node, const std::vector<Deadline>& deadlines) {
  node.only({"kind", "purpose", "party_kinds", "classes", "substances", "pharma", "deadline"});
  return {node.text("kind"), read_purpose(node, "purpose"), read_scope(node), read_rule(node, "deadline", deadlines)};
}

FeedbackRule read_feedback(const JsonNode& node, const std::vector<Deadline>& deadlines) {
  node.only({"kind", "permit_kinds", "deadline"});
  FeedbackRule out{node.text("kind"), read_scope(node), read_rule(node, "deadline", deadlines)};
  out.period = period_of(node, out.deadline, deadlines);
  return out;
}

ReportClock read_clock(const JsonNode& node, const std::vector<Deadline>& deadlines) {
  node.only({"permit_kinds", "party_kinds", "deadline"});
  return {read_scope(node), read_rule(node, "deadline", deadlines)};
}

ReportKind read_report(const JsonNode& node, const std::vector<Deadline>& deadlines) {
  node.only({"code", "name", "name_zh", "subject", "by", "to", "closes", "opens", "answers", "clocks", "late"});
  ReportKind out;
  out.code = node.text("code");
  out.name_en = node.text("name");
  out.name_zh = node.text("name_zh");
  out.subject = read_subject(node);
  out.by = node.text_or("by", "");
  out.to_agency = node.flag_or("to", false);
  out.closes = node.text_or("closes", "");
  if (node.has("opens")) out.opens = read_rule(node, "opens", deadlines);
  out.answers = node.flag_or("answers", false);
  if (node.has("clocks"))
    for (const JsonNode& clock : node.elements("clocks")) out.clocks.push_back(read_clock(clock, deadlines));
  out.late = node.has("late") ? read_enum<Severity>(node, "late") : Severity::medium;
  return out;
}

EscalationLadder read_ladder(const JsonNode& node) {
  node.only({"kinds", "steps"});
  EscalationLadder out{node.texts_or_none("kinds"), {}};
  for (const JsonNode& step : node.elements("steps")) {
    step.only({"stage", "from_days", "severity", "seen_by"});
    out.steps.push_back({step.text("stage"), static_cast<int>(step.integer("from_days")),
                         read_enum<Severity>(step, "severity"), step.texts("seen_by")});
    if (out.steps.size() > 1 && out.steps.back().from_days <= out.steps[out.steps.size() - 2].from_days)
      step.fail("steps go up");
  }
  if (out.steps.empty()) node.fail("a ladder has steps");
  return out;
}

bool contains(const std::vector<std::string>& list, std::string_view value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

/// An empty list asks nothing.
bool fits(const std::vector<std::string>& list, std::string_view value) {
  return list.empty() || contains(list, value);
}

}  // namespace

bool Scope::takes_in(const Substance& substance) const {
  if (classes.empty() && substances.empty()) return false;
  if (!fits(substances, substance.code) || !fits(classes, substance.cls)) return false;
  return pharma.empty() || (pharma == "yes") == substance.pharma;
}

bool Scope::names_permit(std::string_view kind) const { return contains(permit_kinds, kind); }

const ReportKind* Duties::report(std::string_view code) const {
  for (const ReportKind& kind : reports)
    if (kind.code == code) return &kind;
  return nullptr;
}

const FilingTime* Duties::filing(PermitPurpose purpose, const Substance& substance) const {
  for (const FilingTime& filing : filings)
    if (filing.purpose == purpose && filing.scope.takes_in(substance)) return &filing;
  return nullptr;
}

const EscalationLadder* Duties::ladder(std::string_view kind) const {
  for (const EscalationLadder& ladder : ladders)
    if (fits(ladder.kinds, kind)) return &ladder;
  return nullptr;
}

Duties load_duties(const std::string& file, std::vector<Deadline>& deadlines) {
  Duties out;
  if (file.empty()) return out;
  const JsonNode node = JsonNode::load(file);
  node.only({"deadlines", "recurring", "permits", "filings", "feedback", "reports", "escalation"});
  add_deadlines(node, deadlines);
  for (const JsonNode& each : node.elements("recurring")) out.recurring.push_back(read_recurring(each, deadlines));
  for (const JsonNode& each : node.elements("permits")) out.permits.push_back(read_permit_duty(each, deadlines));
  for (const JsonNode& each : node.elements("filings")) out.filings.push_back(read_filing(each, deadlines));
  for (const JsonNode& each : node.elements("feedback")) out.feedback.push_back(read_feedback(each, deadlines));
  for (const JsonNode& each : node.elements("reports")) out.reports.push_back(read_report(each, deadlines));
  for (const JsonNode& each : node.elements("escalation")) out.ladders.push_back(read_ladder(each));
  return out;
}

}  // namespace registry
