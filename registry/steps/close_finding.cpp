#include "registry/steps/case_acts.h"
#include "registry/steps/checks.h"
#include "registry/steps/losing.h"
#include "registry/steps/read_step.h"

namespace registry {
namespace {

constexpr std::size_t kStatementMax = 1000, kCaseMax = 40;
constexpr std::string_view kReported = "loss-reported";

/// An agency's word on a deviation: the explanation holds, it does not, or a case is opened.
class FindingClose : public Step {
 public:
  FindingClose(PayloadReader& in, const RulePack& rules) : rules_(rules) {
    finding_ = in.id("finding");
    parse_name(in.one_of("verdict", {"accepted", "rejected", "transferred"}), verdict_);
    statement_ = in.text("statement", kStatementMax);
    case_ = in.optional_text("case", kCaseMax);
    if ((verdict_ == FindingAct::transferred) != in.has("case"))
      in.fault("case", "one_of", "with the verdict transferred, and only then");
  }

  void need(const Facts& known, std::string_view author, FactKeys& keys) const override {
    keys.want<Party>(author);
    want_case(known, rules_, finding_, keys);
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack& rules) const override {
    const Party* agency = TRY(check_agency(facts, context));
    const Finding* finding = TRY(find_open_finding(facts, finding_, "/finding"));
    TRY(check_case_agency(facts, *agency, *finding));
    TRY(check_verdict(*finding));
    TRY(check_grave(context, *finding));
    Outcome out;
    Finding after = *finding;
    note(out, context, after, line(*finding));
    pass(after, context.index);
    out.update(*finding, std::move(after));
    close_notices(facts, rules, *agency, finding_, false, context.index, out);
    return out;
  }

 private:
  /// Nothing is closed without an explanation, and a reported loss only by public security's conclusion.
  Check check_verdict(const Finding& finding) const {
    if (verdict_ == FindingAct::transferred) return Accepted{};
    if (finding.state != FindingState::explained)
      return refuse("finding-not-explained").with("finding", finding.id).at("/finding");
    if (verdict_ == FindingAct::accepted && finding.kind == kReported)
      return refuse("loss-needs-conclusion").with("finding", finding.id).at("/verdict");
    return Accepted{};
  }

  FindingNote line(const Finding& finding) const {
    FindingNote line;
    line.act = verdict_;
    line.amount = still_missing(finding);
    line.statement = statement_;
    line.other = case_;
    return line;
  }

  /// A finding that was transferred stays until its case is concluded; one whose explanation fails is open again.
  void pass(Finding& after, std::int64_t index) const {
    if (verdict_ == FindingAct::transferred) after.case_no = case_;
    if (verdict_ == FindingAct::rejected) after.state = FindingState::open;
    if (verdict_ != FindingAct::accepted) return;
    if (after.missing > 0) after.settled = after.missing;
    close_finding(after, FindingResult::accepted, index);
  }

  const RulePack& rules_;
  std::string finding_, statement_, case_;
  FindingAct verdict_ = FindingAct::accepted;
};

}  // namespace

Result<std::unique_ptr<Step>> parse_finding_close(const nlohmann::json& payload, const RulePack& rules) {
  return parse_with_rules<FindingClose>(payload, rules);
}

}  // namespace registry
