#include "registry/tracing/localise_road.h"

#include <algorithm>
#include <utility>

#include "registry/domain/account.h"
#include "registry/tracing/consignment_rows.h"
#include "registry/tracing/deviation.h"
#include "registry/tracing/interval.h"
#include "registry/tracing/written.h"
#include "registry/views/select.h"

namespace registry {
namespace {

/// The duty to accept is opened by the receiver's count, and remembers it.
constexpr std::string_view kOpenedByCount = "accept:consignment:";
constexpr std::string_view kStops = "SELECT seq FROM stop WHERE consignment = $1 ORDER BY seq";

std::string state_of(const std::string& seals_intact, bool is_first) {
  if (is_first) return "applied";
  if (seals_intact == "yes") return "intact";
  return seals_intact == "no" ? "broken" : seals_intact;
}

}  // namespace

std::optional<Consignment> consignment_row(Reader& reader, const std::string& id) {
  return find_row<Consignment>(reader, id);
}

RoadCase::RoadCase(Reader& reader, const RulePack& rules, const Consignment& head)
    : reader_(reader), rules_(rules), head_(head), lines_(lines_of(reader, head.id)), entries_(reader) {
  permits_ = {head.permit, head.exemption};
  if (const auto sale = head.sale.empty() ? std::nullopt : find_row<Sale>(reader, head.sale))
    permits_.insert(permits_.end(), {sale->permit, sale->exemption});
  const auto accept = find_row<Obligation>(reader, std::string(kOpenedByCount) + head.id);
  if (accept && accept->opened != head.counted) first_count_ = accept->opened;
  read_stops();
  handovers_ = handovers_of(reader, head);
  std::erase_if(handovers_, [&](const Handover& each) {
    const std::int64_t count = first_count_ != kNone ? first_count_ : head.counted;
    return count != kNone && each.seq > count;
  });
  read_seals(head.dispatched, true);
  if (head.carried != kNone) read_seals(head.carried, false);
  for (const Handover& each : handovers_) read_seals(each.seq, false);
  for (const std::int64_t index : {first_count_, head.counted})
    if (index != kNone) read_seals(index, false);
}

void RoadCase::read_stops() {
  if (head_.checked == kNone) return;
  for (const Row& row : reader_.query(kStops, {head_.id})) {
    const std::int64_t index = std::get<std::int64_t>(row[0]);
    if (const auto entry = reader_.entry(index)) stops_.emplace_back(index, entry->payload);
  }
}

/// What carriers and officers measured on the way, in the order of custody; a weighing stands where it was signed.
void RoadCase::measure_on_road(Localisation& place, const ConsignmentLine& line, std::int64_t ppm) {
  std::vector<std::pair<std::int64_t, std::int64_t>> amounts;
  if (line.carried != kNone) amounts.emplace_back(head_.carried, line.carried);
  for (const Handover& each : handovers_)
    if (const auto counted = find_row<HandoverLine>(reader_, each.consignment, each.n, line.n))
      amounts.emplace_back(each.seq, counted->amount);
  const Substance* substance = rules_.substance(line.substance);
  for (const auto& [index, payload] : stops_) {
    const auto weighed = substance ? written_amount(payload, line.lot, substance->unit) : std::nullopt;
    if (!weighed) continue;
    const auto later =
        std::find_if(amounts.begin(), amounts.end(), [at = index](const auto& other) { return other.first > at; });
    amounts.emplace(later, index, *weighed);
  }
  for (const auto& [index, amount] : amounts) measure(place, index, amount, ppm);
}

/// Who had the goods when the entry was signed.
const std::string& RoadCase::holder_at(std::int64_t index) const {
  const std::string* holder = head_.carried != kNone && head_.carried < index ? &head_.carrier : &head_.sender;
  for (const Handover& each : handovers_)
    if (each.seq < index) holder = &each.taker;
  return *holder;
}

void RoadCase::read_seals(std::int64_t index, bool is_first) {
  const auto row = reader_.entry(index);
  if (!row) return;
  const WrittenCondition written = written_condition(row->payload);
  seals_.push_back({index, row->party, written.seals, state_of(written.seals_intact, is_first)});
  if (index == first_count_) first_outcome_ = row->outcome;
}

/// Against what was shipped while that is agreed to, and against what was measured once it is not.
void RoadCase::measure(Localisation& place, std::int64_t index, std::int64_t amount, std::int64_t ppm) {
  std::int64_t expected = amount;
  if (!place.measurements.empty()) {
    const SignedMeasurement& before = place.measurements.back();
    expected = before.agrees ? before.expected : before.amount;
  }
  place.measurements.push_back(measurement_by(entries_.at(index), amount, expected, ppm));
}

void RoadCase::measure_counts(Localisation& place, const ConsignmentLine& line, std::int64_t ppm) {
  if (line.counted == kNone) return;
  if (first_count_ != kNone) {
    const auto first = revealed_count(first_outcome_, line.lot);
    if (first) measure(place, first_count_, *first, ppm);
  }
  if (head_.counted == kNone) return;
  // What came back is held against what the receiver counted, so that a loss is found once.
  if (first_count_ != kNone && !place.measurements.empty())
    place.measurements.push_back(
        measurement_by(entries_.at(head_.counted), line.counted, place.measurements.back().amount, ppm));
  else
    measure(place, head_.counted, line.counted, ppm);
}

Localisation RoadCase::whole() {
  Localisation place;
  place.subject = "consignment:" + head_.id;
  place.vehicle = head_.vehicle;
  place.seals = seals_;
  for (const std::string& permit : permits_) add_permit(place, permit);
  place.custodians.push_back({head_.sender, CustodianRole::sender, false});
  if (!head_.carrier.empty()) place.custodians.push_back({head_.carrier, CustodianRole::carrier, false});
  for (const Handover& each : handovers_) place.custodians.push_back({each.taker, CustodianRole::carrier, false});
  place.custodians.push_back({head_.receiver, CustodianRole::receiver, false});
  return place;
}

Localisation RoadCase::localise(const ConsignmentLine& line) {
  Localisation place = whole();
  place.lot = line.lot;
  place.substance = line.substance;
  const std::int64_t ppm = tolerance_of(rules_, line.substance);
  measure(place, head_.dispatched, line.shipped, ppm);
  measure_on_road(place, line, ppm);
  measure_counts(place, line, ppm);
  interval_of(place, ppm);
  return place;
}

void RoadCase::interval_of(Localisation& place, std::int64_t ppm) const {
  for (std::size_t at = 0; at < place.measurements.size(); ++at) {
    if (place.measurements[at].agrees) continue;
    set_interval(place, at, ppm);
    // A carrier that signs after the count had taken over before it.
    if (place.from_index > place.to_index) place.from_index = head_.dispatched;
    return;
  }
}

const std::string& RoadCase::custodian(const Localisation& place) const {
  if (!place.last_agreeing) return head_.sender;
  const std::int64_t since = place.measurements[*place.last_agreeing].index;
  const bool is_stop = std::any_of(stops_.begin(), stops_.end(), [&](const auto& stop) { return stop.first == since; });
  if (is_stop) return holder_at(since);
  if (since == head_.carried) return head_.carrier;
  for (const Handover& each : handovers_)
    if (since == each.seq) return each.taker;
  return since == first_count_ ? head_.receiver : head_.sender;
}

bool RoadCase::took_uncounted(const Localisation& place, const std::string& party) const {
  return std::any_of(handovers_.begin(), handovers_.end(), [&](const Handover& each) {
    return each.taker == party && place.has_interval() && place.from_index < each.seq && each.seq < place.to_index;
  });
}

void RoadCase::finish(Localisation& place, const std::string& liable) {
  for (Custodian& custodian : place.custodians)
    custodian.liable = custodian.party == liable || took_uncounted(place, custodian.party);
  name_signers(reader_, place);
  list_events(reader_, entries_, place, transit_account(head_.id));
}

}  // namespace registry
