#include "registry/rules/trade_rules.h"
#include "registry/steps/application.h"
#include "registry/steps/checks.h"
#include "registry/steps/obligations.h"
#include "registry/steps/permit_duties.h"
#include "registry/steps/read_step.h"
#include "registry/steps/recurring.h"

namespace registry {
namespace {

constexpr std::size_t kReasonMax = 500;

/// A unit asks an agency for a paper. What the agency has to check is checked as far as the registry can; the time it
/// has to decide starts.
class ApplyForPermit : public Step {
 public:
  explicit ApplyForPermit(PayloadReader& in) : id_(in.id("application")), agency_(in.id("agency")), draft_(in) {}

  void need(const Facts& known, std::string_view author, FactKeys& keys) const override {
    keys.want<Party>(author);
    keys.want<Party>(agency_);
    keys.want<Application>(id_);
    want_duties(known, author, keys);
    draft_.need(keys);
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack& rules) const override {
    const Party* applicant = TRY(check_author(facts, context));
    const PermitKind* kind = TRY(draft_.find_kind(rules));
    const Date today = local_date(context.rtime);
    Objections objections;
    objections.check(check_new_id<Application>(facts, id_, "/application"));
    objections.check(check_addressee(facts, *kind, *applicant));
    objections.check(draft_.check_holder(rules, *applicant, *kind, "header/party", today));
    objections.check(draft_.check_named(facts, rules, today));
    objections.check(draft_.check_states(rules, *kind));
    const std::vector<std::int64_t> amounts = draft_.check_lines(rules, *kind, today, objections);
    TRY(std::move(objections).finish());
    Outcome out;
    out.put(row(context));
    for (std::size_t i = 0; i < draft_.lines.size(); ++i)
      out.put(ApplicationLine{id_, draft_.lines[i].substance, amounts[i]});
    const Deadline& time = rules.deadline(rules.trade().terms(kind->code).decide);
    Obligation duty =
        make_obligation("decide-permit", application_subject(id_), agency_, rules.due(time, today), context.index);
    out.put(std::move(duty));
    close_renewals(facts, {context.party, draft_.kind, draft_.substances()}, context.index, out);
    return out;
  }

 private:
  Check check_addressee(const Facts& facts, const PermitKind& kind, const Party& applicant) const {
    const Party* agency = TRY(check_party(facts, agency_, "/agency"));
    if (agency->agency_role.empty()) return refuse("not-an-agency").with("party", agency_).at("/agency");
    return draft_.check_competence(*agency, kind, applicant, "/agency");
  }

  Application row(const StepContext& context) const {
    Application row;
    row.id = id_;
    row.applicant = context.party;
    row.agency = agency_;
    row.kind = draft_.kind;
    row.supplier = draft_.supplier;
    row.consignee = draft_.consignee;
    row.carrier = draft_.carrier;
    row.origin = draft_.origin;
    row.destination = draft_.destination;
    row.substances = draft_.substances();
    row.purpose = draft_.purpose;
    row.applied = context.index;
    return row;
  }

  std::string id_, agency_;
  PaperDraft draft_;
};

/// The agency says no, and why.
class RefusePermit : public Step {
 public:
  explicit RefusePermit(PayloadReader& in) : id_(in.id("application")), reason_(in.text("reason", kReasonMax)) {}

  void need(const Facts& known, std::string_view author, FactKeys& keys) const override {
    keys.want<Party>(author);
    want_application(known, id_, keys);
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack&) const override {
    TRY(check_agency(facts, context));
    const Application* asked = TRY(find_open_application(facts, id_));
    if (asked->agency != context.party)
      return refuse("application-to-another").with("application", id_).at("/application");
    Outcome out;
    decide_application(facts, *asked, ApplicationState::refused, "", reason_, context.index, out);
    return out;
  }

 private:
  std::string id_, reason_;
};

}  // namespace

Result<std::unique_ptr<Step>> parse_permit_apply(const nlohmann::json& payload, const RulePack& rules) {
  return parse_step<ApplyForPermit>(payload, rules);
}

Result<std::unique_ptr<Step>> parse_permit_refuse(const nlohmann::json& payload, const RulePack& rules) {
  return parse_step<RefusePermit>(payload, rules);
}

}  // namespace registry
