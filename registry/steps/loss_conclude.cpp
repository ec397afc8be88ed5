#include "registry/rules/losing.h"
#include "registry/steps/case_acts.h"
#include "registry/steps/checks.h"
#include "registry/steps/losing.h"
#include "registry/steps/read_step.h"

namespace registry {
namespace {

constexpr std::size_t kStatementMax = 1000, kCaseMax = 40;

/// How a case ended, by public security. Matter stays where it is; what is still missing stays in every sum.
class LossConclude : public Step {
 public:
  LossConclude(PayloadReader& in, const RulePack& rules) : rules_(rules) {
    finding_ = in.id("finding");
    parse_name(in.one_of("result", {"recovered", "accounted", "diverted", "unexplained"}), result_);
    statement_ = in.text("statement", kStatementMax);
    case_ = in.optional_text("case", kCaseMax);
    aggravated_ = in.has("aggravated") && in.one_of("aggravated", {"yes", "no"}) == "yes";
    evidence_ = read_evidence(in);
  }

  void need(const Facts& known, std::string_view author, FactKeys& keys) const override {
    keys.want<Party>(author);
    want_case(known, rules_, finding_, keys);
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack& rules) const override {
    const Party* agency = TRY(check_agency(facts, context));
    const Finding* finding = TRY(find_open_finding(facts, finding_, "/finding"));
    TRY(check_case_agency(facts, *agency, *finding));
    TRY(check_competent(*agency, "PS", "X", agency->region, "header/party"));
    TRY(check_loss(*finding, rules));
    TRY(check_grave(context, *finding));
    Outcome out;
    conclude(*finding, context, rules, out);
    close_notices(facts, rules, *agency, finding_, true, context.index, out);
    return out;
  }

 private:
  Check check_loss(const Finding& finding, const RulePack& rules) const {
    if (finding.missing <= 0) return refuse("no-loss").with("finding", finding.id).at("/finding");
    if (result_ != FindingResult::recovered || still_missing(finding) == 0) return Accepted{};
    const Substance* substance = rules.substance(finding.substance);
    ensure(substance, "a finding names a substance of the pack");
    return refuse("not-recovered")
        .with("finding", finding.id)
        .with("left", format_amount(still_missing(finding), substance->unit))
        .at("/result");
  }

  void conclude(const Finding& finding, const StepContext& context, const RulePack& rules, Outcome& out) const {
    Finding after = finding;
    FindingNote line;
    line.act = FindingAct::concluded;
    line.code = name_of(result_);
    line.amount = still_missing(finding);
    line.statement = statement_;
    line.evidence = evidence_;
    line.other = case_.empty() ? finding.case_no : case_;
    if (!case_.empty()) after.case_no = case_;
    if (result_ == FindingResult::accounted) after.settled = after.missing;
    if (aggravated_ && is_crime(finding, rules)) after.severity = Severity::critical;
    note(out, context, after, std::move(line));
    close_finding(after, result_, context.index);
    out.update(finding, std::move(after));
  }

  /// With an aggravating circumstance half of the lowest amount is enough (JI16 art. 7).
  static bool is_crime(const Finding& finding, const RulePack& rules) {
    const Substance* substance = rules.substance(finding.substance);
    const auto threshold = substance ? rules.criminal_threshold(*substance) : std::nullopt;
    return threshold && rules.losing().grade_of(*threshold, finding.missing, true);
  }

  const RulePack& rules_;
  std::string finding_, statement_, case_, evidence_;
  FindingResult result_ = FindingResult::none;
  bool aggravated_ = false;
};

}  // namespace

Result<std::unique_ptr<Step>> parse_loss_conclude(const nlohmann::json& payload, const RulePack& rules) {
  return parse_with_rules<LossConclude>(payload, rules);
}

}  // namespace registry
