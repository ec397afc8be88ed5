#include <algorithm>

#include "registry/domain/codes.h"
#include "registry/steps/checks.h"
#include "registry/steps/families.h"
#include "registry/steps/findings.h"
#include "registry/steps/forms.h"
#include "registry/steps/keys.h"
#include "registry/steps/letters.h"
#include "registry/steps/naming.h"
#include "registry/steps/objections.h"
#include "registry/steps/obligations.h"
#include "registry/steps/payload.h"
#include "registry/steps/read_step.h"
#include "registry/steps/standing.h"
#include "registry/steps/verify.h"

namespace registry {
namespace {

constexpr std::string_view kPersonName = "个人";
constexpr std::size_t kNumberMax = 40;

/// A unit or individual asks to take part. Its own new key signs, under the id that it wants.
class RegisterParty : public Step {
 public:
  explicit RegisterParty(PayloadReader& in)
      : name_(in.text("name", 120)),
        kinds_(in.list_of("kinds",
                          {"producer", "trader", "user", "hospital", "carrier", "importer", "exporter", "wholesaler",
                           "designated-producer", "drug-maker", "national-wholesaler", "regional-wholesaler",
                           "class2-wholesaler", "retail-chain", "foreign-trade", "research", "person"})),
        region_(in.region("region")),
        key_(in.key("key")) {
    if (std::find(kinds_.begin(), kinds_.end(), "person") == kinds_.end())
      read_unit(in);
    else
      read_person(in);
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
    if (!uscc_.empty() && check_uscc(uscc_) != CodeCheck::ok) add_finding(out, context, odd_code(context));
    return out;
  }

  std::vector<crypto::PublicKey> new_keys() const override { return {*key_}; }

 private:
  void read_unit(PayloadReader& in) {
    in.text("address", 200);
    if (in.has("country") || in.has("number")) return read_abroad(in);
    uscc_ = in.text("uscc", 18);
    if (!uscc_.empty() && !is_uscc_form(uscc_)) in.fault("uscc", "bad_uscc", "18 of 0-9 A-Z");
  }

  /// A unit of another country has the number of its own register.
  void read_abroad(PayloadReader& in) {
    country_ = in.text("country", 2);
    number_ = in.text("number", kNumberMax);
    if (!in.optional_text("uscc", 18).empty()) in.fault("uscc", "not_allowed", "a number abroad stands in its place");
    if (!country_.empty() && !is_country(country_)) in.fault("country", "bad_country", "two capital letters");
    if (country_ == "CN") in.fault("country", "not_allowed", "a unit in China has a credit code");
  }

  /// An individual: name, identity number and address are private values, never payload.
  void read_person(PayloadReader& in) {
    if (kinds_.size() != 1) in.fault("kinds", "person_alone", "an individual is no unit");
    if (name_ != kPersonName) in.fault("name", "personal_data", std::string(kPersonName));
  }

  /// A warning for the officer who verifies: one code that was really issued fails its check digit.
  Finding odd_code(const StepContext& context) const {
    Finding finding = make_finding("uscc-check-digit", context.party, uscc_id(uscc_), Severity::low);
    finding.to_index = context.index;
    return finding;
  }

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
    row.uscc = country_.empty() ? uscc_ : number_abroad(country_, number_);
    row.region = region_;
    row.registered = context.index;
    return row;
  }

  std::string name_;
  std::vector<std::string> kinds_;
  std::string uscc_, country_, number_, region_;
  std::optional<crypto::PublicKey> key_;
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
    out.put(Site{site_, context.party, name_, kind_, region_, address_, context.index, kNone});
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
        duty_(in.one_of("duty", {"information-officer", "responsible-person", "driver", "keeper", "pharmacist",
                                 "inspector", "issuer", "approver", "auditor"})) {}

  void need(const Facts&, std::string_view author, FactKeys& keys) const override {
    keys.want<Party>(author);
    keys.want<Officer>(officer_);
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack&) const override {
    TRY(check_newcomer(facts, context));
    TRY(check_admin(context));
    TRY(check_new_id<Officer>(facts, officer_, "/officer"));
    Outcome out;
    out.put(Officer{officer_, context.party, duty_, context.index, kNone, {}});
    return out;
  }

 private:
  std::string officer_, duty_;
};

constexpr StepType kSteps[] = {
    {"party.register", 1, parse_step<RegisterParty>},
    {"party.challenge", 1, parse_party_challenge},
    {"party.answer", 1, parse_party_answer},
    {"party.verify", 1, parse_party_verify},
    {"site.add", 1, parse_step<AddSite>},
    {"officer.appoint", 1, parse_step<AppointOfficer>},
    {"key.enrol", 1, parse_key_enrol},
    {"key.revoke", 1, parse_key_revoke},
    {"key.rotate", 1, parse_key_rotate},
    {"chain.open", 1, parse_chain_open},
    {"party.suspend", 1, parse_party_suspend},
    {"party.restore", 1, parse_party_restore},
    {"party.close", 1, parse_party_close},
    {"party.name", 1, parse_party_name},
    {"party.recognise", 1, parse_party_recognise},
    {"vehicle.add", 1, parse_vehicle_add},
    {"site.close", 1, parse_site_close},
    {"officer.withdraw", 1, parse_officer_withdraw},
};

}  // namespace

std::span<const StepType> who_steps() { return kSteps; }

}  // namespace registry
