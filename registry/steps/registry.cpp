#include "crypto/note.h"
#include "registry/rules/dated_codes.h"
#include "registry/steps/certificate.h"
#include "registry/steps/checks.h"
#include "registry/steps/code_list.h"
#include "registry/steps/families.h"
#include "registry/steps/fork.h"
#include "registry/steps/objections.h"
#include "registry/steps/payload.h"
#include "registry/steps/read_step.h"
#include "registry/steps/recurring.h"

namespace registry {
namespace {

/// Party ids stand in signed headers, which take no longer ones.
constexpr std::size_t kPartyIdMax = 32;
constexpr std::string_view kRegistryParty = "registry";

/// Entry 0: founds the ledger, its operator, and the registry's own key, which signs checkpoints and fork evidence.
class OpenLedger : public Step {
 public:
  explicit OpenLedger(PayloadReader& in)
      : ledger_(in.text("ledger", 80)),
        log_key_text_(in.text("log_key", 200)),
        operator_key_(in.key("operator_key")),
        region_(in.region("region")),
        pack_(in.id("pack")),
        suites_(in.list_of("suites", {"ed25519-sha256", "p256-sha256", "sm2-sm3"})) {
    log_key_ = crypto::NoteVerifier::parse_vkey(log_key_text_);
    if (!log_key_text_.empty() && !log_key_) in.fault("log_key", "bad_key", "name+hex+base64 of C2SP signed-note");
  }

  /// There is nothing to know before entry 0.
  void need(const Facts&, std::string_view, FactKeys&) const override {}

  Result<Outcome> decide(const Facts&, const StepContext& context, const RulePack& rules) const override {
    if (context.index != 0) return refuse("ledger-open-already").at("header/type");
    Objections objections;
    if (context.party == kRegistryParty)
      objections.add(refuse("id-taken").with("id", context.party).at("header/party"));
    if (*operator_key_ == log_key_->key()) {
      objections.add(refuse("id-taken").with("id", operator_key_->id().hex()).at("/operator_key"));
    }
    objections.check(check_possession(context, *operator_key_, "/operator_key"));
    objections.check(check_region(rules, region_, local_date(context.rtime), "/region"));
    if (pack_ != rules.code())
      objections.add(
          refuse("pack-not-served").with("pack", pack_).with("served", std::string(rules.code())).at("/pack"));
    TRY(std::move(objections).finish());
    Outcome out;
    put_parties(context, out);
    put_settings(out);
    return out;
  }

  std::vector<crypto::PublicKey> new_keys() const override { return {*operator_key_}; }

 private:
  Party founder(std::string_view id, std::string_view kind) const {
    Party row;
    row.id = id;
    row.name = ledger_;
    row.kinds = kind;
    row.region = region_;
    row.status = PartyStatus::verified;
    row.verified = 0;
    row.verified_by = id;
    return row;
  }
  void put_parties(const StepContext& context, Outcome& out) const {
    out.put(founder(context.party, "operator"));
    out.put(founder(kRegistryParty, "registry"));
    out.put(make_key_row(*operator_key_, context.party, KeyRole::admin, "", 0));
    out.put(make_key_row(log_key_->key(), kRegistryParty, KeyRole::admin, "", 0));
  }
  void put_settings(Outcome& out) const {
    out.put(Setting{"ledger", ledger_, 0});
    out.put(Setting{"log_key", log_key_text_, 0});
    out.put(Setting{"region", region_, 0});
    out.put(Setting{"pack", pack_, 0});
    out.put(Setting{"suites", join_sorted(suites_), 0});
    out.put(Setting{"policy", "0", 0});
  }

  std::string ledger_, log_key_text_;
  std::optional<crypto::NoteVerifier> log_key_;
  std::optional<crypto::PublicKey> operator_key_;
  std::string region_, pack_;
  std::vector<std::string> suites_;
};

/// The operator sets what the law leaves to the place; the entry is the policy in force from its index on.
class SetPolicy : public Step {
 public:
  explicit SetPolicy(PayloadReader& in) {
    for (PayloadReader& line : in.lines("settings")) {
      Item item{line.one_of("name", {"key_areas", "overlay", "note", "permanganate_to_persons", kAnchorSetting}),
                line.text("value", 2000)};
      if (item.name == kAnchorSetting && !item.value.empty() && !is_anchor_list(item.value))
        line.fault("value", "bad_hash", "64 lowercase hex digits, joined by commas; or none");
      for (const Item& other : items_) {
        if (!item.name.empty() && other.name == item.name) line.fault("name", "repeated", "each name once");
      }
      items_.push_back(std::move(item));
    }
  }

