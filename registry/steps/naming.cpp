#include "registry/steps/naming.h"

#include <algorithm>

#include "registry/domain/codes_plate.h"
#include "registry/steps/checks.h"
#include "registry/steps/code_list.h"
#include "registry/steps/findings.h"
#include "registry/steps/forms.h"
#include "registry/steps/obligations.h"
#include "registry/steps/payload.h"
#include "registry/steps/read_step.h"

namespace registry {
namespace {

constexpr std::size_t kNameMax = 120, kPlateMax = 20, kRemarkMax = 500, kIdMax = 160;
constexpr std::string_view kCase = "onboard";

/// Somebody that the author deals with and does not find here, for instance after a refused sale. A fact.
class NameParty : public Step {
 public:
  explicit NameParty(PayloadReader& in)
      : what_(in.one_of("what", {"unit", "carrier", "plate", "foreign"})),
        name_(in.text("name", kNameMax)),
        uscc_(in.optional_text("uscc", 18)),
        country_(in.optional_text("country", 2)),
        region_(in.optional_region("region")) {
    in.optional_text("remark", kRemarkMax);
    if (!uscc_.empty() && !is_uscc_form(uscc_)) in.fault("uscc", "bad_uscc", "18 of 0-9 A-Z");
    if (!country_.empty() && !is_country(country_)) in.fault("country", "bad_country", "two capital letters");
    if (what_ == "foreign" && country_.empty()) in.fault("country", "required", "for a party abroad");
    if (what_ != "foreign" && !country_.empty()) in.fault("country", "not_allowed", "only for a party abroad");
  }

  void need(const Facts&, std::string_view author, FactKeys& keys) const override {
    keys.want<Party>(author);
    want_named(id(), keys);
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack& rules) const override {
    const Party* author = TRY(check_party(facts, context.party, "header/party"));
    if (!region_.empty()) TRY(check_region(rules, region_, local_date(context.rtime), "/region"));
    const Named* before = facts.find<Named>(id());
    if (before)
      return refuse(before->known == kNone ? "named-already" : "named-known")
          .with("name", name_)
          .with("known_as", before->known_as)
          .at("/name");
    Outcome out;
    note_named(facts, context, rules, {id(), what_, name_, region_.empty() ? author->region : region_}, out);
    return out;
  }

 private:
  std::string id() const {
    if (what_ == "plate") return plate_id(name_);
    if (what_ == "foreign") return foreign_id(country_, name_);
    return uscc_.empty() ? name_id(name_) : uscc_id(uscc_);
  }
  std::string what_, name_, uscc_, country_, region_;
};

/// An agency closes a case that no registration closes by itself: a party abroad, a name in another spelling, a vehicle
/// of somebody outside.
class RecogniseParty : public Step {
 public:
  explicit RecogniseParty(PayloadReader& in) : named_(in.text("named", kIdMax)), party_(in.optional_id("party")) {
    in.one_of("result", {"registered", "looked-into", "does-not-exist"});
    in.text("remark", kRemarkMax);
  }

  void need(const Facts&, std::string_view author, FactKeys& keys) const override {
    keys.want<Party>(author);
    if (!party_.empty()) keys.want<Party>(party_);
    keys.want<Named>(named_);
    want_case(named_, keys);
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack&) const override {
    const Party* agency = TRY(check_agency(facts, context));
    const Named* named = facts.find<Named>(named_);
    if (!named) return refuse("not-named").with("named", named_).at("/named");
    if (named->known != kNone)
      return refuse("named-known").with("name", named->name).with("known_as", named->known_as).at("/named");
    TRY(check_covers(*agency, named->region, "/named"));
    if (!party_.empty()) {
      const Party* party = TRY(check_party(facts, party_, "/party"));
      if (party->status != PartyStatus::verified)
        return refuse("partner-not-verified").with("party", party_).at("/party");
    }
    Outcome out;
    settle_named(facts, context, {named_, named->what, named->name, named->region},
                 party_.empty() ? context.party : party_, out);
    return out;
  }

 private:
  std::string named_, party_;
};

/// A vehicle of a verified unit: its plate is known from now on.
class AddVehicle : public Step {
 public:
  explicit AddVehicle(PayloadReader& in) : plate_(in.text("plate", kPlateMax)) {
    in.one_of("kind", {"tractor", "trailer", "truck", "van", "other"});
    in.optional_text("qualification", kNameMax);
  }

