#include "registry/views/paper_match.h"

#include <algorithm>
#include <map>

#include "registry/views/select.h"

namespace registry {
namespace {

using Amounts = std::map<std::string, std::int64_t>;

/// "10 kg CN2-02, 5 kg CN2-03"
std::string in_words(const RulePack& rules, const Amounts& amounts) {
  std::string out;
  for (const auto& [code, amount] : amounts) {
    const Substance* substance = rules.substance(code);
    out += (out.empty() ? "" : ", ") + format_amount(amount, substance ? substance->unit : BaseUnit::mg) + " " + code;
  }
  return out;
}

std::string codes_of(const Amounts& amounts) {
  std::string out;
  for (const auto& [code, amount] : amounts) out += (out.empty() ? "" : ",") + code;
  return out;
}

MatchField compare(std::string field, std::string paper, std::string fact, bool equal) {
  const MatchState state = paper.empty() ? MatchState::not_named : equal ? MatchState::equal : MatchState::differs;
  return {std::move(field), std::move(paper), std::move(fact), state};
}

MatchField compare(std::string field, const std::string& paper, const std::string& fact) {
  return compare(std::move(field), paper, fact, paper == fact);
}

Amounts shipped_of(const ConsignmentView& view) {
  Amounts out;
  for (const ConsignmentLine& line : view.lines)
    if (line.shipped > 0) out[line.substance] += line.shipped;
  return out;
}

Amounts granted_by(Reader& reader, const Permit& paper, const Amounts& shipped) {
  Amounts out;
  for (const auto& [code, amount] : shipped)
    if (const auto line = find_row<PermitLine>(reader, paper.no, code)) out[code] = line->granted;
  return out;
}

/// As far as one consignment may go; the sum of all is kept by the quota.
bool is_within(const Amounts& shipped, const Amounts& granted) {
  return std::all_of(shipped.begin(), shipped.end(), [&](const auto& each) {
    const auto at = granted.find(each.first);
    return at != granted.end() && each.second <= at->second;
  });
}

bool serves_all(const RulePack& rules, const PermitKind& kind, const Amounts& shipped) {
  return std::all_of(shipped.begin(), shipped.end(), [&](const auto& each) {
    const Substance* substance = rules.substance(each.first);
    return substance && rules.serves(kind, PermitPurpose::transport, *substance);
  });
}

/// Who has the goods now, or will take them.
std::string carrier_now(const Consignment& head) {
  if (!head.custodian.empty()) return head.custodian;
  return head.carrier.empty() ? head.sender : head.carrier;
}

}  // namespace

std::vector<MatchField> match_paper(Reader& reader, const RulePack& rules, const ConsignmentView& view) {
  const Consignment& head = view.consignment;
  const auto paper = head.permit.empty() ? std::nullopt : find_row<Permit>(reader, head.permit);
  if (!paper) return {};
  const Amounts shipped = shipped_of(view), granted = granted_by(reader, *paper, shipped);
  const auto site = find_row<Site>(reader, head.to_site);
  const std::string to = site ? site->region : "";
  const PermitKind* kind = rules.permit_kind(paper->kind);
  return {compare("variety", paper->substances, codes_of(shipped), granted.size() == shipped.size()),
          compare("quantity", in_words(rules, granted), in_words(rules, shipped), is_within(shipped, granted)),
          compare("destination", paper->destination, to, RulePack::lies_in(to, paper->destination)),
          compare("owner", paper->holder, head.sender),
          compare("consignee", paper->consignee, head.receiver),
          compare("carrier", paper->carrier, carrier_now(head)),
          compare("certificate_type", paper->kind, codes_of(shipped), kind && serves_all(rules, *kind, shipped))};
}

}  // namespace registry
