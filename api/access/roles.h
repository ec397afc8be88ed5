#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "api/http/message.h"
#include "api/http/route.h"

namespace api {

/// What a token lets its bearer do.
enum class Role : unsigned {
  /// Reads everything.
  regulator = 1,
  /// Safety bureau 安监/应急: permits, parties and code tables.
  bureau = 2,
  /// Reads everything, to check it.
  auditor = 4,
  /// Information officer 信息员 of a party: what concerns the party.
  officer = 8,
  /// Runs the server: its state and metrics, nothing of what it holds.
  operator_ = 16,
};

std::string_view name(Role role);
std::optional<Role> parse_role(std::string_view text);

template <class... R>
constexpr Access allow(R... roles) {
  return {(static_cast<unsigned>(roles) | ...), false};
}

inline constexpr Access kOpen{0, true};
/// What no party may see of others.
inline constexpr Access kReaders = allow(Role::regulator, Role::auditor);
/// What a party may see of itself.
inline constexpr Access kOwnOrReaders = allow(Role::regulator, Role::auditor, Role::officer);
/// The same, and what a bureau looks up.
inline constexpr Access kSearch = allow(Role::regulator, Role::auditor, Role::officer, Role::bureau);
inline constexpr Access kOperation = allow(Role::regulator, Role::auditor, Role::operator_);

/// Who holds a token.
class Caller : public Principal {
 public:
  Caller(Role role, std::string party, std::string note)
      : role_(role), party_(std::move(party)), note_(std::move(note)) {}

  Role role() const { return role_; }
  /// Of an officer; else empty.
  const std::string& party() const { return party_; }
  /// "officer:P-1 front desk"
  std::string log_name() const override;

 private:
  Role role_;
  std::string party_, note_;
};

/// The party whose matters alone the caller may see; empty for those who may see everything that the route gives.
std::string own_party(const Request& request);
/// Personal values are for the unit that entered them and for the agencies, not for all who may read the rest.
bool may_see_personal(const Request& request, std::string_view author);

}  // namespace api
