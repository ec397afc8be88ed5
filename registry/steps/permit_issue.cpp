#include "registry/steps/permit_issue.h"

#include <algorithm>

#include "registry/domain/account.h"
#include "registry/steps/border_licence.h"
#include "registry/steps/checks.h"
#include "registry/steps/code_list.h"
#include "registry/steps/objections.h"
#include "registry/steps/obligations.h"
#include "registry/steps/payload.h"
#include "registry/steps/permit_paper.h"
#include "registry/steps/permit_validity.h"
#include "registry/steps/read_step.h"

namespace registry {
namespace {

/// The kinds of unit for which a paper of this purpose makes sense. A carrier moves the goods of others, whose owners
/// hold the paper.
std::string_view holders_of(PermitPurpose purpose) {
  switch (purpose) {
    case PermitPurpose::produce:
      return "producer";
    case PermitPurpose::trade:
      return "trader,wholesaler,producer";
    case PermitPurpose::purchase:
      return "producer,trader,user,hospital,importer,exporter,wholesaler";
    case PermitPurpose::transport:
      return "producer,trader,user,hospital,importer,exporter,wholesaler";
    case PermitPurpose::import_goods:
      return "importer";
    case PermitPurpose::export_goods:
      return "exporter";
    case PermitPurpose::hold:
      return "hospital";
    case PermitPurpose::accompany:
      return "importer,exporter";
  }
  return {};
}

std::string in_chinese(std::string_view kinds) {
  static constexpr std::pair<std::string_view, std::string_view> kWords[] = {
      {"producer", "生产单位"}, {"trader", "经营单位"},   {"user", "使用单位"},          {"hospital", "医疗机构"},
      {"importer", "进口单位"}, {"exporter", "出口单位"}, {"wholesaler", "药品批发企业"}};
  std::string text;
  each_code(kinds, [&](std::string_view kind) {
    for (const auto& [code, word] : kWords) {
      if (code == kind) (text += text.empty() ? "" : "、") += word;
    }
  });
  return text;
}

bool share_a_code(std::string_view a, std::string_view b) {
  bool shared = false;
  each_code(a, [&](std::string_view code) { shared = shared || has_code(b, code); });
  return shared;
}

Check check_holder(const Facts& facts, const std::string& id, const PermitKind& kind) {
  const Party* holder = TRY(check_party(facts, id, "/holder"));
  if (holder->status != PartyStatus::verified) {
    return refuse("holder-not-verified").with("holder", holder->name).at("/holder");
  }
  const std::string kinds(holders_of(kind.purpose));
  if (share_a_code(holder->kinds, kinds)) return Accepted{};
  return refuse("holder-wrong-kind")
      .with("holder", holder->name)
      .with("kind", kind.name_en)
      .with("kind_zh", kind.name_zh)
      .with("kinds", kinds)
      .with("kinds_zh", in_chinese(kinds))
      .at("/holder");
}

class IssuePermit : public Step {
 public:
  explicit IssuePermit(PayloadReader& in)
      : no_(in.id("permit")),
        kind_(in.id("kind")),
        holder_(in.id("holder")),
        from_(in.date("valid_from")),
        to_(in.date("valid_to")),
        purpose_(in.text("purpose", 200)),
        supplier_(in.optional_id("supplier")),
        consignee_(in.optional_id("consignee")),
        carrier_(in.optional_id("carrier")),
        origin_(in.optional_region("origin")),
        destination_(in.optional_region("destination")),
        border_case_(in.optional_id("border_case")) {
    for (PayloadReader& line : in.lines("lines")) read_line(line);
  }

  void need(const Facts& known, std::string_view author, FactKeys& keys) const override {
    keys.want<Party>(author);
    for (const std::string* party : {&holder_, &supplier_, &consignee_, &carrier_}) {
      if (!party->empty()) keys.want<Party>(*party);
    }
    keys.want<Permit>(no_);
    want_border_licence(known, border_case_, keys);
    for (const Line& line : lines_) {
      keys.want<Balance>(outside::kGranted, line.substance, "");
      keys.want<Balance>(permit_account(no_), line.substance, "");
    }
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack& rules) const override {
    const Party* agency = TRY(check_agency(facts, context));
    const PermitKind* kind = rules.permit_kind(kind_);
    if (!kind) return refuse("unknown-permit-kind").with("kind", kind_).at("/kind");
    TRY(check_competence(facts, *agency, *kind));
    Objections objections;
    objections.check(check_new_id<Permit>(facts, no_, "/permit"));
    objections.check(check_validity(*kind, from_, to_, local_date(context.rtime)));
    objections.check(check_holder(facts, holder_, *kind));
    objections.check(check_named(facts, rules, local_date(context.rtime)));
    const std::vector<std::int64_t> amounts = check_lines(rules, *kind, objections);
    TRY(std::move(objections).finish());
    Outcome out = issue(context, rules, *kind, amounts);
    TRY(check_border_licence(facts, context, rules, border_paper(*kind, amounts), out));
    return out;
  }

