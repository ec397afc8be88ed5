#include <algorithm>

#include "registry/domain/account.h"
#include "registry/steps/ask.h"
#include "registry/steps/case_file.h"
#include "registry/steps/checks.h"
#include "registry/steps/losing.h"
#include "registry/steps/read_step.h"

namespace registry {
namespace {

constexpr std::size_t kStatementMax = 1000;
constexpr std::string_view kConsignment = "consignment:", kSite = "site:";

/// The consignment that a finding is about; empty for another subject.
std::string consignment_of(const Finding& finding) {
  return finding.subject.starts_with(kConsignment) ? finding.subject.substr(kConsignment.size()) : std::string();
}

/// A unit says how a deviation came about. It stays for an agency to accept.
class FindingExplain : public Step {
 public:
  explicit FindingExplain(PayloadReader& in) {
    finding_ = in.id("finding");
    cause_ = in.one_of("cause", {"weighing", "evaporation", "leakage", "spill", "clerical", "mix-up", "theft",
                                 "robbery", "accident", "same-goods", "other"});
    statement_ = in.text("statement", kStatementMax);
    amount_ = in.optional_quantity("quantity");
    same_as_ = in.optional_id("same_as");
    evidence_ = read_evidence(in);
    if ((cause_ == "same-goods") != in.has("same_as"))
      in.fault("same_as", "one_of", "with the cause same-goods, and only then");
  }

  void need(const Facts& known, std::string_view author, FactKeys& keys) const override {
    keys.want<Party>(author);
    if (!same_as_.empty()) keys.want<Finding>(same_as_);
    const auto* finding = ask<Finding>(known, keys, finding_);
    if (finding && !consignment_of(*finding).empty()) keys.want<Consignment>(consignment_of(*finding));
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack& rules) const override {
    TRY(check_party(facts, context.party, "header/party"));
    const Finding* finding = TRY(find_open_finding(facts, finding_, "/finding"));
    TRY(check_concerned(facts, *finding, context.party));
    const std::int64_t amount = TRY(explained(*finding, rules));
    const Finding* other = same_as_.empty() ? nullptr : TRY(same_goods(facts, *finding));
    Outcome out;
    Finding after = *finding;
    after.state = FindingState::explained;
    note(out, context, after, line(amount));
    if (other) join(*finding, *other, context, after, out);
    out.update(*finding, std::move(after));
    return out;
  }

 private:
  /// Whom it is about, in whose hands it arose, and the parties of the consignment.
  static Check check_concerned(const Facts& facts, const Finding& finding, const std::string& party) {
    const std::string consignment = consignment_of(finding);
    const auto* head = consignment.empty() ? nullptr : facts.find<Consignment>(consignment);
    const bool is_on_paper = head && (party == head->sender || party == head->receiver || party == head->carrier);
    if (party == finding.party || party == finding.custodian || is_on_paper) return Accepted{};
    return refuse("finding-of-another").with("finding", finding.id).at("/finding");
  }

  /// The amount that the words are about: what is said, or all that is missing.
  Result<std::int64_t> explained(const Finding& finding, const RulePack& rules) const {
    const std::int64_t left = still_missing(finding);
    if (!amount_) return left;
    const Substance* substance = rules.substance(finding.substance);
    const std::int64_t amount = substance ? TRY(check_amount(*amount_, *substance, "/quantity")) : 0;
    if (substance && amount <= std::max(left, -finding.missing)) return amount;
    return refuse("explains-too-much")
        .with("finding", finding.id)
        .with("left", substance ? format_amount(left, substance->unit) : "0")
        .at("/quantity");
  }

  Result<const Finding*> same_goods(const Facts& facts, const Finding& finding) const {
    const Finding* other = TRY(find_open_finding(facts, same_as_, "/same_as"));
    const bool is_same = other->id != finding.id && other->lot == finding.lot &&
                         other->substance == finding.substance && still_missing(*other) > 0 &&
                         still_missing(finding) > 0;
    if (is_same) return other;
    return refuse("other-goods").with("finding", same_as_).at("/same_as");
  }

  FindingNote line(std::int64_t amount) const {
    FindingNote line;
    line.act = FindingAct::explained;
    line.code = cause_;
    line.amount = amount;
    line.statement = statement_;
    line.evidence = evidence_;
    line.other = same_as_;
    return line;
  }

  /// The other finding carries the goods on. Where both took them out of one site, one of the two gives them back.
  static void join(const Finding& finding, const Finding& other, const StepContext& context, Finding& after,
                   Outcome& out) {
    const std::int64_t amount = std::min(still_missing(finding), still_missing(other));
    after.settled += amount;
    after.same_as = other.id;
    if (still_missing(after) == 0) close_finding(after, FindingResult::continued, context.index);
    const bool is_taken_twice = finding.subject == other.subject && finding.subject.starts_with(kSite) &&
                                !is_held_account(finding.booked) && !is_held_account(other.booked);
    if (is_taken_twice)
      out.move(finding.substance, finding.lot, finding.booked, site_account(finding.subject.substr(kSite.size())),
               amount);
  }

  std::string finding_, cause_, statement_, same_as_, evidence_;
  std::optional<Quantity> amount_;
};

}  // namespace

Result<std::unique_ptr<Step>> parse_finding_explain(const nlohmann::json& payload, const RulePack& rules) {
  return parse_step<FindingExplain>(payload, rules);
}

}  // namespace registry
