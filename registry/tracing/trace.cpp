#include "registry/tracing/trace.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "registry/domain/account.h"
#include "registry/tracing/consignment_rows.h"
#include "registry/tracing/signed_entries.h"
#include "registry/tracing/trace_facts.h"
#include "registry/tracing/walk.h"

namespace registry {
namespace {

bool is_on_road(const MoveGraph& graph, MoveGraph::Node node) { return graph.account(node).starts_with("transit:"); }

TraceEdgeKind kind_of(const MoveGraph& graph, const MoveGraph::Edge& edge) {
  if (edge.made_into) return TraceEdgeKind::made_into;
  if (graph.is_outside(edge.source)) return TraceEdgeKind::entered;
  if (graph.is_outside(edge.target)) return TraceEdgeKind::left;
  if (is_on_road(graph, edge.target)) return TraceEdgeKind::dispatched;
  return is_on_road(graph, edge.source) ? TraceEdgeKind::received : TraceEdgeKind::moved;
}

/// One trace from its seeds to its answer.
class Tracer {
 public:
  Tracer(Reader& reader, const TraceLimits& limits, const MoveGraph* whole)
      : reader_(reader), limits_(limits), graph_(whole ? *whole : own_), entries_(reader),
        walk_(graph_, limits_, [this](const auto& lots) { return own_.load_lots(reader_, lots); },
              [this](std::int64_t index) { return entries_.at(index).time <= *limits_.as_of; }) {}

  void load(const std::string& lot) {
    if (!graph_.has_lot(lot)) complete_ = own_.load_lots(reader_, {lot}) && complete_;
  }

  void seed_place(const std::string& lot, const std::string& account) {
    load(lot);
    const auto node = graph_.find(lot, account);
    if (node && sum(graph_.into(*node)) + sum(graph_.out_of(*node)) > 0) walk_.seed(*node);
  }

  /// Forwards from where the lot came into the registry, backwards from wherever it is or left.
  void seed_lot(const std::string& lot) {
    load(lot);
    for (const MoveGraph::Node node : graph_.nodes_of(lot))
      if (is_end(node)) walk_.seed(node);
  }

  Trace run() {
    walk_.run();
    Trace out;
    out.truncated = walk_.truncated() || !complete_;
    list_nodes(out);
    list_edges(out);
    TraceFacts(reader_, entries_).describe(out);
    return out;
  }

 private:
  std::int64_t sum(const std::vector<std::uint32_t>& edges) const {
    std::int64_t out = 0;
    for (const std::uint32_t number : edges)
      if (const MoveGraph::Edge& edge = graph_.edge(number); !edge.made_into && walk_.sees(edge)) out += edge.amount;
    return out;
  }

  bool is_end(MoveGraph::Node node) const {
    const std::int64_t in = sum(graph_.into(node)), out = sum(graph_.out_of(node));
    if (limits_.direction == TraceDirection::forwards) return graph_.is_outside(node) && out > 0;
    return graph_.is_outside(node) ? in > 0 : in > out;
  }

  void list_nodes(Trace& out) {
    out.nodes.reserve(walk_.nodes().size());
    for (const Walk::Reached& reached : walk_.nodes()) {
      places_.emplace(reached.node, out.nodes.size());
      TraceNode node;
      node.lot = graph_.lot(reached.node);
      node.substance = graph_.substance(reached.node);
      node.account = graph_.account(reached.node);
      node.hops = reached.hops;
      node.index = reached.index;
      out.nodes.push_back(std::move(node));
    }
  }

  void list_edges(Trace& out) {
    out.edges.reserve(walk_.edges().size());
    for (const std::uint32_t number : walk_.edges()) {
      const MoveGraph::Edge& edge = graph_.edge(number);
      TraceEdge listed;
      listed.source = places_.at(edge.source);
      listed.target = places_.at(edge.target);
      listed.kind = kind_of(graph_, edge);
      listed.amount = edge.amount;
      listed.index = edge.index;
      out.edges.push_back(std::move(listed));
    }
    std::stable_sort(out.edges.begin(), out.edges.end(),
                     [](const TraceEdge& a, const TraceEdge& b) { return a.index < b.index; });
  }

  Reader& reader_;
  TraceLimits limits_;
  MoveGraph own_;
  const MoveGraph& graph_;
  SignedEntries entries_;
  Walk walk_;
  std::unordered_map<MoveGraph::Node, std::size_t> places_;
  bool complete_ = true;
};

}  // namespace

Trace trace_lot(Reader& reader, const std::string& lot, const TraceLimits& limits, const std::string& site,
                const MoveGraph* graph) {
  Tracer tracer(reader, limits, graph);
  if (site.empty()) tracer.seed_lot(lot);
  else tracer.seed_place(lot, site_account(site));
  return tracer.run();
}

Trace trace_consignment(Reader& reader, const std::string& consignment, const TraceLimits& limits,
                        const MoveGraph* graph) {
  Tracer tracer(reader, limits, graph);
  for (const ConsignmentLine& line : lines_of(reader, consignment))
    tracer.seed_place(line.lot, transit_account(consignment));
  return tracer.run();
}

}  // namespace registry
