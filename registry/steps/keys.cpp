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

/// Notes the key with the person, whose keys end with the appointment.
void give_key(const Officer& officer, const std::string& key, Outcome& out) {
  Officer after = officer;
  (after.keys += after.keys.empty() ? "" : ",") += key;
  out.update(officer, std::move(after));
}

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
    if (!officer_.empty()) give_key(*facts.find<Officer>(officer_), key_->id().hex(), out);
    return out;
  }

  std::vector<crypto::PublicKey> new_keys() const override { return {*key_}; }

 private:
  /// The person who will use it must be one of the party's own.
  Check check_officer(const Facts& facts, const StepContext& context) const {
    if (officer_.empty()) return Accepted{};
    const Officer* officer = facts.find<Officer>(officer_);
    if (officer && officer->withdrawn != kNone)
      return refuse("officer-withdrawn").with("officer", officer_).at("/officer");
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
    // A halted unit may still stop a stolen key.
    const Party* author = TRY(check_present(facts, context));
    const Key* key = facts.find<Key>(key_);
    if (!key) return refuse("key-not-found").with("key", key_).at("/key");
    TRY(check_entitled(facts, context, *author, *key));
    if (key->state == KeyState::revoked) {
      return refuse("key-revoked-already").with("key", key_).with("index", std::to_string(key->revoked)).at("/key");
    }
    Outcome out;
    revoke_key(facts, key_, context.index, out);
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

/// A new key takes the place of the one that signs: same role, same person; the old one ends here.
class RotateKey : public Step {
 public:
  explicit RotateKey(PayloadReader& in) : key_(in.key("key")), old_(in.text("replaces", kKeyIdDigits)) {
    if (!old_.empty() && !is_lower_hex(old_, kKeyIdDigits)) in.fault("replaces", "bad_hash", "64 lowercase hex digits");
  }

  void need(const Facts& known, std::string_view author, FactKeys& keys) const override {
    keys.want<Party>(author);
    keys.want<Key>(old_);
    want_new_key(*key_, keys);
    const Key* old = known.knows<Key>(old_) ? known.find<Key>(old_) : nullptr;
    if (old && !old->officer.empty()) keys.want<Officer>(old->officer);
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack&) const override {
    TRY(check_present(facts, context));
    const Key* old = facts.find<Key>(old_);
    if (!old || context.signers.front().key != old_) return refuse("key-not-signing").with("key", old_).at("/replaces");
    TRY(check_new_key(facts, context, *key_, "/key"));
    Outcome out;
    revoke_key(facts, old_, context.index, out);
    out.put(make_key_row(*key_, context.party, old->role, old->officer, context.index));
    if (!old->officer.empty()) give_key(*facts.find<Officer>(old->officer), key_->id().hex(), out);
    return out;
  }

  std::vector<crypto::PublicKey> new_keys() const override { return {*key_}; }

 private:
  std::optional<crypto::PublicKey> key_;
  std::string old_;
};

/// Says whose device signs with a key, and which chain it goes on from: a key's chain opens itself with its first
/// entry. After a fork the old chain is frozen; naming its last head keeps the line of the unit's entries unbroken.
class OpenChain : public Step {
 public:
  explicit OpenChain(PayloadReader& in)
      : key_(in.text("key", kKeyIdDigits)),
        label_(in.text("label", 80)),
        purpose_(in.one_of("purpose", {"desk", "phone", "scale", "server", "other"})),
        replaces_(in.optional_text("replaces", kChainDigits)),
        head_(in.optional_text("head", kKeyIdDigits)) {
    if (!key_.empty() && !is_lower_hex(key_, kKeyIdDigits)) in.fault("key", "bad_hash", "64 lowercase hex digits");
    if (!replaces_.empty() && !is_lower_hex(replaces_, kChainDigits))
      in.fault("replaces", "bad_hash", "32 lowercase hex digits");
    if (replaces_.empty() != head_.empty()) in.fault("head", "required", "with replaces, and only then");
  }

  void need(const Facts&, std::string_view author, FactKeys& keys) const override {
    keys.want<Party>(author);
    keys.want<Key>(key_);
    keys.want<Device>(chain());
    if (!replaces_.empty()) keys.want<Chain>(replaces_);
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack&) const override {
    TRY(check_present(facts, context));
    const Key* key = facts.find<Key>(key_);
    if (!key || key->state == KeyState::revoked) return refuse("key-not-found").with("key", key_).at("/key");
    if (key->party != context.party) return refuse("not-your-key").with("party", context.party).at("/key");
    if (context.signers.front().key != key_ || !replaces_.empty()) TRY(check_admin(context));
    TRY(check_new_id<Device>(facts, chain(), "/key"));
    TRY(check_replaced(facts, context));
    Outcome out;
    out.put(Device{chain(), key_, context.party, label_, purpose_, replaces_, context.index});
    return out;
  }

 private:
  static constexpr std::size_t kChainDigits = 32;
  /// A key's chain has the first digits of the key's id as its own.
  std::string chain() const { return key_.substr(0, kChainDigits); }

  Check check_replaced(const Facts& facts, const StepContext& context) const {
    if (replaces_.empty()) return Accepted{};
    const Chain* old = facts.find<Chain>(replaces_);
    if (!old || old->party != context.party || replaces_ == chain())
      return refuse("unknown-chain").with("chain", replaces_).at("/replaces");
    if (old->head == head_) return Accepted{};
    return refuse("chain-head-differs").with("chain", replaces_).with("head", old->head).at("/head");
  }

  std::string key_, label_, purpose_, replaces_, head_;
};

}  // namespace

void revoke_key(const Facts& facts, std::string_view id, std::int64_t index, Outcome& out) {
  const Key* key = facts.find<Key>(id);
  if (!key || key->state == KeyState::revoked) return;
  Key revoked = *key;
  revoked.state = KeyState::revoked;
  revoked.revoked = index;
  out.update(*key, std::move(revoked));
}

Result<std::unique_ptr<Step>> parse_key_rotate(const nlohmann::json& payload, const RulePack& rules) {
  return parse_step<RotateKey>(payload, rules);
}

Result<std::unique_ptr<Step>> parse_chain_open(const nlohmann::json& payload, const RulePack& rules) {
  return parse_step<OpenChain>(payload, rules);
}

Result<std::unique_ptr<Step>> parse_key_enrol(const nlohmann::json& payload, const RulePack& rules) {
  return parse_step<EnrolKey>(payload, rules);
}

Result<std::unique_ptr<Step>> parse_key_revoke(const nlohmann::json& payload, const RulePack& rules) {
  return parse_step<RevokeKey>(payload, rules);
}

}  // namespace registry