  void need(const Facts&, std::string_view author, FactKeys& keys) const override {
    keys.want<Party>(author);
    keys.want<Setting>("policy");
    for (const Item& item : items_) keys.want<Setting>(item.name);
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack& rules) const override {
    TRY(check_operator(facts, context));
    TRY(check_admin(context));
    TRY(check_dated(rules, local_date(context.rtime)));
    Outcome out;
    for (const Item& item : items_) set(facts, context, item.name, item.value, out);
    set(facts, context, "policy", std::to_string(context.index), out);
    return out;
  }

 private:
  struct Item {
    std::string name, value;
  };

  /// Key areas and overlays are codes with days: "360323@2026-01-01..2026-12-31,360302".
  Check check_dated(const RulePack& rules, Date today) const {
    Objections objections;
    for (std::size_t i = 0; i < items_.size(); ++i) {
      const std::string pointer = "/settings/" + std::to_string(i) + "/value";
      if (items_[i].name != "key_areas" && items_[i].name != "overlay") continue;
      const auto codes = parse_dated_codes(items_[i].value);
      if (!codes) {
        objections.add(refuse("bad-dated-codes").with("value", items_[i].value).at(pointer));
        continue;
      }
      for (const DatedCode& code : *codes)
        objections.check(check_code(rules, items_[i].name, code.code, today, pointer));
    }
    return std::move(objections).finish();
  }
  static Check check_code(const RulePack& rules, std::string_view name, std::string_view code, Date today,
                          const std::string& pointer) {
    if (name == "key_areas") return check_region(rules, code, today, pointer);
    if (rules.overlay(code)) return Accepted{};
    return refuse("unknown-overlay").with("overlay", std::string(code)).at(pointer);
  }
  static void set(const Facts& facts, const StepContext& context, const std::string& name, const std::string& value,
                  Outcome& out) {
    Setting row{name, value, context.index};
    if (const Setting* before = facts.find<Setting>(name))
      out.update(*before, std::move(row));
    else
      out.put(std::move(row));
  }

  std::vector<Item> items_;
};

/// The operator lets an agency in; the agency's new key signs too.
class EnrolAgency : public Step {
 public:
  explicit EnrolAgency(PayloadReader& in)
      : agency_(in.id("agency")),
        name_(in.text("name", 120)),
        role_(in.one_of("role", {"PS", "DA", "EM", "CO", "HC", "CU", "MR"})),
        level_(in.one_of("level", {"N", "P", "C", "X"})),
        region_(in.region("region")),
        key_(in.key("key")) {
    if (agency_.size() > kPartyIdMax) in.fault("agency", "too_long", "at most 32 characters, to fit a signed header");
  }

  void need(const Facts& known, std::string_view author, FactKeys& keys) const override {
    keys.want<Party>(author);
    keys.want<Party>(agency_);
    want_new_key(*key_, keys);
    want_duties(known, agency_, keys);
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack& rules) const override {
    TRY(check_operator(facts, context));
    TRY(check_admin(context));
    Objections objections;
    objections.check(check_new_id<Party>(facts, agency_, "/agency"));
    objections.check(check_new_key(facts, context, *key_, "/key"));
    objections.check(check_region(rules, region_, local_date(context.rtime), "/region"));
    TRY(std::move(objections).finish());
    Outcome out;
    out.put(party_row(context));
    out.put(make_key_row(*key_, agency_, KeyRole::admin, "", context.index));
    start_for_party(facts, context, rules, party_row(context), out);
    return out;
  }

  std::vector<crypto::PublicKey> new_keys() const override { return {*key_}; }

 private:
  Party party_row(const StepContext& context) const {
    Party row;
    row.id = agency_;
    row.name = name_;
    row.kinds = "agency";
    row.region = region_;
    row.status = PartyStatus::verified;
    row.agency_role = role_;
    row.agency_level = level_;
    row.registered = row.verified = context.index;
    row.verified_by = context.party;
    return row;
  }

  std::string agency_, name_, role_, level_, region_;
  std::optional<crypto::PublicKey> key_;
};

constexpr StepType kSteps[] = {
    {"ledger.open", 1, parse_step<OpenLedger>},
    {"policy.set", 1, parse_step<SetPolicy>},
    {"agency.enrol", 1, parse_step<EnrolAgency>},
    {"chain.fork", 1, parse_chain_fork},
};

}  // namespace

std::span<const StepType> registry_steps() { return kSteps; }

}  // namespace registry
