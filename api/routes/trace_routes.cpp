#include "api/routes/trace_routes.h"

#include <nlohmann/json.hpp>
#include <set>

#include "api/http/browser_safety.h"
#include "api/http/json_body.h"
#include "api/routes/evidence.h"
#include "api/routes/moment.h"
#include "api/routes/query.h"
#include "api/routes/route_makers.h"
#include "api/routes/row_json.h"
#include "api/routes/trace_json.h"
#include "api/routes/viewer.h"
#include "registry/views/duties.h"
#include "registry/views/select.h"

namespace api {
namespace {

using namespace registry;

constexpr std::string_view kBundleSchema = R"({"type":"object","properties":{"format":{"type":"string"},
  "ledger":{"type":"string"},"log_key":{"type":"string"},"lot":{"type":"string"},
  "entries":{"type":"array","items":{"type":"object"}},"keys":{"type":"array","items":{"type":"object"}}}})";
constexpr auto kNoPlace = static_cast<std::size_t>(-1);

Result<std::optional<Date>> query_date(const Request& request, std::string_view name) {
  const std::string text = TRY(query_text(request, name));
  if (text.empty()) return std::optional<Date>();
  const auto date = Date::parse(text);
  if (!date) return refuse("bad-parameter").at("query/" + std::string(name), "bad_date");
  return date;
}

Result<TraceLimits> trace_limits(const Request& request) {
  TraceLimits out;
  out.direction = TRY(query_enum<TraceDirection>(request, "direction")).value_or(TraceDirection::forwards);
  out.hops_max = static_cast<int>(TRY(query_int(request, "hops", 1, limits::kTraceHopsMax, limits::kTraceHopsMax)));
  return out;
}

/// Without what it became, or was made from, that the caller's agency does not answer for.
Trace seen_of(Trace trace, const Viewer& viewer) {
  std::vector<std::size_t> place(trace.nodes.size(), kNoPlace);
  std::vector<TraceNode> nodes;
  for (std::size_t i = 0; i < trace.nodes.size(); ++i) {
    if (!viewer.bounds().has_goods(trace.nodes[i].substance)) continue;
    place[i] = nodes.size();
    nodes.push_back(std::move(trace.nodes[i]));
  }
  std::erase_if(trace.edges, [&](const TraceEdge& edge) {
    return place.at(edge.source) == kNoPlace || place.at(edge.target) == kNoPlace;
  });
  for (TraceEdge& edge : trace.edges) {
    edge.source = place[edge.source];
    edge.target = place[edge.target];
  }
  trace.nodes = std::move(nodes);
  return trace;
}

Result<Response> trace_of_lot(const Service& service, const Request& request) {
  const Sight sight = TRY(sight_of(service, request));
  const auto& reader = sight.reader;
  const std::string& lot = request.parameter("lot");
  const TraceLimits bounds = TRY(trace_limits(request));
  const std::string site = TRY(query_text(request, "site"));
  const Viewer viewer(request, *reader);
  const auto row = find_row<Lot>(*reader, lot);
  if (!row || !viewer.may_see_lot(*row)) return nothing("lot", lot);
  return json_response(200, trace_json(seen_of(trace_lot(*reader, lot, bounds, site), viewer), service.rules()));
}

/// Each entry comes with payload, outcome, proof and checkpoint; more of them are no file for a person.
constexpr std::size_t kBundleEntriesMax = 5'000;
constexpr std::size_t kBundleFindingsMax = 200;

/// What the lines of the trace stand on, and what was measured and said where something of the lot is missing.
std::set<std::int64_t> entries_behind(Reader& reader, const Viewer& viewer, const Trace& trace,
                                      const std::string& lot) {
  std::set<std::int64_t> out;
  for (const TraceEdge& edge : trace.edges) {
    out.insert(edge.index);
    if (edge.corrected_by != kNone) out.insert(edge.corrected_by);
  }
  FindingFilter about;
  about.lot = lot;
  for (const Finding& finding : list_findings(reader, about, Page{kBundleFindingsMax, {}}).rows) {
    if (!viewer.may_see(finding)) continue;
    for (const std::int64_t index : {finding.from_index, finding.to_index})
      if (index != kNone) out.insert(index);
    for (const FindingNote& note : finding_notes(reader, finding.id)) out.insert(note.seq);
  }
  return out;
}

