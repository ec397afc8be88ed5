#include "api/access/roles.h"

#include <utility>

namespace api {
namespace {

constexpr std::size_t kKeyDigits = 16;
/// GB/T 2260.
constexpr std::size_t kProvinceDigits = 2, kCityDigits = 4, kCountyDigits = 6;

constexpr std::pair<Role, std::string_view> kNames[] = {
    {Role::regulator, "regulator"}, {Role::bureau, "bureau"},      {Role::auditor, "auditor"},
    {Role::officer, "officer"},     {Role::operator_, "operator"}, {Role::responsible, "responsible"},
    {Role::driver, "driver"},       {Role::keeper, "keeper"},      {Role::pharmacist, "pharmacist"},
    {Role::inspector, "inspector"}, {Role::issuer, "issuer"},      {Role::approver, "approver"}};

const Caller* caller_of(const Request& request) { return dynamic_cast<const Caller*>(request.principal.get()); }

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
    : roles_(0),
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

std::string Caller::roles_text() const {
  std::string out;
  for (const std::string_view each : role_names()) out.append(out.empty() ? "" : "+").append(each);
  return out;
}

std::string Caller::log_name() const {
  std::string out = roles_text();
  if (!party_.empty()) out.append(":").append(party_);
  if (!key_.empty()) out.append(" key ").append(key_, 0, kKeyDigits);
  if (!note_.empty()) out.append(" ").append(note_);
  return out;
}

Caller Caller::acting(Relation relation, Relation personal, registry::Bounds bounds) const {
  Caller out = *this;
  out.relation_ = relation;
  out.personal_ = personal;
  out.bounds_ = std::move(bounds);
  return out;
}

std::string Caller::region_prefix() const {
  if (!agency_ || agency_->level == "N") return {};
  const std::size_t digits = agency_->level == "P"   ? kProvinceDigits
                             : agency_->level == "C" ? kCityDigits
                                                     : kCountyDigits;
  return agency_->region.substr(0, digits);
}

std::string own_party(const Request& request) {
  const Caller* caller = caller_of(request);
  if (!caller || caller->relation() >= Relation::region) return {};
  return caller->party();
}

registry::Bounds bounds_of(const Request& request) {
  const Caller* caller = caller_of(request);
  return caller ? caller->bounds() : registry::Bounds();
}

bool only_carries(const Request& request) {
  const Caller* caller = caller_of(request);
  return caller && caller->relation() == Relation::carried;
}

bool may_see_personal(const Request& request, std::string_view author) {
  const Caller* caller = caller_of(request);
  if (!caller) return false;
  return caller->personal() >= Relation::region || (caller->personal() == Relation::own && caller->party() == author);
}

}  // namespace api
