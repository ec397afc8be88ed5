#include "registry/steps/verify.h"

#include "registry/steps/certificate.h"
#include "registry/steps/checks.h"
#include "registry/steps/letters.h"
#include "registry/steps/naming.h"
#include "registry/steps/obligations.h"
#include "registry/steps/payload.h"
#include "registry/steps/read_step.h"
#include "registry/steps/recurring.h"

namespace registry {
namespace {

constexpr std::string_view kInPerson = "in-person", kAddressCode = "address-code", kCertificate = "certificate";

/// An agency confirms that the unit is who it says it is.
class VerifyParty : public Step {
 public:
  explicit VerifyParty(PayloadReader& in)
      : party_(in.id("party")),
        method_(in.one_of("method", {kInPerson, kAddressCode, kCertificate})),
        letter_(in.optional_id("letter")),
        certificate_(in) {
    in.optional_text("remark", 500);
    check_evidence(in, "letter", kAddressCode);
    check_evidence(in, "chain", kCertificate);
  }

  void need(const Facts& known, std::string_view author, FactKeys& keys) const override {
    keys.want<Party>(author);
    keys.want<Party>(party_);
    keys.want<Obligation>(obligation_id("verify-party", party_));
    keys.want<Obligation>(obligation_id(kAnswerLetter, party_));
    if (method_ == kAddressCode) keys.want<AddressLetter>(letter_);
    if (method_ == kCertificate) certificate_.need(keys);
    want_duties(known, party_, keys);
    const Party* party = known.knows<Party>(party_) ? known.find<Party>(party_) : nullptr;
    if (party) want_names(known, *party, keys);
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack& rules) const override {
    const Party* agency = TRY(check_agency(facts, context));
    const Party* party = TRY(check_party(facts, party_, "/party"));
    TRY(check_covers(*agency, party->region, "/party"));
    if (party->status != PartyStatus::registered) {
      return refuse("party-verified-already").with("party", party_).at("/party");
    }
    TRY(check_only_one(facts, *party));
    TRY(check_shown(facts, context, rules, *party));
    Party verified = *party;
    verified.status = PartyStatus::verified;
    verified.verified = context.index;
    verified.verified_by = context.party;
    Outcome out;
    out.update(*party, verified);
    for (const std::string_view kind : {std::string_view("verify-party"), kAnswerLetter})
      close_obligation(facts, obligation_id(kind, party_), context.index, out);
    for (const Naming& name : names(*party)) settle_named(facts, context, name, party_, out);
    take_over_code(facts, *party, out);
    start_for_party(facts, context, rules, *party, out);
    return out;
  }

 private:
  /// Evidence belongs to its method, and the method needs it.
  void check_evidence(PayloadReader& in, std::string_view member, std::string_view method) const {
    if (method_ == method && !in.has(member)) in.fault(member, "required", "with the method " + std::string(method));
    if (method_ != method && in.has(member)) in.fault(member, "not_allowed", "with the method " + method_);
  }

  /// Whoever verifies in person has seen for itself; the other methods are decided by what is shown.
  Check check_shown(const Facts& facts, const StepContext& context, const RulePack& rules, const Party& party) const {
    if (method_ == kAddressCode) return check_letter_answered(facts, letter_, party_);
    if (method_ == kCertificate) return certificate_.check(facts, context, rules, party);
    return Accepted{};
  }

  /// Under what others may have named it before it was here.
  static std::vector<Naming> names(const Party& party) {
    // An individual has no code, and its name is a private value.
    if (party.uscc.empty()) return {};
    const std::string country = country_abroad(party.uscc);
    return {{uscc_id(party.uscc), "unit", party.name, party.region},
            country.empty() ? Naming{name_id(party.name), "unit", party.name, party.region}
                            : Naming{foreign_id(country, party.name), "foreign", party.name, party.region}};
  }
  static void want_names(const Facts& known, const Party& party, FactKeys& keys) {
    for (const Naming& name : names(party)) {
      want_named(name.id, keys);
      want_case(name.id, keys);
    }
    if (party.uscc.empty()) return;
    const std::string code = uscc_id(party.uscc);
    const Named* named = known.knows<Named>(code) ? known.find<Named>(code) : nullptr;
    if (named && !named->known_as.empty()) keys.want<Party>(named->known_as);
  }

  /// The code of a unit that was closed goes to the one that is verified under it now.
  static void take_over_code(const Facts& facts, const Party& party, Outcome& out) {
    const Named* named = party.uscc.empty() ? nullptr : facts.find<Named>(uscc_id(party.uscc));
    if (!named || named->known == kNone || named->known_as == party.id) return;
    Named after = *named;
    after.known_as = party.id;
    out.update(*named, std::move(after));
  }

  /// A code belongs to one unit. Told at verification, not at registration: whoever registers first under the code of
  /// another must not keep the rightful owner out.
  static Check check_only_one(const Facts& facts, const Party& party) {
    if (party.uscc.empty()) return Accepted{};
    const Named* named = facts.find<Named>(uscc_id(party.uscc));
    const Party* other = named && !named->known_as.empty() ? facts.find<Party>(named->known_as) : nullptr;
    if (!other || other->id == party.id || other->uscc != party.uscc || other->status == PartyStatus::closed)
      return Accepted{};
    return refuse("uscc-taken").with("uscc", party.uscc).with("party", other->id).at("/party");
  }

  std::string party_, method_, letter_;
  CertificateEvidence certificate_;
};

}  // namespace

Result<std::unique_ptr<Step>> parse_party_verify(const nlohmann::json& payload, const RulePack& rules) {
  return parse_step<VerifyParty>(payload, rules);
}

}  // namespace registry
