#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "registry/steps/consignment.h"
#include "registry/steps/quota.h"

namespace registry {

enum class Arrival {
  /// At the receiver's site.
  accepted,
  /// Back at the sender's.
  returned,
  /// Never left.
  cancelled,
};

/// Asks for the stock, measurements, sale and papers that the end of a movement changes.
void want_settlement(const Facts& known, const Consignment& head, FactKeys& keys);

/// What the end of a counted consignment does to goods and quota.
class Settlement {
 public:
  Settlement(const Facts& facts, const RulePack& rules, const StepContext& context, const Shipment& shipment,
             Arrival arrival, Outcome& out);

  /// Counted goods go from the road into stock. Less within tolerance is explained, more is found; what is missing
  /// beyond tolerance stays on the road, unaccounted for.
  void take_in();
  /// Transport paper: used as shipped, or released when the goods came back. Purchase paper and sale: used as counted,
  /// the rest of what was shipped released. Goods that the buyer sends back free what they had used (WO-8). Of a
  /// cancelled one the sale can be sent again.
  void settle_papers();

 private:
  void take_in(const ConsignmentLine& line);
  void measure_at(const std::string& site, const ConsignmentLine& line);
  void settle_transport();
  void settle_purchase(const Sale& sale);
  void settle_return(const Sale& sale);
  void settle_sale(const Sale& sale, std::int64_t delivered);
  std::string site() const;
  Quota::Delivery delivery() const;

  const Facts& facts_;
  const RulePack& rules_;
  const StepContext& context_;
  const Shipment& shipment_;
  Arrival arrival_;
  Outcome& out_;
};

}  // namespace registry
