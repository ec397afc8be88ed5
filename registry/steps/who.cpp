#include "registry/steps/checks.h"
#include "registry/steps/families.h"
#include "registry/steps/forms.h"
#include "registry/steps/keys.h"
#include "registry/steps/objections.h"
#include "registry/steps/obligations.h"
#include "registry/steps/payload.h"
#include "registry/steps/read_step.h"

namespace registry {
namespace {

/// A unit asks to take part. Its own new key signs, under the id that it wants.
class RegisterParty : public Step {
 public:
  explicit RegisterParty(PayloadReader& in)
      : name_(in.text("name", 120)),
        kinds_(in.list_of("kinds",
                          {"producer", "trader", "user", "hospital", "carrier", "importer", "exporter", "wholesaler",
                           "designated-producer", "drug-maker", "national-wholesaler", "regional-wholesaler",
                           "class2-wholesaler", "retail-chain", "foreign-trade", "research"})),
        uscc_(in.text("uscc", 18)),
        region_(in.region("region")),
        key_(in.key("key")) {
    in.text("address", 200);
    if (!uscc_.empty() && !is_uscc_form(uscc_)) in.fault("uscc", "bad_uscc", "18 of 0-9 A-Z");
  }

  void need(const Facts&, std::string_view author, FactKeys& keys) const override {
    keys.want<Party>(author);
    want_new_key(*key_, keys);
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack& rules) const override {
    const Date today = local_date(context.rtime);
    Objections objections;
    objections.check(check_new_id<Party>(facts, context.party, "header/party"));
    objections.check(check_new_key(facts, context, *key_, "/key"));
    objections.check(check_region(rules, region_, today, "/region"));
    check_kinds(rules, objections);
    TRY(std::move(objections).finish());
    Outcome out;
    out.put(party_row(context, rules));
    out.put(make_key_row(*key_, context.party, KeyRole::admin, "", context.index));
    // Any agency that covers the unit may verify it, so nobody by name has to.
    const UtcTime due = rules.due(rules.deadline("verify-party"), today);
    out.put(make_obligation("verify-party", context.party, "", due, context.index));
    return out;
  }

  std::vector<crypto::PublicKey> new_keys() const override { return {*key_}; }

 private:
  /// Which kinds of unit there are is for the pack.
  void check_kinds(const RulePack& rules, Objections& objections) const {
    for (std::size_t i = 0; i < kinds_.size(); ++i)
      if (!rules.party_kind(kinds_[i]))
        objections.add(refuse("unknown-party-kind").with("kind", kinds_[i]).at("/kinds/" + std::to_string(i)));
  }

  Party party_row(const StepContext& context, const RulePack& rules) const {
    Party row;
    row.id = context.party;
    row.name = name_;
    row.kinds = join_sorted(rules.with_broader_kinds(kinds_));
    row.uscc = uscc_;
    row.region = region_;
    row.registered = context.index;
    return row;
  }

  std::string name_;
  std::vector<std::string> kinds_;
  std::string uscc_, region_;
  std::optional<crypto::PublicKey> key_;
};

/// An agency confirms that the unit is who it says it is.
class VerifyParty : public Step {
 public:
  explicit VerifyParty(PayloadReader& in) : party_(in.id("party")) {
    in.one_of("method", {"in-person", "address-code", "certificate"});
    in.optional_text("remark", 500);
  }

  void need(const Facts&, std::string_view author, FactKeys& keys) const override {
    keys.want<Party>(author);
    keys.want<Party>(party_);
    keys.want<Obligation>(obligation_id("verify-party", party_));
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack&) const override {
    const Party* agency = TRY(check_agency(facts, context));
    const Party* party = TRY(check_party(facts, party_, "/party"));
    TRY(check_covers(*agency, party->region, "/party"));
    if (party->status != PartyStatus::registered) {
      return refuse("party-verified-already").with("party", party_).at("/party");
    }
    Party verified = *party;
    verified.status = PartyStatus::verified;
    verified.verified = context.index;
    verified.verified_by = context.party;
    Outcome out;
    out.update(*party, verified);
    close_obligation(facts, obligation_id("verify-party", party_), context.index, out);
    return out;
  }

 private:
  std::string party_;
};

class AddSite : public Step {
 public:
  explicit AddSite(PayloadReader& in)
      : site_(in.id("site")),
        name_(in.text("name", 120)),
        kind_(in.one_of("kind", {"store", "plant", "pharmacy", "ward", "yard", "port"})),
        region_(in.region("region")),
        address_(in.text("address", 200)) {}

  void need(const Facts&, std::string_view author, FactKeys& keys) const override {
    keys.want<Party>(author);
    keys.want<Site>(site_);
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack& rules) const override {
    TRY(check_newcomer(facts, context));
    Objections objections;
    objections.check(check_new_id<Site>(facts, site_, "/site"));
    objections.check(check_region(rules, region_, local_date(context.rtime), "/region"));
    TRY(std::move(objections).finish());
    Outcome out;
    out.put(Site{site_, context.party, name_, kind_, region_, address_, context.index});
    return out;
  }

 private:
  std::string site_, name_, kind_, region_, address_;
};

/// Names an information officer or another person in charge; the name itself is a private value.
class AppointOfficer : public Step {
 public:
  explicit AppointOfficer(PayloadReader& in)
      : officer_(in.id("officer")),
        duty_(in.one_of("duty", {"information-officer", "responsible-person", "driver", "keeper", "pharmacist"})) {}

  void need(const Facts&, std::string_view author, FactKeys& keys) const override {
    keys.want<Party>(author);
    keys.want<Officer>(officer_);
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack&) const override {
    TRY(check_newcomer(facts, context));
    TRY(check_admin(context));
    TRY(check_new_id<Officer>(facts, officer_, "/officer"));
    Outcome out;
    out.put(Officer{officer_, context.party, duty_, context.index});
    return out;
  }

 private:
  std::string officer_, duty_;
};

constexpr StepType kSteps[] = {
    {"party.register", 1, parse_step<RegisterParty>},
    {"party.verify", 1, parse_step<VerifyParty>},
    {"site.add", 1, parse_step<AddSite>},
    {"officer.appoint", 1, parse_step<AppointOfficer>},
    {"key.enrol", 1, parse_key_enrol},
    {"key.revoke", 1, parse_key_revoke},
};

}  // namespace

std::span<const StepType> who_steps() { return kSteps; }

}  // namespace registry
