#include "registry/steps/standing.h"

#include <algorithm>

#include "registry/steps/acts.h"
#include "registry/steps/checks.h"
#include "registry/steps/code_list.h"
#include "registry/steps/findings.h"
#include "registry/steps/holdings.h"
#include "registry/steps/keys.h"
#include "registry/steps/obligations.h"
#include "registry/steps/payload.h"
#include "registry/steps/read_step.h"
#include "registry/steps/recurring.h"
#include "registry/steps/sites.h"

namespace registry {
namespace {

constexpr std::size_t kReasonMax = 500;

/// A unit that the agency covers, not an agency or the registry itself: these answer to the operator.
Result<const Party*> check_supervised(const Facts& facts, const StepContext& context, std::string_view id) {
  const Party* agency = TRY(check_agency(facts, context));
  const Party* party = TRY(check_party(facts, id, "/party"));
  for (std::string_view kind : {"agency", "operator", "registry"})
    if (has_code(party->kinds, kind)) return refuse("not-a-unit").with("party", party->id).at("/party");
  TRY(check_covers(*agency, party->region, "/party"));
  return party;
}

Refusal wrong_standing(const Party& party) {
  return refuse("party-standing")
      .with("party", party.id)
      .with("status", std::string(name_of(party.status)))
      .at("/party");
}

void set_status(const Party& party, PartyStatus status, Outcome& out) {
  Party after = party;
  after.status = status;
  out.update(party, std::move(after));
}

/// A halted unit may begin nothing; what happens to its goods is recorded as before.
class SuspendParty : public Step {
 public:
  explicit SuspendParty(PayloadReader& in) : party_(in.id("party")) { in.text("reason", kReasonMax); }

  void need(const Facts&, std::string_view author, FactKeys& keys) const override {
    keys.want<Party>(author);
    keys.want<Party>(party_);
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack&) const override {
    const Party* party = TRY(check_supervised(facts, context, party_));
    if (party->status != PartyStatus::verified && party->status != PartyStatus::registered)
      return wrong_standing(*party);
    Outcome out;
    set_status(*party, PartyStatus::suspended, out);
    return out;
  }

 private:
  std::string party_;
};

/// Back to where it was: verified, or still to be.
class RestoreParty : public Step {
 public:
  explicit RestoreParty(PayloadReader& in) : party_(in.id("party")) { in.text("reason", kReasonMax); }

  void need(const Facts&, std::string_view author, FactKeys& keys) const override {
    keys.want<Party>(author);
    keys.want<Party>(party_);
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack&) const override {
    const Party* party = TRY(check_supervised(facts, context, party_));
    if (party->status != PartyStatus::suspended) return wrong_standing(*party);
    Outcome out;
    set_status(*party, party->verified == kNone ? PartyStatus::registered : PartyStatus::verified, out);
    return out;
  }

 private:
  std::string party_;
};

/// The end of a unit. By the unit itself an intention: refused while goods or open ends are there. By an agency that
/// found it gone a fact: goods and open ends become findings and stay where they are.
class CloseParty : public Step {
 public:
  explicit CloseParty(PayloadReader& in) : party_(in.id("party")), stopped_on_(in.date("stopped_on")) {
    in.text("reason", kReasonMax);
  }

  void need(const Facts& known, std::string_view author, FactKeys& keys) const override {
    keys.want<Party>(author);
    keys.want<Party>(party_);
    want_party_holdings(known, party_, keys);
    want_obligations(party_, keys);
    want_duties(known, party_, keys);
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack& rules) const override {
    const bool is_own = party_ == context.party;
    const Party* party = TRY(is_own ? check_own(facts, context) : check_supervised(facts, context, party_));
    if (party->status == PartyStatus::closed) return wrong_standing(*party);
    TRY(check_not_future(stopped_on_, context, "/stopped_on"));
    const std::vector<std::string> goods = goods_of(facts), ends = ends_of(facts);
    if (is_own) TRY(check_empty(goods, ends));
    Outcome out;
    set_status(*party, PartyStatus::closed, out);
    for (const Duty* duty : open_duties(facts, party_)) end_duty(facts, *duty, context.index, out);
    find(context, rules, goods, ends, overdue_of(facts, context), out);
    return out;
  }

