#include "crypto/encoding.h"
#include "registry/steps/border_case.h"
#include "registry/steps/border_check.h"
#include "registry/steps/border_link.h"
#include "registry/steps/checks.h"
#include "registry/steps/obligations.h"
#include "registry/steps/read_step.h"

namespace registry {
namespace {

constexpr std::size_t kReferenceMax = 80, kTextMax = 1000, kSignatureMax = 400;

bool is_final(BorderAnswer answer) { return answer == BorderAnswer::no_objection || answer == BorderAnswer::objection; }

/// How the answer came: through a link of ours, by PEN Online or letter and written down by an agency, or it is our own
/// agency's answer to an import.
class Reply : public Step {
 public:
  explicit Reply(PayloadReader& in)
      : case_(in.id("border_case")),
        channel_(in.one_of("channel", {"link", "pen", "letter", "own"})),
        reference_(in.text("officer_reference", kReferenceMax)),
        reply_by_(in.optional_date("reply_by")),
        link_(read_link_members(in, channel_ == "link")) {
    word_ = in.one_of("answer", {"no_objection", "objection", "suspended", "needs_time"});
    parse_name(word_, answer_);
    in.optional_text("text", kTextMax);
    if (answer_ == BorderAnswer::needs_time && !reply_by_) in.fault("reply_by", "required", "the day of the answer");
    read_partner_signature(in);
  }

  void need(const Facts& known, std::string_view author, FactKeys& keys) const override {
    keys.want<Party>(author);
    keys.want<Setting>("ledger");
    if (!link_.link.empty()) keys.want<BorderLink>(link_.link);
    want_border_case(known, case_, keys);
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack& rules) const override {
    const BorderCase* found = TRY(find_border_case(facts, case_));
    Outcome out;
    TRY(check_channel(facts, context, rules, *found, out));
    if (found->state == BorderState::withdrawn) {
      return why_not(*found, event_of(answer_), local_date(context.rtime)).at("/border_case");
    }
    TRY(check_day(local_date(context.rtime)));
    TRY(check_partner_signature(facts));
    record(facts, context, *found, out);
    return out;
  }

 private:
  void read_partner_signature(PayloadReader& in) {
    if (in.has("partner_key")) partner_key_ = in.key("partner_key");
    const std::string text = in.optional_text("partner_signature", kSignatureMax);
    if (in.has("partner_key") != in.has("partner_signature"))
      return in.fault("partner_signature", "required", "a signature and its key, or neither");
    const auto bytes = crypto::parse_base64(text);
    if (!text.empty() && !bytes) return in.fault("partner_signature", "bad_base64", "base 64 with padding");
    partner_signature_ = bytes.value_or("");
  }

  Check check_channel(const Facts& facts, const StepContext& context, const RulePack& rules, const BorderCase& found,
                      Outcome& out) const {
    const bool own = channel_ == "own";
    if (own != (found.direction == BorderDirection::import_goods))
      return refuse("border-wrong-channel")
          .with("border_case", case_)
          .with("direction", std::string(name_of(found.direction)))
          .at("/channel");
    if (channel_ == "link") return use_link(facts, context, link_, found, BorderLinkPurpose::answer, out);
    const Party* party = TRY(check_party(facts, found.party, "/border_case"));
    TRY(check_border_office(facts, context, rules, own ? "answer" : "notify", party->region));
    return Accepted{};
  }

  Check check_day(Date today) const {
    if (!reply_by_ || *reply_by_ > today) return Accepted{};
    return refuse("border-reply-day").with("reply_by", reply_by_->str()).with("today", today.str()).at("/reply_by");
  }

  /// What a partner authority signs with its own key, if it wants to.
  Check check_partner_signature(const Facts& facts) const {
    if (!partner_key_) return Accepted{};
    const Setting* ledger = facts.find<Setting>("ledger");
    const std::string text = "ledger.border-answer/v1\n" + (ledger ? ledger->value : std::string()) + "\n" + case_ +
                             "\n" + word_ + "\n" + reference_ + "\n";
    if (partner_key_->verify(text, partner_signature_)) return Accepted{};
    return refuse("border-partner-signature").at("/partner_signature");
  }

  void record(const Facts& facts, const StepContext& context, const BorderCase& found, Outcome& out) const {
    CaseChange change(found, context, out);
    const bool in_time = change.move_on(event_of(answer_));
    change.document(BorderDocumentKind::answer, kNone, answer_);
    change.row().answer = answer_;
    if (is_final(answer_)) change.row().answered_at = context.rtime;
    if (reply_by_) change.row().reply_by = *reply_by_;
    if (!in_time && answer_ != BorderAnswer::no_objection) {
      Finding late = change.finding("border-objected-late", Severity::critical);
      late.from_index = last_document(facts, found, movement(found));
      late.custodian = found.party;
      add_finding(out, context, std::move(late));
    }
    if (in_time && is_before_movement(found.state))
      shift_decision(facts, found.application, waited(context, found), out);
    change.store();
    follow(facts, context, found, out);
  }

  /// Days by which the wait is longer than was planned at the last notice or answer; below zero: shorter. After a final
  /// answer the clock runs, and another answer does not turn it back.
  std::int32_t waited(const StepContext& context, const BorderCase& found) const {
    if (is_final(found.answer)) return 0;
    const Date until = is_final(answer_) ? local_date(context.rtime) : reply_by_.value_or(found.reply_by);
    return until.days - found.reply_by.days;
  }

  static BorderDocumentKind movement(const BorderCase& found) {
    return found.direction == BorderDirection::export_goods ? BorderDocumentKind::departure
                                                            : BorderDocumentKind::arrival;
  }

  /// The duty to get an answer, or to give one, ends with it, or waits for the new day.
  void follow(const Facts& facts, const StepContext& context, const BorderCase& found, Outcome& out) const {
    const std::string_view kind = channel_ == "own" ? "answer-notice" : "await-answer";
    const std::string id = obligation_id(kind, border_subject(case_));
    if (is_final(answer_)) return close_obligation(facts, id, context.index, out);
    const Obligation* before = facts.find<Obligation>(id);
    if (!before || !reply_by_ || !is_before_movement(found.state)) return;
    Obligation after = *before;
    after.due = end_of(*reply_by_);
    after.closed = kNone;
    out.update(*before, std::move(after));
  }

  std::string case_, channel_, reference_;
  std::optional<Date> reply_by_;
  LinkMembers link_;
  std::string word_;
  BorderAnswer answer_ = BorderAnswer::objection;
  std::optional<crypto::PublicKey> partner_key_;
  std::string partner_signature_;
};

}  // namespace

Result<std::unique_ptr<Step>> parse_border_reply(const nlohmann::json& payload, const RulePack& rules) {
  return parse_step<Reply>(payload, rules);
}

}  // namespace registry
