#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "registry/base/result.h"
#include "registry/domain/working_set.h"
#include "registry/rules/border_rules.h"
#include "registry/rules/pack.h"
#include "registry/steps/border_states.h"
#include "registry/steps/findings.h"
#include "registry/steps/payload.h"
#include "registry/steps/step.h"

// What the steps of a two-way check share.
namespace registry {

/// "border_case:PEN-1", as findings and obligations name it.
std::string border_subject(std::string_view border_case);

/// Two capital letters of ISO 3166-1; which of them are countries is for customs.
std::string read_country(PayloadReader& in, std::string_view name);

/// Asks for a case, its documents, its paper and its obligations. The case, as soon as it is known.
const BorderCase* want_border_case(const Facts& known, std::string_view id, FactKeys& keys);
/// Asks for the case that an import or export paper belongs to; nothing for an empty number.
void want_case_of_licence(const Facts& known, std::string_view permit, FactKeys& keys);

/// The time that an agency has to decide on an application does not run while the other country is asked (445-29): the
/// duty is due so many days later, or earlier again. Needs the duty.
void shift_decision(const Facts& facts, std::string_view application, std::int32_t days, Outcome& out);
/// The duty to decide on an application.
std::string decision_id(std::string_view application);

/// The case, or unknown-border-case.
Result<const BorderCase*> find_border_case(const Facts& facts, std::string_view id);
/// Null for a paper that belongs to no case.
const BorderCase* case_of_licence(const Facts& facts, std::string_view permit);
/// Index of the newest document of the kind; kNone when there is none.
std::int64_t last_document(const Facts& facts, const BorderCase& border_case, BorderDocumentKind kind);

/// The author is an agency that may do `act` (border_rules.h) for a unit of this region: else not-competent.
Result<const Party*> check_border_office(const Facts& facts, const StepContext& context, const RulePack& rules,
                                         std::string_view act, std::string_view region);

/// A case while one entry works on it: the row goes into the outcome once, when `store` is called.
class CaseChange {
 public:
  CaseChange(const BorderCase& before, const StepContext& context, Outcome& out)
      : before_(before), after_(before), context_(context), out_(out) {}

  BorderCase& row() { return after_; }
  /// Adds this entry to the documents of the case.
  void document(BorderDocumentKind kind, std::int64_t amount = kNone, BorderAnswer answer = BorderAnswer::none);
  /// Moves on if the event has a place; false, changing nothing, when it has none.
  bool move_on(BorderEvent event);
  /// A finding about the case; from the newest document of the kind `since` to this entry.
  Finding finding(std::string_view kind, Severity severity) const;
  void store();

 private:
  const BorderCase& before_;
  BorderCase after_;
  const StepContext& context_;
  Outcome& out_;
};

/// A finding unless both amounts are the same to the last unit. Missing goods are graded by the criminal thresholds.
struct BorderMatch {
  std::string_view kind;
  std::int64_t expected = 0, measured = 0;
  /// The document that stated what was expected.
  std::int64_t since = kNone;
  std::string_view custodian = {};
  std::string_view lot = {};
};
void match_amounts(const RulePack& rules, const BorderCase& border_case, const StepContext& context,
                   const BorderMatch& match, Outcome& out);

}  // namespace registry