/// All or nothing, as it stands now: what is proved is the newest checkpoint.
Result<Response> bundle_of_lot(const Service& service, const Request& request) {
  const auto reader = service.registry.read();
  Viewer viewer(request, *reader);
  const std::string& lot = request.parameter("lot");
  const TraceLimits bounds = TRY(trace_limits(request));
  const auto row = find_row<Lot>(*reader, lot);
  if (!row || !viewer.may_see_lot(*row)) return nothing("lot", lot);
  const Trace trace = seen_of(trace_lot(*reader, lot, bounds, TRY(query_text(request, "site"))), viewer);
  const auto entries = entries_behind(*reader, viewer, trace, lot);
  if (trace.truncated || entries.size() > kBundleEntriesMax)
    return refuse("trace-too-long").with("lot", lot).with("most", std::to_string(kBundleEntriesMax));
  std::vector<EntryView> views;
  for (const std::int64_t index : entries) views.push_back(view_or_proof(*reader, viewer, index));
  Response response = json_response(200, TRY(trace_evidence(service.registry, *reader, lot, views)));
  offer_as_download(response, "lot-" + lot + ".tallystick.json");
  return response;
}

Result<Response> trace_of_consignment(const Service& service, const Request& request) {
  const Sight sight = TRY(sight_of(service, request));
  const auto& reader = sight.reader;
  const std::string& id = request.parameter("consignment");
  const TraceLimits bounds = TRY(trace_limits(request));
  const auto goods = find_row<Consignment>(*reader, id);
  const Viewer viewer(request, *reader);
  if (!goods || !viewer.may_see(*goods)) return nothing("consignment", id);
  return json_response(200, trace_json(seen_of(trace_consignment(*reader, id, bounds), viewer), service.rules()));
}

Result<Response> localisation(const Service& service, const Request& request) {
  const Sight sight = TRY(sight_of(service, request));
  const auto& reader = sight.reader;
  const std::string& id = request.parameter("finding");
  const auto finding = find_row<Finding>(*reader, id);
  if (!finding || !Viewer(request, *reader).may_see(*finding)) return nothing("finding", id);
  const auto found = localise_finding(*reader, service.rules(), id);
  if (!found) return nothing("finding", id);
  return json_response(200, localisation_json(*found, service.rules()));
}

Result<MassBalanceQuery> balance_query(const Request& request) {
  MassBalanceQuery query;
  const std::string party = TRY(query_text(request, "party")), region = TRY(query_region(request));
  query.scope = TRY(query_enum<BalanceScope>(request, "scope"))
                    .value_or(region.empty() || !party.empty() ? BalanceScope::party : BalanceScope::region);
  query.who = query.scope == BalanceScope::party ? party : query.scope == BalanceScope::region ? region : "";
  query.substance = TRY(query_text(request, "substance"));
  const auto from = TRY(query_date(request, "from")), to = TRY(query_date(request, "to"));
  if (from) query.from = end_of(from->plus_days(-1));
  if (to) query.to = end_of(*to);
  query.prove = !query.who.empty() || TRY(query_int(request, "prove", 0, 1, 0)) == 1;
  return query;
}

/// An agency weighs the parties of its region, one or all of them together.
Check bound(MassBalanceQuery& query, const Request& request, const Viewer& viewer) {
  if (viewer.region().empty()) return Accepted{};
  if (query.scope == BalanceScope::party && !query.who.empty()) {
    if (!viewer.is(query.who)) return nothing("party", query.who);
    return Accepted{};
  }
  query.scope = BalanceScope::region;
  query.who = TRY(viewer.region_filter(request));
  query.prove = true;
  return Accepted{};
}

