#include "registry/steps/keys.h"

#include "registry/steps/authority.h"
#include "registry/steps/checks.h"
#include "registry/steps/code_list.h"
#include "registry/steps/forms.h"
#include "registry/steps/objections.h"
#include "registry/steps/payload.h"
#include "registry/steps/read_step.h"

namespace registry {
namespace {

constexpr std::size_t kKeyIdDigits = 64;

/// One more key of a party. The key itself signs too, which proves that its owner holds it.
class EnrolKey : public Step {
 public:
  explicit EnrolKey(PayloadReader& in) : key_(in.key("key")), officer_(in.optional_id("officer")) {
    parse_name(in.one_of("role", {"admin", "officer"}), role_);
  }

  void need(const Facts&, std::string_view author, FactKeys& keys) const override {
    keys.want<Party>(author);
    want_new_key(*key_, keys);
    if (!officer_.empty()) keys.want<Officer>(officer_);
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack&) const override {
    TRY(check_newcomer(facts, context));
    TRY(check_admin(context));
    Objections objections;
    objections.check(check_new_key(facts, context, *key_, "/key"));
    objections.check(check_officer(facts, context));
    TRY(std::move(objections).finish());
    Outcome out;
    out.put(make_key_row(*key_, context.party, role_, officer_, context.index));
    return out;
  }

  std::vector<crypto::PublicKey> new_keys() const override { return {*key_}; }

 private:
  /// The person who will use it must be one of the party's own.
  Check check_officer(const Facts& facts, const StepContext& context) const {
    if (officer_.empty()) return Accepted{};
    const Officer* officer = facts.find<Officer>(officer_);
    if (officer && officer->party == context.party) return Accepted{};
    return refuse("unknown-officer").with("officer", officer_).at("/officer");
  }

  std::optional<crypto::PublicKey> key_;
  std::string officer_;
  KeyRole role_ = KeyRole::officer;
};

/// Ends a key from this index on; what it signed before stays good.
class RevokeKey : public Step {
 public:
  explicit RevokeKey(PayloadReader& in) : key_(in.text("key", kKeyIdDigits)) {
    if (!key_.empty() && !is_lower_hex(key_, kKeyIdDigits)) in.fault("key", "bad_hash", "64 lowercase hex digits");
    in.one_of("reason", {"lost", "stolen", "replaced", "left", "other"});
  }

  void need(const Facts& known, std::string_view author, FactKeys& keys) const override {
    keys.want<Party>(author);
    keys.want<Key>(key_);
    const Key* key = known.knows<Key>(key_) ? known.find<Key>(key_) : nullptr;
    if (key) keys.want<Party>(key->party);
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack&) const override {
    const Party* author = TRY(check_newcomer(facts, context));
    const Key* key = facts.find<Key>(key_);
    if (!key) return refuse("key-not-found").with("key", key_).at("/key");
    TRY(check_entitled(facts, context, *author, *key));
    if (key->state == KeyState::revoked) {
      return refuse("key-revoked-already").with("key", key_).with("index", std::to_string(key->revoked)).at("/key");
    }
    Outcome out;
    Key revoked = *key;
    revoked.state = KeyState::revoked;
    revoked.revoked = context.index;
    out.update(*key, revoked);
    return out;
  }

 private:
  Check check_entitled(const Facts& facts, const StepContext& context, const Party& author, const Key& key) const {
    if (context.signers.front().key == key_) return Accepted{};
    if (key.party == context.party) return check_admin(context);
    const Party* owner = TRY(check_party(facts, key.party, "/key"));
    if (!has_code(author.kinds, "agency")) return refuse("not-your-key").with("party", context.party).at("/key");
    return check_supervises(author, *owner);
  }

  /// An agency answers for the units of its region and for lower agencies in it; nobody but the operator for its own
  /// keys.
  static Check check_supervises(const Party& agency, const Party& owner) {
    const bool is_agency = has_code(owner.kinds, "agency");
    const bool is_lower = !is_agency || is_above(agency.agency_level, owner.agency_level);
    const bool runs_registry = has_code(owner.kinds, "operator") || has_code(owner.kinds, "registry");
    if (!is_lower || runs_registry) return refuse("not-your-key").with("party", agency.id).at("/key");
    return check_covers(agency, owner.region, "/key");
  }

  std::string key_;
};

}  // namespace

Result<std::unique_ptr<Step>> parse_key_enrol(const nlohmann::json& payload, const RulePack& rules) {
  return parse_step<EnrolKey>(payload, rules);
}

Result<std::unique_ptr<Step>> parse_key_revoke(const nlohmann::json& payload, const RulePack& rules) {
  return parse_step<RevokeKey>(payload, rules);
}

}  // namespace registry
