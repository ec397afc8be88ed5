#include "registry/steps/empties.h"

#include <algorithm>
#include <vector>

#include "registry/rules/goods.h"
#include "registry/steps/acts.h"
#include "registry/steps/ask.h"
#include "registry/steps/findings.h"
#include "registry/steps/lots.h"
#include "registry/steps/read_step.h"
#include "registry/steps/sites.h"

namespace registry {
namespace {

constexpr std::int64_t kPiecesMax = 100'000;

/// Empties that patients or wards bring back. A fact; more than are out is a finding.
class UseEmpties : public Step {
 public:
  explicit UseEmpties(PayloadReader& in) {
    site_ = in.id("site");
    for (PayloadReader& line : in.lines("lines")) read_line(line);
    received_on_ = in.date("received_on");
  }

  void need(const Facts& known, std::string_view author, FactKeys& keys) const override {
    keys.want<Site>(site_);
    for (const Line& line : lines_) {
      ask<Lot>(known, keys, line.lot);
      keys.want<Pack>(line.lot);
      want_empties(author, line.lot, keys);
    }
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack& rules) const override {
    TRY(check_own_site(facts, site_, context.party, "/site"));
    TRY(check_not_future(received_on_, context, "/received_on"));
    Outcome out;
    note_closed_site(facts, context, site_, out);
    for (std::size_t i = 0; i < lines_.size(); ++i)
      TRY(take_back(facts, context, rules, lines_[i], Place{"lines", i}.pointer("lot"), out));
    return out;
  }

 private:
  struct Line {
    std::string lot;
    std::int64_t pieces = 0;
  };

  void read_line(PayloadReader& in) {
    Line line{in.id("lot"), in.integer("pieces", 1, kPiecesMax)};
    for (const Line& other : lines_)
      if (!line.lot.empty() && other.lot == line.lot) in.fault("lot", "duplicate");
    lines_.push_back(std::move(line));
  }

  Check take_back(const Facts& facts, const StepContext& context, const RulePack& rules, const Line& line,
                  std::string pointer, Outcome& out) const {
    const Lot* lot = facts.find<Lot>(line.lot);
    if (!lot) return refuse("unknown-lot").with("lot", line.lot).at(std::move(pointer));
    const Substance* substance = rules.substance(lot->substance);
    ensure(substance, "a lot that was entered has a substance of the pack");
    if (!counts_empties(facts, rules, *substance, *lot, received_on_))
      return refuse("no-empties-of-lot").with("lot", line.lot).at(std::move(pointer));
    TRY(check_two_persons(rules, context, *substance, Act::in));
    const Empties* now = facts.find<Empties>(context.party, line.lot);
    const std::int64_t due = now ? now->due : 0;
    change_empties(facts, out, context.party, line.lot, {-std::min(due, line.pieces), line.pieces, 0});
    if (line.pieces > due) add_finding(out, context, surplus(context, *lot, line.pieces - due));
    return Accepted{};
  }

  Finding surplus(const StepContext& context, const Lot& lot, std::int64_t pieces) const {
    Finding finding = make_finding("empties-surplus", context.party, "site:" + site_, Severity::medium);
    finding.substance = lot.substance;
    finding.lot = lot.id;
    finding.lo = finding.hi = -pieces * lot.piece;
    finding.to_index = context.index;
    return finding;
  }

  std::string site_;
  std::vector<Line> lines_;
  Date received_on_;
};

}  // namespace

void want_empties(std::string_view party, std::string_view lot, FactKeys& keys) { keys.want<Empties>(party, lot); }

bool counts_empties(const Facts& facts, const RulePack& rules, const Substance& substance, const Lot& lot, Date on) {
  const Pack* pack = facts.find<Pack>(lot.id);
  return pack && GoodsRules::find(rules.goods().empties, substance, pack->form, on);
}

void change_empties(const Facts& facts, Outcome& out, std::string_view party, std::string_view lot,
                    EmptiesChange change) {
  const Empties* before = facts.find<Empties>(party, lot);
  Empties after = before ? *before : Empties{std::string(party), std::string(lot)};
  after.due += change.due;
  after.held += change.held;
  after.destroyed += change.destroyed;
  ensure(after.due >= 0 && after.held >= 0, "nobody takes away empties that are not there");
  if (before)
    out.update(*before, std::move(after));
  else
    out.put(std::move(after));
}

Result<std::unique_ptr<Step>> parse_use_empties(const nlohmann::json& payload, const RulePack& rules) {
  return parse_step<UseEmpties>(payload, rules);
}

}  // namespace registry
