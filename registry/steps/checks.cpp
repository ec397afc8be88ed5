#include "registry/steps/checks.h"

#include <algorithm>

#include "crypto/encoding.h"
#include "registry/steps/authority.h"
#include "registry/steps/code_list.h"

namespace registry {
namespace {

std::string_view status_zh(PartyStatus status) {
  switch (status) {
    case PartyStatus::registered:
      return "已登记、尚未核实";
    case PartyStatus::verified:
      return "已核实";
    case PartyStatus::suspended:
      return "已暂停";
    case PartyStatus::closed:
      return "已注销";
  }
  return {};
}

Refusal not_verified(const Party& party) {
  return refuse("party-not-verified")
      .with("party", party.id)
      .with("status", std::string(name_of(party.status)))
      .with("status_zh", std::string(status_zh(party.status)))
      .at("header/party");
}

Refusal not_competent(const Party& agency, std::string pointer, std::string wanted, std::string wanted_zh) {
  return refuse("not-competent")
      .with("agency", agency.name)
      .with("wanted", std::move(wanted))
      .with("wanted_zh", std::move(wanted_zh))
      .at(std::move(pointer));
}

}  // namespace

Result<const Party*> check_party(const Facts& facts, std::string_view id, std::string pointer) {
  if (const Party* party = facts.find<Party>(id)) return party;
  return refuse("unknown-party").with("party", std::string(id)).at(std::move(pointer));
}

Result<const Party*> check_author(const Facts& facts, const StepContext& context) {
  const Party* party = TRY(check_party(facts, context.party, "header/party"));
  if (party->status != PartyStatus::verified) return not_verified(*party);
  return party;
}

Result<const Party*> check_newcomer(const Facts& facts, const StepContext& context) {
  const Party* party = TRY(check_party(facts, context.party, "header/party"));
  const bool welcome = party->status == PartyStatus::registered || party->status == PartyStatus::verified;
  if (!welcome) return not_verified(*party);
  return party;
}

Result<const Party*> check_present(const Facts& facts, const StepContext& context) {
  const Party* party = TRY(check_party(facts, context.party, "header/party"));
  if (party->status == PartyStatus::closed) return not_verified(*party);
  return party;
}

Result<const Party*> check_agency(const Facts& facts, const StepContext& context) {
  const Party* party = TRY(check_author(facts, context));
  if (!has_code(party->kinds, "agency")) return refuse("not-an-agency").with("party", party->id).at("header/party");
  return party;
}

Result<const Party*> check_operator(const Facts& facts, const StepContext& context) {
  const Party* party = TRY(check_author(facts, context));
  if (!has_code(party->kinds, "operator")) return refuse("not-operator").with("party", party->id).at("header/party");
  return party;
}

Check check_admin(const StepContext& context) {
  for (const Signer& signer : context.signers) {
    if (!signer.is_new && signer.party == context.party && signer.role == KeyRole::admin) return Accepted{};
  }
  return refuse("needs-admin").with("party", context.party).at("header/key");
}

bool has_signed(const StepContext& context, std::string_view party) {
  return std::any_of(context.signers.begin(), context.signers.end(),
                     [&](const Signer& signer) { return signer.party == party && !signer.is_new; });
}

Check check_second_signature(const StepContext& context, std::string_view party) {
  std::string_view first;
  for (const Signer& signer : context.signers) {
    if (signer.is_new || signer.party != party || signer.key == first) continue;
    if (!first.empty()) return Accepted{};
    first = signer.key;
  }
  return refuse("needs-second-signature").with("party", std::string(party)).at("/signatures");
}

Check check_possession(const StepContext& context, const crypto::PublicKey& key, std::string pointer) {
  const std::string id = key.id().hex();
  for (const Signer& signer : context.signers) {
    if (signer.is_new && signer.key == id) return Accepted{};
  }
  return refuse("key-possession").with("key", id).at(std::move(pointer));
}

void want_new_key(const crypto::PublicKey& key, FactKeys& keys) {
  keys.want<Key>(key.id().hex());
  keys.want<Setting>("suites");
}

Check check_new_key(const Facts& facts, const StepContext& context, const crypto::PublicKey& key,
                    const std::string& pointer) {
  const std::string id = key.id().hex();
  if (facts.find<Key>(id)) return refuse("key-enrolled-already").with("key", id).at(pointer);
  TRY(check_possession(context, key, pointer));
  const Setting* suites = facts.find<Setting>("suites");
  const std::string_view suite = crypto::name(key.suite());
  if (!suites || has_code(suites->value, suite)) return Accepted{};
  return refuse("suite-not-accepted")
      .with("suite", std::string(suite))
      .with("suites", suites->value)
      .at(pointer + "/suite");
}

Check check_covers(const Party& agency, std::string_view region, std::string pointer) {
  if (covers(agency, region)) return Accepted{};
  const std::string place(region);
  return not_competent(agency, std::move(pointer), "an agency whose region covers " + place,
                       "管辖区域包括 " + place + " 的机关");
}

Check check_competent(const Party& agency, std::string_view role, std::string_view level, std::string_view region,
                      std::string pointer) {
  const bool fits = agency.agency_role == role && is_at_least(agency.agency_level, level) && covers(agency, region);
  if (fits) return Accepted{};
  return not_competent(agency, std::move(pointer), authority_en(role, level, region),
                       authority_zh(role, level, region));
}

Check check_region(const RulePack& rules, std::string_view code, Date on, std::string pointer) {
  const Region* region = rules.region(code);
  if (region && region->from_year <= on.year() && on.year() <= region->to_year) return Accepted{};
  return refuse("unknown-region").with("region", std::string(code)).at(std::move(pointer));
}

Result<const Substance*> check_substance(const RulePack& rules, std::string_view code, Date on, std::string pointer) {
  const Substance* substance = rules.substance(code);
  if (!substance) return refuse("unknown-substance").with("substance", std::string(code)).at(std::move(pointer));
  if (rules.in_force(*substance, on)) return substance;
  return refuse("substance-not-in-force")
      .with("substance", substance->name_en)
      .with("substance_zh", substance->name_zh)
      .with("from", substance->effective_from.str())
      .at(std::move(pointer));
}

Result<std::int64_t> check_amount(const Quantity& quantity, const Substance& substance, std::string pointer) {
  if (const auto amount = quantity.in(substance.unit)) return *amount;
  const bool pieces = quantity.unit() == Unit::pcs;
  const bool wants_pieces = substance.unit == BaseUnit::pcs;
  return refuse(pieces == wants_pieces ? "quantity-too-fine" : "quantity-wrong-unit")
      .with("quantity", quantity.str())
      .with("unit", std::string(name(substance.unit)))
      .with("substance", substance.name_en)
      .with("substance_zh", substance.name_zh)
      .at(std::move(pointer));
}

Key make_key_row(const crypto::PublicKey& key, std::string_view party, KeyRole role, std::string_view officer,
                 std::int64_t since) {
  Key row;
  row.id = key.id().hex();
  row.party = party;
  row.suite = crypto::name(key.suite());
  row.spki = crypto::to_base64(key.spki());
  row.role = role;
  row.officer = officer;
  row.since = since;
  return row;
}

std::string join_sorted(std::vector<std::string> codes) {
  std::sort(codes.begin(), codes.end());
  std::string text;
  for (const std::string& code : codes) {
    if (!text.empty()) text += ',';
    text += code;
  }
  return text;
}

}  // namespace registry
