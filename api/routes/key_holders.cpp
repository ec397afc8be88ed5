#include "api/routes/key_holders.h"

#include <algorithm>

#include "registry/views/select.h"

namespace api {
namespace {

using namespace registry;

struct Duty {
  std::string_view duty;
  Role role;
};
constexpr Duty kDuties[] = {{"information-officer", Role::officer},
                            {"responsible-person", Role::responsible},
                            {"driver", Role::driver},
                            {"keeper", Role::keeper},
                            {"pharmacist", Role::pharmacist},
                            {"inspector", Role::inspector},
                            {"issuer", Role::issuer},
                            {"approver", Role::approver},
                            {"auditor", Role::auditor}};

bool is_of_kind(const Party& party, std::string_view kind) {
  return ("," + party.kinds + ",").find("," + std::string(kind) + ",") != std::string::npos;
}

/// A key of nobody by name is that of the unit or agency itself.
std::vector<Role> roles_without_officer(const Party& party) {
  if (!party.agency_role.empty()) return {Role::inspector, Role::issuer, Role::approver};
  if (is_of_kind(party, "operator")) return {Role::operator_};
  return {Role::officer, Role::responsible};
}

std::vector<Role> roles_of(const Party& party, const std::optional<Officer>& officer) {
  if (!officer) return roles_without_officer(party);
  std::vector<Role> out;
  for (const Duty& each : kDuties)
    if (each.duty == officer->duty) out.push_back(each.role);
  return out;
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

std::int64_t LogKeyHolders::version() { return registry_.status().state.size; }

}  // namespace api
