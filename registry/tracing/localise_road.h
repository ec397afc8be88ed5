#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "registry/rules/pack.h"
#include "registry/store/store.h"
#include "registry/tracing/localisation.h"
#include "registry/tracing/signed_entries.h"

namespace registry {

/// What is known of a consignment for localising: read once, asked line by line.
class RoadCase {
 public:
  RoadCase(Reader& reader, const RulePack& rules, const Consignment& head);

  const std::vector<ConsignmentLine>& lines() const { return lines_; }
  /// The line of a lot with its measurements and interval; with empty `lot` the consignment as a whole, without either.
  Localisation localise(const ConsignmentLine& line);
  Localisation whole();
  /// Papers, seals and vehicle, and the events of the interval; marks `liable` among the custodians.
  void finish(Localisation& place, const std::string& liable);
  /// Who had the goods between two measurements.
  const std::string& custodian(const Localisation& place) const;

 private:
  void read_seals(std::int64_t index, bool is_first);
  void measure(Localisation& place, std::int64_t index, std::int64_t amount, std::int64_t ppm);
  void read_stops();
  const std::string& holder_at(std::int64_t index) const;
  void measure_on_road(Localisation& place, const ConsignmentLine& line, std::int64_t ppm);
  /// It took the goods over in the interval without counting them, so that it may be the one as well.
  bool took_uncounted(const Localisation& place, const std::string& party) const;
  void measure_counts(Localisation& place, const ConsignmentLine& line, std::int64_t ppm);
  void interval_of(Localisation& place, std::int64_t ppm) const;

  Reader& reader_;
  const RulePack& rules_;
  Consignment head_;
  std::vector<ConsignmentLine> lines_;
  std::vector<std::string> permits_;
  std::vector<SealState> seals_;
  /// Those before the first count, in order.
  std::vector<Handover> handovers_;
  /// The receiver's count, where the sender counted again what came back.
  std::int64_t first_count_ = kNone;
  std::string first_outcome_;
  /// Where officers stopped the vehicle: log index and payload, in order.
  std::vector<std::pair<std::int64_t, std::string>> stops_;
  SignedEntries entries_;
};

std::optional<Consignment> consignment_row(Reader& reader, const std::string& id);

}  // namespace registry
