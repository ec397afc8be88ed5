#include "api/access/roles.h"

#include <utility>

namespace api {
namespace {

constexpr std::size_t kKeyDigits = 16;

constexpr std::pair<Role, std::string_view> kNames[] = {
    {Role::regulator, "regulator"}, {Role::bureau, "bureau"},      {Role::auditor, "auditor"},
    {Role::officer, "officer"},     {Role::operator_, "operator"}, {Role::responsible, "responsible"},
    {Role::driver, "driver"},       {Role::keeper, "keeper"},      {Role::pharmacist, "pharmacist"},
    {Role::inspector, "inspector"}, {Role::issuer, "issuer"},      {Role::approver, "approver"}};

/// Which of the roles of tokens a signer counts as where a route asks for one.
Role token_role(const Caller::Signer& signer) {
  if (!signer.agency) return Role::officer;
  return signer.agency->role == "EM" ? Role::bureau : Role::regulator;
}

}  // namespace

std::string_view name(Role role) {
  for (const auto& [each, text] : kNames)
    if (each == role) return text;
  return {};
}

std::optional<Role> parse_role(std::string_view text) {
  for (const auto& [role, each] : kNames)
    if (each == text) return role;
  return {};
}

Caller::Caller(Signer signer)
    : role_(token_role(signer)),
      roles_(0),
      party_(std::move(signer.party)),
      party_name_(std::move(signer.party_name)),
      key_(std::move(signer.key)),
      officer_(std::move(signer.officer)),
      agency_(std::move(signer.agency)) {
  for (const Role role : signer.roles) roles_ |= static_cast<unsigned>(role);
}

std::vector<std::string_view> Caller::role_names() const {
  std::vector<std::string_view> out;
  for (const auto& [role, text] : kNames)
    if (has(role)) out.push_back(text);
  return out;
}

std::string Caller::log_name() const {
  std::string out;
  for (const std::string_view each : role_names()) out.append(out.empty() ? "" : "+").append(each);
  if (!party_.empty()) out.append(":").append(party_);
  if (!key_.empty()) out.append(" key ").append(key_, 0, kKeyDigits);
  if (!note_.empty()) out.append(" ").append(note_);
  return out;
}

std::string own_party(const Request& request) {
  const auto* caller = dynamic_cast<const Caller*>(request.principal.get());
  return caller && caller->role() == Role::officer ? caller->party() : std::string();
}

bool may_see_personal(const Request& request, std::string_view author) {
  const auto* caller = dynamic_cast<const Caller*>(request.principal.get());
  if (!caller) return false;
  return caller->role() == Role::regulator || (caller->role() == Role::officer && caller->party() == author);
}

}  // namespace api
