#include "registry/steps/acts.h"
#include "registry/steps/border_case.h"
#include "registry/steps/border_check.h"
#include "registry/steps/border_link.h"
#include "registry/steps/checks.h"
#include "registry/steps/obligations.h"
#include "registry/steps/read_step.h"

namespace registry {
namespace {

constexpr std::size_t kOfficeMax = 60, kDeclarationMax = 40, kReferenceMax = 80, kTextMax = 1000;

/// Customs has released goods. A fact: what does not fit is recorded and found.
class Release : public Step {
 public:
  explicit Release(PayloadReader& in)
      : case_(in.id("border_case")),
        declaration_(in.text("declaration", kDeclarationMax)),
        quantity_(in.quantity("quantity")),
        office_(in.text("office", kOfficeMax)),
        released_on_(in.date("released_on")) {}

  void need(const Facts& known, std::string_view author, FactKeys& keys) const override {
    keys.want<Party>(author);
    want_border_case(known, case_, keys);
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack& rules) const override {
    TRY(check_border_office(facts, context, rules, "release", ""));
    const BorderCase* found = TRY(find_border_case(facts, case_));
    TRY(check_not_future(released_on_, context, "/released_on"));
    const Substance* substance = rules.substance(found->substance);
    ensure(substance, "a case has a substance of the pack");
    const std::int64_t amount = TRY(check_amount(*quantity_, *substance, "/quantity"));
    Outcome out;
    CaseChange change(*found, context, out);
    const bool in_turn = change.move_on(BorderEvent::release);
    if (!in_turn) add_out_of_turn(facts, context, *found, change, amount, out);
    if (!found->office.empty() && found->office != office_)
      add_finding(out, context, change.finding("border-other-office", Severity::medium));
    change.row().cleared = (found->cleared == kNone ? 0 : found->cleared) + amount;
    change.row().declaration = declaration_;
    change.row().office = office_;
    change.document(BorderDocumentKind::release, amount);
    if (in_turn) match_licence(facts, rules, context, change.row(), out);
    change.store();
    return out;
  }

 private:
  /// Released before there was a licence, against an objection, or when it was over.
  static void add_out_of_turn(const Facts& facts, const StepContext& context, const BorderCase& found,
                              const CaseChange& change, std::int64_t amount, Outcome& out) {
    const bool objected = found.state == BorderState::objected || found.state == BorderState::suspended;
    Finding finding =
        change.finding(objected ? "border-released-objected" : "border-released-unlicensed", Severity::critical);
    finding.lo = finding.hi = -amount;
    finding.from_index = last_document(facts, found, BorderDocumentKind::notice);
    add_finding(out, context, std::move(finding));
  }

  /// More than the licence allows, or, for a licence that one batch uses up, another amount at all.
  static void match_licence(const Facts& facts, const RulePack& rules, const StepContext& context,
                            const BorderCase& now, Outcome& out) {
    const Permit* permit = facts.find<Permit>(now.licence);
    const bool once = permit && permit->uses == PermitUses::once;
    if (!once && now.cleared <= now.licensed) return;
    match_amounts(rules, now, context,
                  {"border-released-differs", now.licensed, now.cleared,
                   last_document(facts, now, BorderDocumentKind::licence), now.party},
                  out);
  }

  std::string case_, declaration_;
  std::optional<Quantity> quantity_;
  std::string office_;
  Date released_on_;
};

/// The other country has received the goods, or has not. A fact.
class Confirm : public Step {
 public:
  explicit Confirm(PayloadReader& in)
      : case_(in.id("border_case")),
        channel_(in.one_of("channel", {"link", "pen", "letter"})),
        quantity_(in.quantity("quantity", Zero::allowed)),
        arrived_on_(in.date("arrived_on")),
        link_(read_link_members(in, channel_ == "link")) {
    in.text("officer_reference", kReferenceMax);
    in.optional_text("text", kTextMax);
  }

  void need(const Facts& known, std::string_view author, FactKeys& keys) const override {
    keys.want<Party>(author);
    if (!link_.link.empty()) keys.want<BorderLink>(link_.link);
    want_border_case(known, case_, keys);
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack& rules) const override {
    const BorderCase* found = TRY(find_border_case(facts, case_));
    Outcome out;
    TRY(check_channel(facts, context, rules, *found, out));
    TRY(check_not_future(arrived_on_, context, "/arrived_on"));
    if (found->confirmed != kNone)
      return refuse("border-confirmed-already").with("border_case", case_).at("/border_case");
    const Substance* substance = rules.substance(found->substance);
    ensure(substance, "a case has a substance of the pack");
    const std::int64_t amount = TRY(check_amount(*quantity_, *substance, "/quantity"));
    record(facts, rules, context, *found, amount, out);
    return out;
  }

 private:
  Check check_channel(const Facts& facts, const StepContext& context, const RulePack& rules, const BorderCase& found,
                      Outcome& out) const {
    if (found.direction != BorderDirection::export_goods)
      return refuse("border-wrong-channel")
          .with("border_case", case_)
          .with("direction", std::string(name_of(found.direction)))
          .at("/border_case");
    if (channel_ == "link") return use_link(facts, context, link_, found, BorderLinkPurpose::confirm, out);
    const Party* party = TRY(check_party(facts, found.party, "/border_case"));
    TRY(check_border_office(facts, context, rules, "notify", party->region));
    return Accepted{};
  }

  /// Goods that arrive although by our book they never left are the gravest finding, not a refusal.
  void record(const Facts& facts, const RulePack& rules, const StepContext& context, const BorderCase& found,
              std::int64_t amount, Outcome& out) const {
    CaseChange change(found, context, out);
    const bool in_turn = change.move_on(BorderEvent::confirmation);
    change.row().confirmed = amount;
    change.document(BorderDocumentKind::confirmation, amount);
    const std::int64_t since = last_document(facts, found, BorderDocumentKind::departure);
    if (in_turn) {
      change.row().closed = context.index;
      match_amounts(rules, found, context, {"border-confirmed-differs", found.moved, amount, since, found.party}, out);
    } else {
      Finding finding = change.finding("border-confirmed-undeparted", Severity::critical);
      finding.lo = finding.hi = -amount;
      finding.custodian = found.party;
      add_finding(out, context, std::move(finding));
    }
    change.store();
    close_obligation(facts, obligation_id("confirm-export", border_subject(case_)), context.index, out);
  }

  std::string case_, channel_;
  std::optional<Quantity> quantity_;
  Date arrived_on_;
  LinkMembers link_;
};

}  // namespace

Result<std::unique_ptr<Step>> parse_border_clear(const nlohmann::json& payload, const RulePack& rules) {
  return parse_step<Release>(payload, rules);
}
Result<std::unique_ptr<Step>> parse_export_confirm(const nlohmann::json& payload, const RulePack& rules) {
  return parse_step<Confirm>(payload, rules);
}

}  // namespace registry
