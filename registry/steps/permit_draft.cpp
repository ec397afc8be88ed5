#include "registry/steps/permit_draft.h"

#include <algorithm>
#include <array>

#include "registry/rules/trade_rules.h"
#include "registry/steps/checks.h"
#include "registry/steps/code_list.h"

namespace registry {
namespace {

constexpr std::size_t kPurposeMax = 200;
constexpr std::string_view kPerson = "person";

/// The kinds of unit for which a paper of this purpose makes sense. A carrier moves the goods of others, whose owners
/// hold the paper.
std::string_view holders_of(PermitPurpose purpose) {
  switch (purpose) {
    case PermitPurpose::produce:
      return "producer";
    case PermitPurpose::trade:
      return "trader,wholesaler,producer";
    case PermitPurpose::purchase:
      return "producer,trader,user,hospital,importer,exporter,wholesaler,person";
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

std::string in_chinese(std::string_view kinds, const RulePack& rules) {
  std::string text;
  each_code(kinds, [&](std::string_view kind) {
    const PartyKind* known = rules.party_kind(kind);
    (text += text.empty() ? "" : "、") += known ? std::string_view(known->name_zh) : kind;
  });
  return text;
}

/// Joined by commas: what the pack says of this kind of paper, or else what its purpose does.
std::string holder_kinds(const PermitKind& kind) {
  if (kind.holder_kinds.empty()) return std::string(holders_of(kind.purpose));
  std::string joined;
  for (const std::string& each : kind.holder_kinds) (joined += joined.empty() ? "" : ",") += each;
  return joined;
}

bool share_a_code(std::string_view a, std::string_view b) {
  bool shared = false;
  each_code(a, [&](std::string_view code) { shared = shared || has_code(b, code); });
  return shared;
}

Refusal about_kind(std::string_view rule, const PermitKind& kind) {
  return refuse(rule).with("kind", kind.name_en).with("kind_zh", kind.name_zh);
}

}  // namespace

PaperDraft::PaperDraft(PayloadReader& in)
    : kind(in.id("kind")),
      purpose(in.text("purpose", kPurposeMax)),
      supplier(in.optional_id("supplier")),
      consignee(in.optional_id("consignee")),
      carrier(in.optional_id("carrier")),
      origin(in.optional_region("origin")),
      destination(in.optional_region("destination")) {
  for (PayloadReader& line : in.lines("lines")) read_line(line);
}

void PaperDraft::read_line(PayloadReader& line) {
  Line read{line.id("substance"), line.pointer("substance"), line.pointer("quantity"),
            line.optional_quantity("quantity")};
  const auto same = [&](const Line& other) { return other.substance == read.substance; };
  const bool repeated = !read.substance.empty() && std::any_of(lines.begin(), lines.end(), same);
  if (repeated) line.fault("substance", "repeated", "each substance once");
  lines.push_back(std::move(read));
}

void PaperDraft::need(FactKeys& keys) const {
  for (const std::string* party : {&supplier, &consignee, &carrier})
    if (!party->empty()) keys.want<Party>(*party);
}

Result<const PermitKind*> PaperDraft::find_kind(const RulePack& rules) const {
  if (const PermitKind* known = rules.permit_kind(kind)) return known;
  return refuse("unknown-permit-kind").with("kind", kind).at("/kind");
}

Check PaperDraft::check_competence(const Party& agency, const PermitKind& known, const Party& holder,
                                   std::string pointer) const {
  const bool by_origin = known.purpose == PermitPurpose::transport && !origin.empty();
  return check_competent(agency, known.issuer_role, known.issuer_level, by_origin ? origin : holder.region,
                         std::move(pointer));
}

Check PaperDraft::check_holder(const RulePack& rules, const Party& holder, const PermitKind& known, std::string pointer,
                               Date today) const {
  if (holder.status != PartyStatus::verified)
    return refuse("holder-not-verified").with("holder", holder.name).at(std::move(pointer));
  const std::string kinds = holder_kinds(known);
  if (!share_a_code(holder.kinds, kinds))
    return about_kind("holder-wrong-kind", known)
        .with("holder", holder.name)
        .with("kinds", kinds)
        .with("kinds_zh", in_chinese(kinds, rules))
        .at(std::move(pointer));
  if (!has_code(holder.kinds, kPerson)) return Accepted{};
  if (known.uses != PermitUses::once) return about_kind("person-one-use-only", known).at("/kind");
  for (const Line& line : lines) {
    const Substance* substance = rules.substance(line.substance);
    const BuyerBan* ban = substance ? rules.trade().buyer_ban(*substance, holder.kinds, today) : nullptr;
    if (ban)
      return refuse("buyer-banned")
          .with("substance", substance->name_en)
          .with("substance_zh", substance->name_zh)
          .with("ban", ban->id)
          .with("article", ban->article)
          .with("confidence", ban->confidence)
          .at(line.pointer);
  }
  return Accepted{};
}

Check PaperDraft::check_named(const Facts& facts, const RulePack& rules, Date today) const {
  Objections objections;
  const std::pair<const std::string*, const char*> parties[] = {
      {&supplier, "/supplier"}, {&consignee, "/consignee"}, {&carrier, "/carrier"}};
  for (const auto& [id, pointer] : parties) {
    if (!id->empty()) objections.take(check_party(facts, *id, pointer));
  }
  if (!origin.empty()) objections.check(check_region(rules, origin, today, "/origin"));
  if (!destination.empty()) objections.check(check_region(rules, destination, today, "/destination"));
  return std::move(objections).finish();
}

Check PaperDraft::check_states(const RulePack& rules, const PermitKind& known) const {
  const PaperTerms& terms = rules.trade().terms(known.code);
  const std::pair<std::string_view, const std::string*> members[] = {
      {"origin", &origin}, {"destination", &destination}, {"consignee", &consignee}, {"carrier", &carrier}};
  Objections objections;
  for (const std::string& member : terms.states) {
    const auto at =
        std::find_if(std::begin(members), std::end(members), [&](const auto& m) { return m.first == member; });
    ensure(at != std::end(members), "a paper states members that it has");
    if (at->second->empty())
      objections.add(about_kind("paper-incomplete", known)
                         .with("members", "origin, destination, consignee, carrier")
                         .with("article", terms.states_article)
                         .with("confidence", terms.states_confidence)
                         .at("/" + member));
  }
  return std::move(objections).finish();
}

std::vector<std::int64_t> PaperDraft::check_lines(const RulePack& rules, const PermitKind& known, Date from,
                                                  Objections& objections) const {
  std::vector<std::int64_t> amounts;
  for (const Line& line : lines) amounts.push_back(objections.take(check_line(rules, known, from, line)).value_or(0));
  return amounts;
}

Result<std::int64_t> PaperDraft::check_line(const RulePack& rules, const PermitKind& known, Date from,
                                            const Line& line) {
  const Substance* substance = TRY(check_substance(rules, line.substance, from, line.pointer));
  if (!rules.serves(known, known.purpose, *substance)) {
    return about_kind("substance-not-of-kind", known)
        .with("substance", substance->name_en)
        .with("substance_zh", substance->name_zh)
        .with("kinds", rules.kinds_for(known.purpose, *substance))
        .at(line.pointer);
  }
  if (line.quantity.has_value() != known.quantity_bound)
    return about_kind(known.quantity_bound ? "quantity-required" : "quantity-not-wanted", known)
        .at(line.quantity_pointer);
  if (!line.quantity) return std::int64_t{0};
  return check_amount(*line.quantity, *substance, line.quantity_pointer);
}

std::string PaperDraft::substances() const {
  std::vector<std::string> codes;
  for (const Line& line : lines) codes.push_back(line.substance);
  return join_sorted(std::move(codes));
}

}  // namespace registry
