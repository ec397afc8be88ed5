#include "registry/tracing/localisation.h"

#include "registry/base/limits.h"
#include "registry/tracing/interval.h"
#include "registry/tracing/localise_road.h"
#include "registry/tracing/localise_site.h"
#include "registry/tracing/trace_facts.h"
#include "registry/views/select.h"

namespace registry {
namespace {

std::optional<std::size_t> place_of_index(const Localisation& place, std::int64_t index) {
  for (std::size_t i = 0; i < place.measurements.size(); ++i)
    if (place.measurements[i].index == index) return i;
  return {};
}

/// What was found then stands, whatever was signed since.
void take_from(const Finding& finding, Localisation& place) {
  place.finding = finding;
  place.lot = finding.lot;
  place.substance = finding.substance;
  place.from_index = finding.from_index;
  place.to_index = finding.to_index;
  place.last_agreeing = place_of_index(place, finding.from_index);
  place.first_disagreeing = place_of_index(place, finding.to_index);
  place.lo = finding.lo;
  place.hi = finding.hi;
  // The bounds lie as far below as above; of a reported loss they say what was booked and what was reported.
  place.missing = finding.kind == "loss-reported" ? finding.hi : finding.lo + (finding.hi - finding.lo) / 2;
  if (!finding.vehicle.empty()) place.vehicle = finding.vehicle;
}

Localisation on_road(Reader& reader, const RulePack& rules, const Consignment& head, const Finding& finding) {
  RoadCase road(reader, rules, head);
  Localisation place = road.whole();
  for (const ConsignmentLine& line : road.lines())
    if (line.lot == finding.lot) place = road.localise(line);
  take_from(finding, place);
  road.finish(place, finding.custodian);
  return place;
}

Localisation in_stock(Reader& reader, const RulePack& rules, const std::string& site, const Finding& finding) {
  SignedEntries entries(reader);
  const std::int64_t until = finding.to_index == kNone ? limits::kIndexMax : finding.to_index;
  Localisation place = stock_history(reader, rules, entries, site, finding.lot, until).value_or(Localisation{});
  place.subject = finding.subject;
  take_from(finding, place);
  finish_stock(reader, entries, place, site);
  return place;
}

/// A finding about a lot, a sale or a paper names its entry and nobody's custody.
Localisation elsewhere(Reader& reader, const Finding& finding) {
  SignedEntries entries(reader);
  Localisation place;
  place.subject = finding.subject;
  take_from(finding, place);
  if (!finding.party.empty()) place.custodians.push_back({finding.party, CustodianRole::owner, true});
  if (place.from_index == kNone) place.from_index = place.to_index;
  list_events(reader, entries, place, {});
  return place;
}

}  // namespace

std::vector<Localisation> localise_consignment(Reader& reader, const RulePack& rules, const std::string& consignment) {
  std::vector<Localisation> out;
  const auto head = consignment_row(reader, consignment);
  if (!head) return out;
  RoadCase road(reader, rules, *head);
  for (const ConsignmentLine& line : road.lines()) {
    Localisation place = road.localise(line);
    road.finish(place, place.has_interval() ? road.custodian(place) : std::string());
    out.push_back(std::move(place));
  }
  return out;
}

std::optional<Localisation> localise_stock(Reader& reader, const RulePack& rules, const std::string& site,
                                           const std::string& lot) {
  SignedEntries entries(reader);
  auto place = stock_history(reader, rules, entries, site, lot, limits::kIndexMax);
  if (!place) return place;
  for (std::size_t at = place->measurements.size(); at-- > 0;) {
    if (place->measurements[at].agrees) continue;
    set_interval(*place, at, tolerance_of(rules, place->substance));
    break;
  }
  finish_stock(reader, entries, *place, site);
  return place;
}

std::optional<Localisation> localise_finding(Reader& reader, const RulePack& rules, const std::string& finding) {
  const auto row = find_row<Finding>(reader, finding);
  if (!row) return {};
  const auto head = consignment_row(reader, name_in(row->subject, "consignment"));
  if (head) return on_road(reader, rules, *head, *row);
  const std::string site = name_in(row->subject, "site");
  return site.empty() ? elsewhere(reader, *row) : in_stock(reader, rules, site, *row);
}

}  // namespace registry
