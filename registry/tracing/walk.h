#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "registry/tracing/move_graph.h"
#include "registry/tracing/trace.h"

namespace registry {

/// Follows edges from its seeds in the order in which goods can have taken them: forwards, what left a node before the
/// traced goods came there is not theirs, and backwards likewise.
class Walk {
 public:
  struct Reached {
    MoveGraph::Node node = 0;
    int hops = 0;
    std::int64_t index = 0;
  };
  /// Loads lots that the graph lacks; false when not all of their moves were loaded.
  using Load = std::function<bool(const std::vector<std::string>&)>;
  /// True for an entry that had happened by the time the trace is about.
  using Happened = std::function<bool(std::int64_t index)>;

  Walk(const MoveGraph& graph, const TraceLimits& limits, Load load, Happened happened);

  /// Goods that can have been there from the start, or until the end.
  void seed(MoveGraph::Node node);
  void run();
  /// True if the trace may see the edge.
  bool sees(const MoveGraph::Edge& edge) const;

  const std::vector<Reached>& nodes() const { return reached_; }
  /// Numbers of edges, each once.
  const std::vector<std::uint32_t>& edges() const { return edges_; }
  bool truncated() const { return truncated_; }

 private:
  struct Waiting {
    /// Forwards the log index, backwards its negative: the smallest is next.
    std::int64_t order;
    int hops;
    MoveGraph::Node node;
  };
  struct Later {
    bool operator()(const Waiting& a, const Waiting& b) const {
      return a.order != b.order ? a.order > b.order : a.hops > b.hops;
    }
  };
  bool forwards() const { return limits_.direction == TraceDirection::forwards; }
  std::int64_t order_of(std::int64_t index) const { return forwards() ? index : -index; }
  Waiting take();
  void load_waiting();
  void expand(const Waiting& from, int hops);
  bool follow(const Waiting& from, std::uint32_t number, int hops);
  bool reach(MoveGraph::Node node, std::int64_t index, int hops);

  const MoveGraph& graph_;
  const TraceLimits& limits_;
  Load load_;
  Happened happened_;
  std::vector<Waiting> heap_;
  /// Place in `reached_` and one, by node; 0 for one that is not reached.
  std::vector<std::uint32_t> places_;
  std::vector<Reached> reached_;
  std::vector<bool> done_;
  std::vector<std::uint32_t> edges_;
  bool truncated_ = false;
};

}  // namespace registry
