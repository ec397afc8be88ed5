#include "api/routes/key_holders.h"

#include <algorithm>

#include "registry/service/key_ring.h"
#include "registry/views/select.h"

namespace api {
namespace {

using namespace registry;

struct Duty {
  std::string_view duty;
  Role role;
  bool of_agency;
};
constexpr Duty kDuties[] = {{"information-officer", Role::officer, false},
                            {"responsible-person", Role::responsible, false},
                            {"driver", Role::driver, false},
                            {"keeper", Role::keeper, false},
                            {"pharmacist", Role::pharmacist, false},
                            {"inspector", Role::inspector, true},
                            {"issuer", Role::issuer, true},
                            {"approver", Role::approver, true},
                            {"auditor", Role::auditor, true}};

bool is_of_kind(const Party& party, std::string_view kind) {
  return ("," + party.kinds + ",").find("," + std::string(kind) + ",") != std::string::npos;
}

/// A key of nobody by name is that of the unit or agency itself.
std::vector<Role> roles_without_officer(const Party& party) {
  if (party.agency_role == "EM") return {Role::bureau};
  if (!party.agency_role.empty()) return {Role::inspector, Role::issuer, Role::approver};
  if (is_of_kind(party, "operator")) return {Role::operator_};
  return {Role::officer, Role::responsible};
}

std::vector<Role> roles_of(const Party& party, const std::optional<Officer>& officer) {
  if (!officer || party.agency_role == "EM") return roles_without_officer(party);
  // A duty of officials is one only at an agency, and a duty of a unit only at a unit.
  for (const Duty& each : kDuties)
    if (each.duty == officer->duty && each.of_agency == !party.agency_role.empty()) return {each.role};
  return {};
}

Caller::Signer signer_of(const Key& key, const Party& party, const std::optional<Officer>& officer) {
  Caller::Signer out{key.id, party.id, party.name, key.officer, {}, roles_of(party, officer)};
  if (!party.agency_role.empty()) out.agency = Agency{party.agency_role, party.agency_level, party.region};
  return out;
}

}  // namespace

Result<std::shared_ptr<const Caller>> LogKeyHolders::find(const std::string& id) {
  const auto reader = registry_.read();
  const auto key = find_row<Key>(*reader, id);
  if (!key) return refuse("key-unknown");
  if (key->state == KeyState::revoked)
    return refuse("key-revoked").with("key", id).with("index", std::to_string(key->revoked));
  const auto party = find_row<Party>(*reader, key->party);
  const auto officer = key->officer.empty() ? std::nullopt : find_row<Officer>(*reader, key->officer);
  if (!party || party->status == PartyStatus::suspended || party->status == PartyStatus::closed)
    return refuse("party-not-active").with("party", key->party);
  return std::make_shared<const Caller>(signer_of(*key, *party, officer));
}

std::optional<crypto::PublicKey> LogKeyHolders::public_key(const std::string& id) {
  const auto key = find_row<Key>(*registry_.read(), id);
  if (!key) return {};
  return public_key_of(*key);
}

std::int64_t LogKeyHolders::version() { return registry_.status().state.size; }

}  // namespace api
