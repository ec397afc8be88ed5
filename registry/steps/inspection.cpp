#include <algorithm>

#include "registry/domain/account.h"
#include "registry/rules/losing.h"
#include "registry/steps/acts.h"
#include "registry/steps/case_acts.h"
#include "registry/steps/checks.h"
#include "registry/steps/findings.h"
#include "registry/steps/losing.h"
#include "registry/steps/read_step.h"
#include "registry/steps/site_count.h"
#include "registry/steps/sites.h"

namespace registry {
namespace {

constexpr std::size_t kRemarkMax = 300, kStatementMax = 1000;

/// An inspector at a site: what was looked at, what was counted, or that the door stayed shut. A fact; the book follows
/// what was counted, as after a count of the unit's own.
class InspectionRecord : public Step {
 public:
  InspectionRecord(PayloadReader& in, const RulePack& rules) : rules_(rules) {
    inspection_ = in.id("inspection");
    site_ = in.id("site");
    inspected_on_ = in.date("inspected_on");
    is_refused_ = in.one_of("access", {"given", "refused"}) == "refused";
    read_items(in);
    lots_ = read_lot_lines(in, "lines", Zero::allowed, true);
    findings_ = in.optional_ids("findings");
    statement_ = in.optional_text("statement", kStatementMax);
    if (is_refused_ && (in.has("items") || in.has("lines")))
      in.fault("access", "one_of", "nothing is looked at where access is refused");
  }

  void need(const Facts& known, std::string_view author, FactKeys& keys) const override {
    keys.want<Party>(author);
    keys.want<Site>(site_);
    keys.want<Inspection>(inspection_);
    for (const LotLine& line : lots_) want_site_count(known, site_, line.lot, keys);
    for (const std::string& finding : findings_) want_case(known, rules_, finding, keys);
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack& rules) const override {
    const Party* agency = TRY(check_agency(facts, context));
    TRY(check_new_id<Inspection>(facts, inspection_, "/inspection"));
    const Site* site = facts.find<Site>(site_);
    if (!site) return refuse("unknown-site").with("site", site_).at("/site");
    TRY(check_covers(*agency, site->region, "/site"));
    TRY(check_not_future(inspected_on_, context, "/inspected_on"));
    const std::vector<LotAmount> lots = TRY(find_lots(facts, rules, lots_));
    Outcome out;
    // An empty room may be looked into; goods have no place there.
    if (std::any_of(lots.begin(), lots.end(), [](const LotAmount& lot) { return lot.amount > 0; }))
      note_closed_site(facts, context, site_, out);
    TRY(follow_up(facts, context, rules, *agency, out));
    for (const LotAmount& lot : lots) count_at_site(facts, context, rules, {site_, site->party}, {lot}, out);
    for (const InspectionItem* item : unmet_) add_finding(out, context, about(rules, item->finding, *site));
    if (is_refused_) add_finding(out, context, about(rules, "inspection-refused", *site));
    out.put(row(context, *site, deviations(out)));
    return out;
  }

 private:
  void read_items(PayloadReader& in) {
    for (PayloadReader& item : in.lines("items", true)) {
      const std::string code = item.id("item");
      const bool is_met = item.one_of("met", {"yes", "no"}) == "yes";
      item.optional_text("remark", kRemarkMax);
      const InspectionItem* known = rules_.losing().inspection_item(code);
      if (!code.empty() && !known) item.fault("item", "unknown_item", "a point of the rule pack");
      if (known && !is_met) unmet_.push_back(known);
    }
  }

  Finding about(const RulePack& rules, std::string_view kind, const Site& site) const {
    return make_finding(kind, site.party, "site:" + site_, rules);
  }

  /// The inspector came because of these findings.
  Check follow_up(const Facts& facts, const StepContext& context, const RulePack& rules, const Party& agency,
                  Outcome& out) const {
    for (std::size_t i = 0; i < findings_.size(); ++i) {
      const Finding* finding = TRY(find_open_finding(facts, findings_[i], "/findings/" + std::to_string(i)));
      Finding after = *finding;
      FindingNote line;
      line.act = FindingAct::inspected;
      line.statement = statement_;
      line.other = inspection_;
      note(out, context, after, std::move(line));
      out.update(*finding, std::move(after));
      close_notices(facts, rules, agency, finding->id, false, context.index, out);
    }
    return Accepted{};
  }

  /// Kinds of the new findings, each once.
  static std::string deviations(const Outcome& out) {
    std::vector<std::string> kinds;
    for (const auto& change : out.changes<Finding>())
      if (!change.before && std::find(kinds.begin(), kinds.end(), change.after.kind) == kinds.end())
        kinds.push_back(change.after.kind);
    return join_sorted(std::move(kinds));
  }

  Inspection row(const StepContext& context, const Site& site, std::string deviations) const {
    Inspection row;
    row.id = inspection_;
    row.agency = context.party;
    row.party = site.party;
    row.site = site_;
    row.result = is_refused_          ? InspectionResult::refused
                 : deviations.empty() ? InspectionResult::passed
                                      : InspectionResult::deviations;
    row.inspected_on = inspected_on_;
    row.deviations = std::move(deviations);
    row.lots = static_cast<std::int64_t>(lots_.size());
    row.seq = context.index;
    return row;
  }

  const RulePack& rules_;
  std::string inspection_, site_, statement_;
  bool is_refused_ = false;
  std::vector<const InspectionItem*> unmet_;
  std::vector<LotLine> lots_;
  std::vector<std::string> findings_;
  Date inspected_on_;
};

}  // namespace

Result<std::unique_ptr<Step>> parse_inspection_record(const nlohmann::json& payload, const RulePack& rules) {
  return parse_with_rules<InspectionRecord>(payload, rules);
}

}  // namespace registry
