#include "registry/steps/border_case.h"

#include <algorithm>
#include <array>

#include "registry/steps/ask.h"
#include "registry/steps/authority.h"
#include "registry/steps/checks.h"
#include "registry/steps/obligations.h"
#include "registry/steps/paper.h"

namespace registry {
namespace {

constexpr std::size_t kDocumentDigits = 3;

std::string document_key(std::int64_t n) {
  std::string text = std::to_string(n);
  return std::string(kDocumentDigits - std::min(kDocumentDigits, text.size()), '0') + text;
}

}  // namespace

std::string border_subject(std::string_view border_case) { return "border_case:" + std::string(border_case); }

std::string read_country(PayloadReader& in, std::string_view name) {
  std::string code = in.text(name, 2);
  const bool good =
      code.size() == 2 && std::all_of(code.begin(), code.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  if (!code.empty() && !good) in.fault(name, "bad_country", "two capital letters");
  return code;
}

const BorderCase* want_border_case(const Facts& known, std::string_view id, FactKeys& keys) {
  const BorderCase* row = ask<BorderCase>(known, keys, id);
  if (!row) return nullptr;
  keys.want<Party>(row->party);
  for (std::int64_t n = 1; n <= row->documents; ++n) keys.want<BorderDocument>(row->id, document_key(n));
  if (!row->link.empty()) keys.want<BorderLink>(row->link);
  want_paper(known, row->licence, keys);
  if (!row->application.empty()) keys.want<Obligation>(decision_id(row->application));
  for (const std::string_view kind : {"await-answer", "answer-notice", "confirm-export"})
    keys.want<Obligation>(obligation_id(kind, border_subject(row->id)));
  return row;
}

void want_case_of_licence(const Facts& known, std::string_view permit, FactKeys& keys) {
  if (permit.empty()) return;
  if (const BorderLicence* row = ask<BorderLicence>(known, keys, permit))
    want_border_case(known, row->border_case, keys);
}

std::string decision_id(std::string_view application) {
  return obligation_id("decide-permit", "application:" + std::string(application));
}

void shift_decision(const Facts& facts, std::string_view application, std::int32_t days, Outcome& out) {
  constexpr std::int64_t kDayMs = std::int64_t{24} * 60 * 60 * 1000;
  const Obligation* before = application.empty() ? nullptr : facts.find<Obligation>(decision_id(application));
  if (!before || before->closed != kNone || days == 0) return;
  Obligation after = *before;
  after.due = before->due.plus_ms(days * kDayMs);
  out.update(*before, std::move(after));
}

Result<const BorderCase*> find_border_case(const Facts& facts, std::string_view id) {
  if (const BorderCase* row = facts.find<BorderCase>(id)) return row;
  return refuse("unknown-border-case").with("border_case", std::string(id)).at("/border_case");
}

const BorderCase* case_of_licence(const Facts& facts, std::string_view permit) {
  const BorderLicence* row = permit.empty() ? nullptr : facts.find<BorderLicence>(permit);
  return row ? facts.find<BorderCase>(row->border_case) : nullptr;
}

std::int64_t last_document(const Facts& facts, const BorderCase& border_case, BorderDocumentKind kind) {
  for (std::int64_t n = border_case.documents; n > 0; --n) {
    const std::string key = document_key(n);
    // The document that this entry itself adds is not among the facts.
    if (!facts.knows<BorderDocument>(border_case.id, key)) continue;
    const auto* row = facts.find<BorderDocument>(border_case.id, key);
    if (row && row->kind == kind) return row->seq;
  }
  return kNone;
}

Result<const Party*> check_border_office(const Facts& facts, const StepContext& context, const RulePack& rules,
                                         std::string_view act, std::string_view region) {
  const Party* agency = TRY(check_agency(facts, context));
  const BorderOfficeRule& rule = rules.border().office(act);
  for (const std::string& role : rule.roles)
    if (agency->agency_role == role && is_at_least(agency->agency_level, rule.level) &&
        (region.empty() || covers(*agency, region)))
      return agency;
  const std::string_view place = region.empty() ? std::string_view(agency->region) : region;
  TRY(check_competent(*agency, rule.roles.front(), rule.level, place, "header/party"));
  return agency;
}

void CaseChange::document(BorderDocumentKind kind, std::int64_t amount, BorderAnswer answer) {
  ++after_.documents;
  out_.put(BorderDocument{after_.id, document_key(after_.documents), kind, after_.substance, amount, answer,
                          context_.index});
}

bool CaseChange::move_on(BorderEvent event) {
  const auto to = state_after(after_, event);
  if (to) after_.state = *to;
  return to.has_value();
}

Finding CaseChange::finding(std::string_view kind, Severity severity) const {
  Finding finding = make_finding(kind, after_.party, border_subject(after_.id), severity);
  finding.substance = after_.substance;
  finding.to_index = context_.index;
  return finding;
}

void CaseChange::store() { out_.update(before_, after_); }

void match_amounts(const RulePack& rules, const BorderCase& border_case, const StepContext& context,
                   const BorderMatch& match, Outcome& out) {
  if (match.expected == match.measured) return;
  const Substance* substance = rules.substance(border_case.substance);
  ensure(substance, "a case has a substance of the pack");
  const Deviation deviation = compare(rules, *substance, match.expected, match.measured);
  Finding finding = make_finding(match.kind, border_case.party, border_subject(border_case.id), rules, *substance,
                                 match.lot, deviation);
  set_custody(finding, {match.since, context.index, std::string(match.custodian)});
  add_finding(out, context, std::move(finding));
}

}  // namespace registry