  void need(const Facts&, std::string_view author, FactKeys& keys) const override {
    keys.want<Party>(author);
    want_named(plate_id(plate_), keys);
    want_case(plate_id(plate_), keys);
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack&) const override {
    const Party* author = TRY(check_author(facts, context));
    const Named* before = facts.find<Named>(plate_id(plate_));
    if (before && before->known != kNone)
      return refuse("named-known").with("name", plate_).with("known_as", before->known_as).at("/plate");
    Outcome out;
    settle_named(facts, context, {plate_id(plate_), "plate", plate_, author->region}, context.party, out);
    if (!is_vehicle_plate(plate_)) add_finding(out, context, odd_plate(context));
    return out;
  }

 private:
  /// A warning only: plates of the forces and of abroad have other forms.
  Finding odd_plate(const StepContext& context) const {
    Finding finding = make_finding("plate-form", context.party, plate_id(plate_), Severity::low);
    finding.vehicle = plate_;
    finding.to_index = context.index;
    return finding;
  }
  std::string plate_;
};

}  // namespace

std::string plate_id(std::string_view plate) { return "plate:" + std::string(plate); }
std::string foreign_id(std::string_view country, std::string_view name) {
  return "foreign:" + std::string(country) + ":" + std::string(name);
}
std::string uscc_id(std::string_view uscc) { return "uscc:" + std::string(uscc); }
std::string name_id(std::string_view name) { return "name:" + std::string(name); }

std::string number_abroad(std::string_view country, std::string_view number) {
  return std::string(country) + ":" + std::string(number);
}
std::string country_abroad(std::string_view code) {
  const auto colon = code.find(':');
  return colon == code.npos ? std::string() : std::string(code.substr(0, colon));
}

void want_named(const std::string& id, FactKeys& keys) {
  if (!id.empty() && id.back() != ':') keys.want<Named>(id);
}

void want_case(const std::string& id, FactKeys& keys) {
  if (!id.empty()) keys.want<Obligation>(obligation_id(kCase, id));
}

void note_named(const Facts& facts, const StepContext& context, const RulePack& rules, const Naming& naming,
                Outcome& out) {
  if (facts.find<Named>(naming.id)) return;
  const auto& named = out.changes<Named>();
  if (std::any_of(named.begin(), named.end(), [&](const auto& change) { return change.after.id == naming.id; })) return;
  out.put(
      Named{naming.id, std::string(naming.what), naming.name, naming.region, context.party, context.index, {}, kNone});
  const Deadline* time = rules.find_deadline(kCase);
  if (!time) return;
  const UtcTime due = rules.due(*time, local_date(context.rtime));
  // Any agency of the county may look into it, so nobody by name has to.
  Obligation open = make_obligation(kCase, naming.id, "", due, context.index);
  open.region = naming.region;
  out.put(std::move(open));
}

void note_plate(const Facts& facts, const StepContext& context, const RulePack& rules, const std::string& plate,
                const std::string& region, Outcome& out) {
  if (!plate.empty()) note_named(facts, context, rules, {plate_id(plate), "plate", plate, region}, out);
}

void note_foreign(const Facts& facts, const StepContext& context, const RulePack& rules, const ForeignName& foreign,
                  const std::string& region, Outcome& out) {
  if (foreign.name.empty()) return;
  note_named(facts, context, rules, {foreign_id(foreign.country, foreign.name), "foreign", foreign.name, region}, out);
}

void settle_named(const Facts& facts, const StepContext& context, const Naming& naming, std::string_view known_as,
                  Outcome& out) {
  const Named* before = facts.find<Named>(naming.id);
  if (before && before->known != kNone) return;
  Named row =
      before ? *before
             : Named{naming.id, std::string(naming.what), naming.name, naming.region, context.party, context.index, {},
                     kNone};
  row.known_as = known_as;
  row.known = context.index;
  if (!before) return out.put(std::move(row));
  out.update(*before, std::move(row));
  close_obligation(facts, obligation_id(kCase, naming.id), context.index, out);
}

Result<std::unique_ptr<Step>> parse_party_name(const nlohmann::json& payload, const RulePack& rules) {
  return parse_step<NameParty>(payload, rules);
}
Result<std::unique_ptr<Step>> parse_party_recognise(const nlohmann::json& payload, const RulePack& rules) {
  return parse_step<RecogniseParty>(payload, rules);
}
Result<std::unique_ptr<Step>> parse_vehicle_add(const nlohmann::json& payload, const RulePack& rules) {
  return parse_step<AddVehicle>(payload, rules);
}

}  // namespace registry
