#include "registry/tracing/walk.h"

#include <algorithm>
#include <utility>

namespace registry {

Walk::Walk(const MoveGraph& graph, const TraceLimits& limits, Load load, Happened happened)
    : graph_(graph), limits_(limits), load_(std::move(load)), happened_(std::move(happened)) {}

bool Walk::sees(const MoveGraph::Edge& edge) const {
  return edge.index <= limits_.known_at && (!limits_.as_of || happened_(edge.index));
}

void Walk::seed(MoveGraph::Node node) { reach(node, forwards() ? 0 : limits_.known_at, 0); }

void Walk::run() {
  while (!heap_.empty()) {
    const Waiting next = take();
    const std::size_t place = places_[next.node] - 1;
    if (done_[place]) continue;
    done_[place] = true;
    // Through the outside world nothing comes back: what is lost here is not what is found there.
    if (next.hops > 0 && graph_.is_outside(next.node)) continue;
    if (!graph_.has_lot(graph_.lot(next.node))) {
      heap_.push_back(next);
      load_waiting();
      heap_.pop_back();
    }
    expand(next, next.hops + 1);
  }
}

Walk::Waiting Walk::take() {
  std::pop_heap(heap_.begin(), heap_.end(), Later{});
  const Waiting next = heap_.back();
  heap_.pop_back();
  return next;
}

/// One query for all lots at the frontier.
void Walk::load_waiting() {
  std::vector<std::string> lots;
  for (const Waiting& waiting : heap_)
    if (!graph_.has_lot(graph_.lot(waiting.node))) lots.push_back(graph_.lot(waiting.node));
  std::sort(lots.begin(), lots.end());
  lots.erase(std::unique(lots.begin(), lots.end()), lots.end());
  if (!load_(lots)) truncated_ = true;
}

void Walk::expand(const Waiting& from, int hops) {
  const std::vector<std::uint32_t>& edges = forwards() ? graph_.out_of(from.node) : graph_.into(from.node);
  for (const std::uint32_t number : edges)
    if (!follow(from, number, hops)) truncated_ = true;
}

/// False when a limit forbids it.
bool Walk::follow(const Waiting& from, std::uint32_t number, int hops) {
  const MoveGraph::Edge& edge = graph_.edge(number);
  if (order_of(edge.index) < from.order || !sees(edge)) return true;
  if (hops > limits_.hops_max || edges_.size() >= limits_.edges_max) return false;
  if (!reach(forwards() ? edge.target : edge.source, edge.index, hops)) return false;
  edges_.push_back(number);
  return true;
}

bool Walk::reach(MoveGraph::Node node, std::int64_t index, int hops) {
  if (places_.size() <= node) places_.resize(graph_.nodes());
  if (places_[node] == 0) {
    if (reached_.size() >= limits_.nodes_max) return false;
    reached_.push_back({node, hops, index});
    done_.push_back(false);
    places_[node] = static_cast<std::uint32_t>(reached_.size());
  } else {
    const std::size_t place = places_[node] - 1;
    Reached& before = reached_[place];
    if (done_[place] || order_of(before.index) < order_of(index) ||
        (before.index == index && before.hops <= hops))
      return true;
    before = {node, hops, index};
  }
  heap_.push_back({order_of(index), hops, node});
  std::push_heap(heap_.begin(), heap_.end(), Later{});
  return true;
}

}  // namespace registry