 private:
  struct Line {
    std::string substance, pointer, quantity_pointer;
    std::optional<Quantity> quantity;
  };

  void read_line(PayloadReader& line) {
    Line read{line.id("substance"), line.pointer("substance"), line.pointer("quantity"),
              line.optional_quantity("quantity")};
    const auto same = [&](const Line& other) { return other.substance == read.substance; };
    const bool repeated = !read.substance.empty() && std::any_of(lines_.begin(), lines_.end(), same);
    if (repeated) line.fault("substance", "repeated", "each substance once");
    lines_.push_back(std::move(read));
  }

  /// A transport paper comes from where the goods start (445 art. 20), every other one from where the holder is.
  Check check_competence(const Facts& facts, const Party& agency, const PermitKind& kind) const {
    const bool by_origin = kind.purpose == PermitPurpose::transport && !origin_.empty();
    const Party* holder = TRY(check_party(facts, holder_, "/holder"));
    const std::string& place = by_origin ? origin_ : holder->region;
    return check_competent(agency, kind.issuer_role, kind.issuer_level, place, "/kind");
  }

  Check check_named(const Facts& facts, const RulePack& rules, Date today) const {
    Objections objections;
    const std::pair<const std::string*, const char*> parties[] = {
        {&supplier_, "/supplier"}, {&consignee_, "/consignee"}, {&carrier_, "/carrier"}};
    for (const auto& [id, pointer] : parties) {
      if (!id->empty()) objections.take(check_party(facts, *id, pointer));
    }
    if (!origin_.empty()) objections.check(check_region(rules, origin_, today, "/origin"));
    if (!destination_.empty()) objections.check(check_region(rules, destination_, today, "/destination"));
    return std::move(objections).finish();
  }

  std::vector<std::int64_t> check_lines(const RulePack& rules, const PermitKind& kind, Objections& objections) const {
    std::vector<std::int64_t> amounts;
    for (const Line& line : lines_) {
      amounts.push_back(objections.take(check_line(rules, kind, line)).value_or(0));
    }
    return amounts;
  }

  Result<std::int64_t> check_line(const RulePack& rules, const PermitKind& kind, const Line& line) const {
    const Substance* substance = TRY(check_substance(rules, line.substance, from_, line.pointer));
    if (!rules.serves(kind, kind.purpose, *substance)) {
      return refuse("substance-not-of-kind")
          .with("substance", substance->name_en)
          .with("substance_zh", substance->name_zh)
          .with("kind", kind.name_en)
          .with("kind_zh", kind.name_zh)
          .with("kinds", rules.kinds_for(kind.purpose, *substance))
          .at(line.pointer);
    }
    if (line.quantity.has_value() != kind.quantity_bound) {
      return refuse(kind.quantity_bound ? "quantity-required" : "quantity-not-wanted")
          .with("kind", kind.name_en)
          .with("kind_zh", kind.name_zh)
          .at(line.quantity_pointer);
    }
    if (!line.quantity) return std::int64_t{0};
    return check_amount(*line.quantity, *substance, line.quantity_pointer);
  }

  Outcome issue(const StepContext& context, const RulePack& rules, const PermitKind& kind,
                const std::vector<std::int64_t>& amounts) const {
    Outcome out;
    out.put(permit_row(context, kind));
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      const std::string& substance = lines_[i].substance;
      out.put(PermitLine{no_, substance, amounts[i]});
      out.move(substance, "", outside::kGranted, permit_account(no_), amounts[i]);
    }
    if (kind.uses == PermitUses::standing) return out;
    const UtcTime due = rules.due(rules.deadline("write-off"), to_);
    out.put(make_obligation("write-off", permit_account(no_), holder_, due, context.index));
    return out;
  }

  BorderPaper border_paper(const PermitKind& kind, const std::vector<std::int64_t>& amounts) const {
    BorderPaper paper{no_, holder_, border_case_, kind, {}, amounts.front(), from_, to_};
    for (const Line& line : lines_) paper.substances.push_back(line.substance);
    return paper;
  }

  Permit permit_row(const StepContext& context, const PermitKind& kind) const {
    std::vector<std::string> substances;
    for (const Line& line : lines_) substances.push_back(line.substance);
    Permit row;
    row.no = no_;
    row.kind = kind.code;
    row.issuer = context.party;
    row.holder = holder_;
    row.supplier = supplier_;
    row.consignee = consignee_;
    row.carrier = carrier_;
    row.origin = origin_;
    row.destination = destination_;
    row.substances = join_sorted(std::move(substances));
    row.valid_from = from_;
    row.valid_to = to_;
    row.uses = kind.uses;
    row.issued = context.index;
    row.purpose = purpose_;
    return row;
  }

  std::string no_, kind_, holder_;
  Date from_, to_;
  std::string purpose_, supplier_, consignee_, carrier_, origin_, destination_, border_case_;
  std::vector<Line> lines_;
};

}  // namespace

Result<std::unique_ptr<Step>> parse_permit_issue(const nlohmann::json& payload, const RulePack& rules) {
  return parse_step<IssuePermit>(payload, rules);
}

}  // namespace registry