/// A line of the whole ledger also says what all accounts of its substance add up to.
Json line_json(const MassBalance& all, const MassBalanceLine& line, BalanceScope scope, const RulePack& rules) {
  Json json = balance_line_json(line, rules);
  if (scope != BalanceScope::ledger) return json;
  for (const SubstanceSum& sum : all.sum_of_all_accounts)
    if (sum.substance == line.substance) json["sum_of_all_accounts"] = sum.amount;
  return json;
}

/// The lines are made in one go, and given out a page at a time.
Result<Response> mass_balances(const Service& service, const Request& request) {
  MassBalanceQuery query = TRY(balance_query(request));
  const Sight sight = TRY(sight_of(service, request));
  const auto& reader = sight.reader;
  TRY(bound(query, request, Viewer(request, *reader)));
  MassBalance all = mass_balance(*reader, service.rules(), query);
  std::erase_if(all.lines, [bounds = bounds_of(request)](const MassBalanceLine& line) {
    return !bounds.has_goods(line.substance);
  });
  return list_page(service, request, "listMassBalances", [&](const Page& page, Json& rows) {
    std::int64_t at = 0;
    if (!page.after.empty() && !from_value(page.after.front(), at)) return Row{};
    for (auto i = static_cast<std::size_t>(at); i < all.lines.size(); ++i) {
      if (rows.size() == page.limit) return Row{static_cast<std::int64_t>(i)};
      rows.push_back(line_json(all, all.lines[i], query.scope, service.rules()));
    }
    return Row{};
  });
}

std::vector<Parameter> trace_parameters() {
  return {choice_parameter<TraceDirection>("direction", "Forwards, unless told."),
          integer_parameter("hops", "Steps from the start, at most 64.")};
}

}  // namespace

Routes trace_routes(const Service& service) {
  const auto with = [&service](auto handler) -> Handler {
    return [&service, handler](const Request& request) { return handler(service, request); };
  };
  const std::string graph = R"({"type":"object","properties":{"nodes":{"type":"array","items":{"type":"object"}},
    "edges":{"type":"array","items":{"type":"object"}},"truncated":{"type":"boolean"}}})";
  Route lot = read_route("/v1/trace/lots/{lot}", "traceLot", "Where a lot went, or what it came from 追溯.", kByRights,
                         graph, with(trace_of_lot));
  lot.parameters = trace_parameters();
  lot.parameters.push_back(text_parameter("site", "Only what can have gone on from this site, or come to it."));
  Route bundle = read_route("/v1/trace/lots/{lot}/bundle", "getLotBundle",
                            "The entries behind the trace of a lot as one file for offline verification.", kByRights,
                            std::string(kBundleSchema), with(bundle_of_lot));
  bundle.parameters = lot.parameters;
  bundle.refusals.push_back("trace-too-long");
  Route goods = read_route("/v1/trace/consignments/{consignment}", "traceConsignment",
                           "Where the goods of a consignment went, or what they came from.", kByRights, graph,
                           with(trace_of_consignment));
  goods.parameters = trace_parameters();
  return {std::move(lot), std::move(bundle), std::move(goods),
          list_route("/v1/mass-balance", "listMassBalances",
                     "Opening + in = out + closing, by party or region and substance, for a period.", kByRights,
                     R"({"type":"object"})",
                     {choice_parameter<BalanceScope>("scope", "Whose stock stands on a line."),
                      text_parameter("party", "One party."), text_parameter("region", "One region."),
                      text_parameter("substance", "Code."), text_parameter("from", "First day, 2026-01-31."),
                      text_parameter("to", "Last day, 2026-01-31."),
                      integer_parameter("prove",
                                        "1 sums every opening from the first entry on, so that the residual "
                                        "proves moves against balances; slow on a large ledger.")},
                     with(mass_balances)),
          read_route("/v1/findings/{finding}/localisation", "localiseFinding",
                     "Between which two signatures it happened, in whose hands, and how much.", kByRights,
                     R"({"type":"object"})", with(localisation))};
}

}  // namespace api
