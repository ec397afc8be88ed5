#include "api/access/roles.h"

#include <utility>

namespace api {
namespace {

constexpr std::pair<Role, std::string_view> kNames[] = {{Role::regulator, "regulator"},
                                                        {Role::bureau, "bureau"},
                                                        {Role::auditor, "auditor"},
                                                        {Role::officer, "officer"},
                                                        {Role::operator_, "operator"}};

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

std::string Caller::log_name() const {
  std::string out(name(role_));
  if (!party_.empty()) out.append(":").append(party_);
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
