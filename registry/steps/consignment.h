#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "registry/base/result.h"
#include "registry/domain/working_set.h"
#include "registry/rules/pack.h"
#include "registry/steps/lots.h"
#include "registry/steps/step.h"

// What the steps of a movement share.
namespace registry {

/// A consignment with its lines, in order.
struct Shipment {
  const Consignment* head;
  std::vector<const ConsignmentLine*> lines;
};

/// "consignment:C-1", as obligations and findings name it.
std::string consignment_subject(std::string_view id);
/// "001" for the first line.
std::string line_number(std::size_t n);

void want_shipment(const Facts& known, std::string_view id, FactKeys& keys);
/// unknown-consignment
Result<Shipment> find_shipment(const Facts& facts, std::string_view id);

/// A lot that was found in a consignment and is none of its lines.
struct ExtraLot {
  const LotLine* line;
  /// Both null and the amount 0 when nobody ever entered such a lot: then its unit has no meaning.
  const Lot* lot;
  const Substance* substance;
  std::int64_t amount;
};
/// What somebody measured of a consignment: an amount for each of its lines, zero for those not named.
struct Measured {
  std::vector<std::int64_t> amounts;
  std::vector<ExtraLot> extra;
};
/// Needs the shipment and Lot of each payload line.
Result<Measured> measure_shipment(const Facts& facts, const RulePack& rules, const Shipment& shipment,
                                  const std::vector<LotLine>& lines);

/// The substance of a line; the pack has it.
const Substance& substance_of(const RulePack& rules, const ConsignmentLine& line);

/// Who has the goods on the road, by what was signed: a carrier that has not signed has not taken over.
const std::string& holder_of(const Consignment& head);

/// The sender has counted what came back to it: after the refusal that opened `take-back`. Needs that obligation.
bool is_counted_back(const Facts& facts, const Consignment& head);

Result<std::unique_ptr<Step>> parse_transfer_dispatch(const nlohmann::json& payload, const RulePack& rules);
Result<std::unique_ptr<Step>> parse_transfer_carry(const nlohmann::json& payload, const RulePack& rules);
Result<std::unique_ptr<Step>> parse_transfer_count(const nlohmann::json& payload, const RulePack& rules);
Result<std::unique_ptr<Step>> parse_transfer_accept(const nlohmann::json& payload, const RulePack& rules);
Result<std::unique_ptr<Step>> parse_transfer_handover(const nlohmann::json& payload, const RulePack& rules);
Result<std::unique_ptr<Step>> parse_transfer_cancel(const nlohmann::json& payload, const RulePack& rules);
Result<std::unique_ptr<Step>> parse_transfer_refuse(const nlohmann::json& payload, const RulePack& rules);

}  // namespace registry
