#include "registry/steps/permit_issue.h"

#include "registry/domain/account.h"
#include "registry/steps/application.h"
#include "registry/steps/approval.h"
#include "registry/steps/border_licence.h"
#include "registry/steps/checks.h"
#include "registry/steps/clean_record.h"
#include "registry/steps/obligations.h"
#include "registry/steps/payload.h"
#include "registry/steps/permit_draft.h"
#include "registry/steps/permit_duties.h"
#include "registry/steps/permit_paper.h"
#include "registry/steps/permit_validity.h"
#include "registry/steps/read_step.h"

namespace registry {
namespace {

/// An agency grants a paper, with or without an application to it.
class IssuePermit : public Step {
 public:
  explicit IssuePermit(PayloadReader& in)
      : no_(in.id("permit")),
        holder_(in.id("holder")),
        application_(in.optional_id("application")),
        from_(in.date("valid_from")),
        to_(in.date("valid_to")),
        border_case_(in.optional_id("border_case")),
        clean_since_(in.optional_date("clean_since")),
        draft_(in) {}

  void need(const Facts& known, std::string_view author, FactKeys& keys) const override {
    keys.want<Party>(author);
    keys.want<Party>(holder_);
    keys.want<Conduct>(holder_);
    draft_.need(keys);
    keys.want<Permit>(no_);
    want_application(known, application_, keys);
    want_border_licence(known, border_case_, keys);
    want_permit_duties(known, holder_, author, keys);
    for (const PaperDraft::Line& line : draft_.lines) {
      keys.want<Balance>(outside::kGranted, line.substance, "");
      keys.want<Balance>(permit_account(no_), line.substance, "");
    }
  }

  bool looks_at_duties() const override { return true; }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack& rules) const override {
    const Party* agency = TRY(check_agency(facts, context));
    const PermitKind* kind = TRY(draft_.find_kind(rules));
    const Party* holder = TRY(check_party(facts, holder_, "/holder"));
    TRY(draft_.check_competence(*agency, *kind, *holder, "/kind"));
    const Date today = local_date(context.rtime);
    Objections objections;
    objections.check(check_new_id<Permit>(facts, no_, "/permit"));
    objections.check(check_validity(*kind, from_, to_, today));
    objections.check(draft_.check_holder(rules, *holder, *kind, "/holder", today));
    objections.check(draft_.check_named(facts, rules, today));
    objections.check(draft_.check_states(rules, *kind));
    objections.check(check_clean_since(rules, *kind, clean_since_, from_));
    const std::vector<std::int64_t> amounts = draft_.check_lines(rules, *kind, from_, objections);
    TRY(std::move(objections).finish());
    // Last: nobody calls a colleague to sign what would be refused anyway.
    TRY(check_two_officials(facts, context, rules, "permit.issue", draft_.substances()));
    Outcome out = issue(context, rules, *kind, amounts);
    open_permit_duties(facts, context, rules, permit_row(context, *kind), out);
    if (!application_.empty()) TRY(grant(facts, context, amounts, out));
    note_record(facts, rules, *kind, {no_, holder_, clean_since_, from_}, context, out);
    TRY(check_border_licence(facts, context, rules, border_paper(*kind, amounts), out));
    return out;
  }

 private:
  /// The paper that was asked for, by the one who asked, of no more than was asked.
  Check grant(const Facts& facts, const StepContext& context, const std::vector<std::int64_t>& amounts,
              Outcome& out) const {
    const Application* asked = TRY(find_open_application(facts, application_));
    if (asked->agency != context.party)
      return refuse("application-to-another").with("application", application_).at("/application");
    TRY(check_as_asked(facts, *asked, {.holder = holder_, .kind = draft_.kind}, draft_.lines, amounts));
    decide_application(facts, *asked, ApplicationState::granted, no_, "", context.index, out);
    return Accepted{};
  }

  Outcome issue(const StepContext& context, const RulePack& rules, const PermitKind& kind,
                const std::vector<std::int64_t>& amounts) const {
    Outcome out;
    out.put(permit_row(context, kind));
    for (std::size_t i = 0; i < draft_.lines.size(); ++i) {
      const std::string& substance = draft_.lines[i].substance;
      out.put(PermitLine{no_, substance, amounts[i]});
      out.move(substance, "", outside::kGranted, permit_account(no_), amounts[i]);
    }
    if (kind.uses == PermitUses::standing) return out;
    const UtcTime due = rules.due(rules.deadline("write-off"), to_);
    out.put(make_obligation("write-off", permit_account(no_), holder_, due, context.index));
    return out;
  }

  BorderPaper border_paper(const PermitKind& kind, const std::vector<std::int64_t>& amounts) const {
    BorderPaper paper{no_, holder_, border_case_, kind, {}, amounts.front(), from_, to_};
    for (const PaperDraft::Line& line : draft_.lines) paper.substances.push_back(line.substance);
    return paper;
  }

  Permit permit_row(const StepContext& context, const PermitKind& kind) const {
    Permit row;
    row.no = no_;
    row.kind = kind.code;
    row.issuer = context.party;
    row.holder = holder_;
    row.supplier = draft_.supplier;
    row.consignee = draft_.consignee;
    row.carrier = draft_.carrier;
    row.origin = draft_.origin;
    row.destination = draft_.destination;
    row.substances = draft_.substances();
    row.valid_from = from_;
    row.valid_to = to_;
    row.uses = kind.uses;
    row.issued = context.index;
    row.purpose = draft_.purpose;
    return row;
  }

  std::string no_, holder_, application_;
  Date from_, to_;
  std::string border_case_;
  std::optional<Date> clean_since_;
  PaperDraft draft_;
};

}  // namespace

Result<std::unique_ptr<Step>> parse_permit_issue(const nlohmann::json& payload, const RulePack& rules) {
  return parse_step<IssuePermit>(payload, rules);
}

}  // namespace registry
