#include "registry/steps/acts.h"
#include "registry/steps/border_case.h"
#include "registry/steps/border_check.h"
#include "registry/steps/checks.h"
#include "registry/steps/code_list.h"
#include "registry/steps/naming.h"
#include "registry/steps/objections.h"
#include "registry/steps/obligations.h"
#include "registry/steps/paper.h"
#include "registry/steps/read_step.h"

namespace registry {
namespace {

constexpr std::size_t kNameMax = 120, kAddressMax = 200, kPlaceMax = 80, kNumberMax = 60, kTextMax = 1000;
constexpr std::string_view kHome = "CN";

/// Whom a notice names.
struct NamedSides {
  std::string exporter, importer, consignee;
};

/// The data of a pre-export notification (1988 Convention art. 12(10)(a)), of which no rule looks at more than the
/// names. They stand in the payload, and the partner authority reads them there.
NamedSides read_notice_texts(PayloadReader& in) {
  NamedSides out;
  in.text("authority", kNameMax);
  out.exporter = in.text("exporter_name", kNameMax);
  in.text("exporter_address", kAddressMax);
  out.importer = in.text("importer_name", kNameMax);
  in.text("importer_address", kAddressMax);
  out.consignee = in.optional_text("consignee_name", kNameMax);
  in.optional_text("consignee_address", kAddressMax);
  in.text("end_use", kAddressMax);
  in.optional_text("incb_code", kNumberMax);
  in.optional_text("hs_code", 12);
  in.optional_integer("content_ppm", 1, 1'000'000);
  in.one_of("mode", {"sea", "air", "road", "rail", "post"});
  in.optional_text("route", 300);
  in.text("port_exit", kPlaceMax);
  in.text("port_entry", kPlaceMax);
  in.date("dispatch_on");
  in.optional_text("foreign_licence", kNumberMax);
  in.optional_date("foreign_licence_to");
  in.optional_text("remark", kTextMax);
  return out;
}

void read_transit(PayloadReader& in) {
  const std::vector<std::string> countries = in.optional_ids("transit");
  for (std::size_t i = 0; i < countries.size(); ++i)
    if (countries[i].size() != 2) in.fault("transit/" + std::to_string(i), "bad_country", "two capital letters");
}

class Notify : public Step {
 public:
  explicit Notify(PayloadReader& in)
      : case_(in.id("border_case")),
        party_(in.id("party")),
        country_(read_country(in, "country")),
        substance_(in.id("substance")),
        quantity_(in.quantity("quantity")),
        licence_(in.optional_id("licence")),
        application_(in.optional_id("application")),
        office_(in.optional_text("office", kNumberMax)),
        reply_by_(in.date("reply_by")) {
    parse_name(in.one_of("direction", {"export", "import"}), direction_);
    if (!is_import() && !licence_.empty()) in.fault("licence", "not_wanted", "an export licence follows the answer");
    const NamedSides sides = read_notice_texts(in);
    abroad_ = is_import() ? std::vector{sides.exporter} : std::vector{sides.importer, sides.consignee};
    read_transit(in);
  }

  void need(const Facts& known, std::string_view author, FactKeys& keys) const override {
    keys.want<Party>(author);
    keys.want<Party>(party_);
    keys.want<BorderCase>(case_);
    for (const std::string& name : abroad_) want_named(foreign_id(country_, name), keys);
    if (!application_.empty()) {
      keys.want<Application>(application_);
      keys.want<Obligation>(decision_id(application_));
    }
    if (licence_.empty()) return;
    want_paper(known, licence_, keys);
    keys.want<BorderLicence>(licence_);
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack& rules) const override {
    const Party* party = TRY(check_partner(facts, party_, "/party"));
    TRY(check_border_office(facts, context, rules, "notify", party->region));
    const Date today = local_date(context.rtime);
    Objections objections;
    objections.check(check_new_id<BorderCase>(facts, case_, "/border_case"));
    objections.check(check_kind(*party));
    objections.check(check_country());
    objections.check(check_reply_by(today));
    const auto substance = objections.take(check_substance(rules, substance_, today, "/substance"));
    std::optional<std::int64_t> amount;
    if (substance) amount = objections.take(check_amount(*quantity_, **substance, "/quantity"));
    if (substance) objections.check(check_licence(facts, rules, **substance, today));
    objections.check(check_application(facts));
    TRY(std::move(objections).finish());
    Outcome out = open(facts, context, *amount);
    for (const std::string& name : abroad_) note_foreign(facts, context, rules, {country_, name}, party->region, out);
    return out;
  }

 private:
  bool is_import() const { return direction_ == BorderDirection::import_goods; }

