#include "api/access/own.h"

namespace api {

using namespace registry;

bool concerns(const Permit& permit, std::string_view party) {
  // Not the consignee or carrier it names: what is held of a transport permit is what was shipped.
  return permit.holder == party || permit.issuer == party;
}

bool concerns(const Consignment& consignment, std::string_view party) {
  return consignment.sender == party || consignment.receiver == party || consignment.carrier == party ||
         consignment.custodian == party;
}

bool concerns(const Sale& sale, std::string_view party) { return sale.seller == party || sale.buyer == party; }

bool concerns(const Application& application, std::string_view party) {
  return application.applicant == party || application.agency == party;
}

bool concerns(const Obligation& obligation, std::string_view party) { return obligation.party == party; }

bool concerns(const Finding& finding, std::string_view party) {
  return finding.party == party || finding.custodian == party;
}

bool concerns(const BorderCase& border_case, std::string_view party) {
  return border_case.party == party || border_case.agency == party;
}

std::vector<std::string_view> parties_of(const Permit& permit) { return {permit.holder, permit.issuer}; }
std::vector<std::string_view> parties_of(const Sale& sale) { return {sale.seller, sale.buyer}; }
std::vector<std::string_view> parties_of(const Application& application) {
  return {application.applicant, application.agency};
}
std::vector<std::string_view> parties_of(const Finding& finding) { return {finding.party, finding.custodian}; }
std::vector<std::string_view> parties_of(const BorderCase& border_case) {
  return {border_case.party, border_case.agency};
}

bool is_blind(const Consignment& consignment, std::string_view party) {
  return consignment.receiver == party && consignment.sender != party && consignment.counted == kNone;
}

}  // namespace api