 private:
  Result<const Party*> check_own(const Facts& facts, const StepContext& context) const {
    TRY(check_admin(context));
    return check_party(facts, party_, "/party");
  }

  std::vector<std::string> goods_of(const Facts& facts) const {
    std::vector<std::string> out;
    for (const Site* site : sites_of(facts, party_))
      for (const std::string& lot : holdings(facts, site->id)) out.push_back(site->id + ": " + lot);
    return out;
  }

  bool is_duty(const Facts& facts, const std::string& obligation) const {
    const auto duties = open_duties(facts, party_);
    return std::any_of(duties.begin(), duties.end(), [&](const Duty* duty) { return duty->obligation == obligation; });
  }

  /// Open ends of other kinds than reports and counts, which end with the unit.
  std::vector<std::string> ends_of(const Facts& facts) const {
    std::vector<std::string> out;
    for (const Obligation* open : open_obligations(facts, party_))
      if (!is_duty(facts, open->id)) out.push_back(open->id);
    return out;
  }

  /// Reports and counts that should have been in by now.
  std::vector<std::string> overdue_of(const Facts& facts, const StepContext& context) const {
    std::vector<std::string> out;
    for (const Duty* duty : open_duties(facts, party_))
      if (const Obligation* open = open_obligation_of(facts, *duty); open && open->due <= context.rtime)
        out.push_back(open->id);
    return out;
  }

  Check check_empty(const std::vector<std::string>& goods, const std::vector<std::string>& ends) const {
    if (!goods.empty()) return refuse("party-holds-goods").with("goods", name_some(goods)).at("/party");
    if (!ends.empty()) return refuse("party-has-open-ends").with("open", name_some(ends)).at("/party");
    return Accepted{};
  }

  void find(const StepContext& context, const RulePack& rules, const std::vector<std::string>& goods,
            const std::vector<std::string>& ends, const std::vector<std::string>& overdue, Outcome& out) const {
    add(context, "closed-with-goods", Severity::critical, goods, out);
    add(context, "closed-with-open-ends", Severity::high, ends, out);
    add(context, "closed-with-overdue", Severity::medium, overdue, out);
    if (context.rtime < rules.due(rules.deadline("5-end"), stopped_on_)) return;
    Finding late = make_finding("late-closing", party_, "party:" + party_, Severity::medium);
    late.to_index = context.index;
    add_finding(out, context, std::move(late));
  }

  void add(const StepContext& context, std::string_view kind, Severity severity, const std::vector<std::string>& what,
           Outcome& out) const {
    for (std::size_t i = 0; i < what.size() && i < kFindingsMax; ++i) {
      Finding finding = make_finding(kind, party_, what[i], severity);
      finding.to_index = context.index;
      add_finding(out, context, std::move(finding));
    }
  }

  static constexpr std::size_t kFindingsMax = 20;
  std::string party_;
  Date stopped_on_;
};

/// A site that is given up. Refused while goods lie there or are on their way to it.
class CloseSite : public Step {
 public:
  explicit CloseSite(PayloadReader& in) : site_(in.id("site")) { in.optional_text("reason", kReasonMax); }

  void need(const Facts& known, std::string_view author, FactKeys& keys) const override {
    keys.want<Party>(author);
    keys.want<Site>(site_);
    want_holdings(site_, keys);
    want_duties(known, author, keys);
    want_obligations(author, keys);
    if (!known.knows_list<Obligation>("party", author)) return;
    for (const Obligation* open : open_obligations(known, author))
      if (const auto id = consignment_of(*open); !id.empty()) keys.want<Consignment>(id);
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack&) const override {
    TRY(check_party(facts, context.party, "header/party"));
    const Site* site = TRY(check_own_site(facts, site_, context.party, "/site"));
    if (site->closed != kNone) return refuse("site-closed").with("site", site_).at("/site");
    const std::vector<std::string> goods = holdings(facts, site_);
    if (!goods.empty())
      return refuse("site-holds-goods").with("site", site_).with("goods", name_some(goods)).at("/site");
    const std::vector<std::string> coming = expected(facts, context.party);
    if (!coming.empty())
      return refuse("site-expects-goods").with("site", site_).with("consignments", name_some(coming)).at("/site");
    Outcome out;
    Site closed = *site;
    closed.closed = context.index;
    out.update(*site, std::move(closed));
    end_duties(facts, context, out);
    return out;
  }