  Check check_kind(const Party& party) const {
    const std::string kind = is_import() ? "importer" : "exporter";
    if (has_code(party.kinds, kind)) return Accepted{};
    return refuse("border-wrong-party")
        .with("party", party.id)
        .with("kind", kind)
        .with("kind_zh", is_import() ? "进口单位" : "出口单位")
        .at("/party");
  }
  Check check_country() const {
    if (country_ != kHome) return Accepted{};
    return refuse("border-own-country").at("/country");
  }
  Check check_reply_by(Date today) const {
    if (reply_by_ > today) return Accepted{};
    return refuse("border-reply-day").with("reply_by", reply_by_.str()).with("today", today.str()).at("/reply_by");
  }
  /// An open application of this unit.
  Check check_application(const Facts& facts) const {
    if (application_.empty()) return Accepted{};
    const Application* asked = facts.find<Application>(application_);
    if (asked && asked->applicant == party_ && asked->state == ApplicationState::open) return Accepted{};
    return refuse("border-application").with("application", application_).with("party", party_).at("/application");
  }
  /// An importer may have its licence before the other country asks.
  Check check_licence(const Facts& facts, const RulePack& rules, const Substance& substance, Date today) const {
    if (licence_.empty()) return Accepted{};
    const PaperUse use{.purpose = PermitPurpose::import_goods,
                       .holder = party_,
                       .act_day = today,
                       .today = today,
                       .pointer = "/licence"};
    TRY(check_paper(facts, rules, licence_, substance, use));
    const BorderLicence* other = facts.find<BorderLicence>(licence_);
    if (!other) return Accepted{};
    return refuse("border-licence-taken")
        .with("permit", licence_)
        .with("border_case", other->border_case)
        .at("/licence");
  }

  Outcome open(const Facts& facts, const StepContext& context, std::int64_t amount) const {
    Outcome out;
    BorderCase row;
    row.id = case_;
    row.direction = direction_;
    row.party = party_;
    row.agency = context.party;
    row.country = country_;
    row.substance = substance_;
    // Who records a notice from abroad has read it.
    row.state = is_import() ? BorderState::read : BorderState::notified;
    row.licence = licence_;
    row.application = application_;
    row.office = office_;
    row.notified = amount;
    if (!licence_.empty()) row.licensed = facts.balance("permit:" + licence_, substance_, "");
    row.reply_by = reply_by_;
    row.notified_at = context.rtime;
    row.documents = 1;
    row.opened = context.index;
    out.put(BorderDocument{case_, "001", BorderDocumentKind::notice, substance_, amount, BorderAnswer::none,
                           context.index});
    if (!licence_.empty()) out.put(BorderLicence{licence_, case_});
    out.put(std::move(row));
    shift_decision(facts, application_, reply_by_.days - local_date(context.rtime).days, out);
    out.put(make_obligation(is_import() ? "answer-notice" : "await-answer", border_subject(case_), context.party,
                            end_of(reply_by_), context.index));
    return out;
  }

  std::string case_, party_, country_, substance_;
  std::optional<Quantity> quantity_;
  std::string licence_, application_, office_;
  /// Those of the parties that are not the unit here.
  std::vector<std::string> abroad_;
  Date reply_by_;
  BorderDirection direction_ = BorderDirection::export_goods;
};

class Withdraw : public Step {
 public:
  explicit Withdraw(PayloadReader& in) : case_(in.id("border_case")) { in.text("reason", 500); }

  void need(const Facts& known, std::string_view author, FactKeys& keys) const override {
    keys.want<Party>(author);
    want_border_case(known, case_, keys);
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack& rules) const override {
    const BorderCase* found = TRY(find_border_case(facts, case_));
    const Party* party = TRY(check_party(facts, found->party, "/border_case"));
    TRY(check_border_office(facts, context, rules, "notify", party->region));
    Outcome out;
    CaseChange change(*found, context, out);
    if (!change.move_on(BorderEvent::withdrawal))
      return refuse("border-cannot-withdraw")
          .with("border_case", case_)
          .with("state", std::string(name_of(found->state)))
          .at("/border_case");
    change.document(BorderDocumentKind::withdrawal);
    change.row().closed = context.index;
    change.store();
    for (const std::string_view kind : {"await-answer", "answer-notice"})
      close_obligation(facts, obligation_id(kind, border_subject(case_)), context.index, out);
    return out;
  }

 private:
  std::string case_;
};

}  // namespace

Result<std::unique_ptr<Step>> parse_border_notify(const nlohmann::json& payload, const RulePack& rules) {
  return parse_step<Notify>(payload, rules);
}
Result<std::unique_ptr<Step>> parse_border_withdraw(const nlohmann::json& payload, const RulePack& rules) {
  return parse_step<Withdraw>(payload, rules);
}

}  // namespace registry
