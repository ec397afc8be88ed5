#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/http/message.h"
#include "api/http/route.h"
#include "registry/domain/bounds.h"

namespace api {

/// What a caller is for. Tokens have one of the first five; whoever signs in with a key has the duty of its officer.
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
  /// Of a unit: the person in charge 责任人, a driver 驾驶员, a keeper 保管员, a pharmacist 药师.
  responsible = 32,
  driver = 64,
  keeper = 128,
  pharmacist = 256,
  /// Of an agency: who inspects 专管员, who issues papers 发证员, who approves 审批员.
  inspector = 512,
  issuer = 1024,
  approver = 2048,
};

std::string_view name(Role role);
std::optional<Role> parse_role(std::string_view text);

inline constexpr Access kOpen{true, false};
/// Decided by the table of rights.
inline constexpr Access kByRights{};

/// How far a right reaches, the narrowest first: what concerns the caller's party; consignments it carries; what
/// concerns a party in the region of the caller's agency; everything.
enum class Relation { none, carried, own, region, any };

/// What an agency answers for: PS DA EM CO HC CU MR; X county, C city, P province, N nation; GB/T 2260.
struct Agency {
  std::string role, level, region;
  friend bool operator==(const Agency&, const Agency&) = default;
};

/// Who calls: the holder of a token, or whoever signed in with an enrolled key.
class Caller : public Principal {
 public:
  Caller(Role role, std::string party, std::string note, std::optional<Agency> agency = {})
      : roles_(static_cast<unsigned>(role)),
        party_(std::move(party)),
        note_(std::move(note)),
        agency_(std::move(agency)) {}

  /// Signed in with a key of `party`.
  struct Signer {
    std::string key, party, party_name, officer;
    std::optional<Agency> agency;
    std::vector<Role> roles;
  };
  explicit Caller(Signer signer);

  bool has(Role role) const { return (roles_ & static_cast<unsigned>(role)) != 0; }
  std::vector<std::string_view> role_names() const;
  /// "officer+responsible"
  std::string roles_text() const;
  /// Of an officer, or of an agency; else empty.
  const std::string& party() const { return party_; }
  const std::string& party_name() const { return party_name_; }
  /// Hex id of the key that signed in; empty for a token.
  const std::string& key() const { return key_; }
  const std::string& officer() const { return officer_; }
  const std::optional<Agency>& agency() const { return agency_; }
  /// The same caller for one request: how far its right to the resource reaches, and that to personal values; of that,
  /// what its office answers for.
  Caller acting(Relation relation, Relation personal, registry::Bounds bounds) const;
  const registry::Bounds& bounds() const { return bounds_; }
  Relation relation() const { return relation_; }
  Relation personal() const { return personal_; }
  /// First digits of the region codes that the caller's agency answers for; empty for the whole country.
  std::string region_prefix() const;
  /// "officer:P-1 front desk"
  std::string log_name() const override;

 private:
  unsigned roles_;
  std::string party_, note_;
  std::string party_name_, key_, officer_;
  std::optional<Agency> agency_;
  Relation relation_ = Relation::none, personal_ = Relation::none;
  registry::Bounds bounds_;
};

/// The party whose matters alone the caller may see; empty for those who may see everything that the route gives.
std::string own_party(const Request& request);
/// What bounds the caller's sight beside its party: region, goods, papers and units of its office, and what an open
/// case touches.
registry::Bounds bounds_of(const Request& request);
/// True for whoever sees of the consignments of its party only those that it carries.
bool only_carries(const Request& request);
/// Personal values are for the unit that entered them and for the agencies, not for all who may read the rest.
bool may_see_personal(const Request& request, std::string_view author);

}  // namespace api