 private:
  static std::string consignment_of(const Obligation& open) {
    static constexpr std::string_view kPrefix = "consignment:";
    const bool moves = open.kind == "receive" || open.kind == "accept" || open.kind == "take-back";
    return moves && open.subject.starts_with(kPrefix) ? open.subject.substr(kPrefix.size()) : std::string();
  }

  std::vector<std::string> expected(const Facts& facts, std::string_view party) const {
    std::vector<std::string> out;
    for (const Obligation* open : open_obligations(facts, party)) {
      const std::string id = consignment_of(*open);
      const Consignment* head = id.empty() ? nullptr : facts.find<Consignment>(id);
      const bool is_here = head && (open->kind == "take-back" ? head->from_site : head->to_site) == site_;
      if (is_here && (out.empty() || out.back() != id)) out.push_back(id);
    }
    return out;
  }

  /// Nothing is left there to count.
  void end_duties(const Facts& facts, const StepContext& context, Outcome& out) const {
    for (const Duty* duty : open_duties(facts, context.party)) {
      const Obligation* open = open_obligation_of(facts, *duty);
      const bool of_site = duty->id == obligation_id(duty->kind, site_) || (open && open->subject == "site:" + site_);
      if (of_site) end_duty(facts, *duty, context.index, out);
    }
  }

  std::string site_;
};

/// A person leaves; the keys enrolled for that person end with it.
class WithdrawOfficer : public Step {
 public:
  explicit WithdrawOfficer(PayloadReader& in) : officer_(in.id("officer")) {
    in.one_of("reason", {"left", "moved", "unfit", "other"});
  }

  void need(const Facts& known, std::string_view author, FactKeys& keys) const override {
    keys.want<Party>(author);
    keys.want<Officer>(officer_);
    const Officer* officer = known.knows<Officer>(officer_) ? known.find<Officer>(officer_) : nullptr;
    if (officer) each_code(officer->keys, [&](std::string_view key) { keys.want<Key>(key); });
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack&) const override {
    TRY(check_present(facts, context));
    TRY(check_admin(context));
    const Officer* officer = facts.find<Officer>(officer_);
    if (!officer || officer->party != context.party)
      return refuse("unknown-officer").with("officer", officer_).at("/officer");
    if (officer->withdrawn != kNone) return refuse("officer-withdrawn").with("officer", officer_).at("/officer");
    Outcome out;
    Officer after = *officer;
    after.withdrawn = context.index;
    out.update(*officer, std::move(after));
    each_code(officer->keys, [&](std::string_view id) { revoke_key(facts, id, context.index, out); });
    return out;
  }

 private:
  std::string officer_;
};

}  // namespace

Result<std::unique_ptr<Step>> parse_party_suspend(const nlohmann::json& payload, const RulePack& rules) {
  return parse_step<SuspendParty>(payload, rules);
}
Result<std::unique_ptr<Step>> parse_party_restore(const nlohmann::json& payload, const RulePack& rules) {
  return parse_step<RestoreParty>(payload, rules);
}
Result<std::unique_ptr<Step>> parse_party_close(const nlohmann::json& payload, const RulePack& rules) {
  return parse_step<CloseParty>(payload, rules);
}
Result<std::unique_ptr<Step>> parse_site_close(const nlohmann::json& payload, const RulePack& rules) {
  return parse_step<CloseSite>(payload, rules);
}
Result<std::unique_ptr<Step>> parse_officer_withdraw(const nlohmann::json& payload, const RulePack& rules) {
  return parse_step<WithdrawOfficer>(payload, rules);
}

}  // namespace registry
