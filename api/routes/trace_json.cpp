#include "api/routes/trace_json.h"

#include <nlohmann/json.hpp>

#include "api/routes/row_json.h"

namespace api {
namespace {

using namespace registry;

Json index_or_null(std::int64_t index) { return index == kNone ? Json() : Json(index); }

Json node_json(const TraceNode& node) {
  return {{"lot", node.lot},    {"substance", node.substance}, {"account", node.account},         {"party", node.party},
          {"site", node.site},  {"region", node.region},       {"consignment", node.consignment}, {"hops", node.hops},
          {"index", node.index}};
}

Json edge_json(const TraceEdge& edge, const Trace& trace, const RulePack& rules) {
  return {{"source", edge.source},
          {"target", edge.target},
          {"kind", name_of(edge.kind)},
          {"amount", amount_json(edge.amount, rules, trace.nodes.at(edge.source).substance)},
          {"index", edge.index},
          {"type", edge.type},
          {"party", edge.party},
          {"time", edge.time.str()},
          {"rtime", edge.rtime.str()},
          {"corrected_by", index_or_null(edge.corrected_by)},
          {"consignment", edge.consignment},
          {"sale", edge.sale},
          {"permit", edge.permit},
          {"purchase_permit", edge.purchase_permit},
          {"border_case", edge.border_case},
          {"custodian", edge.custodian},
          {"vehicle", edge.vehicle}};
}

Json measurement_json(const SignedMeasurement& each, const RulePack& rules, const std::string& substance) {
  Json keys = Json::array();
  for (const SigningKey& key : each.keys)
    keys.push_back({{"key", key.key}, {"party", key.party}, {"officer", key.officer}});
  return {{"index", each.index},
          {"type", each.type},
          {"party", each.party},
          {"time", each.time.str()},
          {"rtime", each.rtime.str()},
          {"keys", std::move(keys)},
          {"amount", amount_json(each.amount, rules, substance)},
          {"expected", amount_json(each.expected, rules, substance)},
          {"tolerance", amount_json(each.tolerance, rules, substance)},
          {"agrees", each.agrees}};
}

Json custodians_json(const Localisation& found) {
  Json out = Json::array();
  for (const Custodian& each : found.custodians)
    out.push_back({{"party", each.party}, {"role", name_of(each.role)}, {"liable", each.liable}});
  return out;
}

Json seals_json(const Localisation& found) {
  Json out = Json::array();
  for (const SealState& each : found.seals)
    out.push_back({{"index", each.index}, {"party", each.party}, {"seals", each.seals}, {"state", each.state}});
  return out;
}

Json events_json(const Localisation& found, const RulePack& rules) {
  Json out = Json::array();
  for (const LotEvent& each : found.events)
    out.push_back({{"index", each.index},
                   {"type", each.type},
                   {"party", each.party},
                   {"rtime", each.rtime.str()},
                   {"from", each.from},
                   {"to", each.to},
                   {"amount", amount_json(each.amount, rules, found.substance)},
                   {"here", each.here}});
  return out;
}

Json place(const std::optional<std::size_t>& at) { return at ? Json(*at) : Json(); }

}  // namespace

Json trace_json(const Trace& trace, const RulePack& rules) {
  Json nodes = Json::array(), edges = Json::array();
  for (const TraceNode& node : trace.nodes) nodes.push_back(node_json(node));
  for (const TraceEdge& edge : trace.edges) edges.push_back(edge_json(edge, trace, rules));
  return {{"nodes", std::move(nodes)}, {"edges", std::move(edges)}, {"truncated", trace.truncated}};
}

Json localisation_json(const Localisation& found, const RulePack& rules) {
  const auto amount = [&](std::int64_t value) { return amount_json(value, rules, found.substance); };
  Json measurements = Json::array();
  for (const SignedMeasurement& each : found.measurements)
    measurements.push_back(measurement_json(each, rules, found.substance));
  return {{"subject", found.subject},
          {"lot", found.lot},
          {"substance", found.substance},
          {"finding", found.finding ? Json(found.finding->id) : Json()},
          {"measurements", std::move(measurements)},
          {"last_agreeing", place(found.last_agreeing)},
          {"first_disagreeing", place(found.first_disagreeing)},
          {"from_index", index_or_null(found.from_index)},
          {"to_index", index_or_null(found.to_index)},
          {"missing", amount(found.missing)},
          {"lo", amount(found.lo)},
          {"hi", amount(found.hi)},
          {"custodians", custodians_json(found)},
          {"vehicle", found.vehicle},
          {"seals", seals_json(found)},
          {"permits", found.permits},
          {"events", events_json(found, rules)},
          {"truncated", found.truncated}};
}

Json balance_line_json(const MassBalanceLine& line, const RulePack& rules) {
  const auto amount = [&](std::int64_t value) { return amount_json(value, rules, line.substance); };
  Json columns = Json::object();
  for (std::size_t i = 0; i < kBalanceColumns; ++i)
    columns[std::string(EnumNames<BalanceColumn>::names[i])] = amount(line.columns[i]);
  return {{"who", line.who},
          {"substance", line.substance},
          {"opening", amount(line.opening)},
          {"in", amount(line.in())},
          {"out", amount(line.out())},
          {"closing", amount(line.closing)},
          {"residual", amount(line.residual())},
          {"columns", std::move(columns)},
          {"on_road", amount(line.on_road)},
          {"missing_on_road", amount(line.missing_on_road)},
          {"unaccounted", amount(line.unaccounted())},
          {"sigma", amount(line.sigma)}};
}

}  // namespace api
