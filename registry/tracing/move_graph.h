#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "registry/store/store.h"

namespace registry {

/// Goods as a graph in memory: a node is a lot in an account, an edge an amount that went from one to the other. Where
/// an entry makes lots from other lots, an edge goes from each input, in its account, to each product. Quota is left out.
/// Filled lot by lot for one trace, or whole for many; grows and never forgets. Reading it is thread-safe.
class MoveGraph {
 public:
  using Node = std::uint32_t;
  struct Edge {
    std::int64_t index = 0;
    /// Base unit of the substance of `source`.
    std::int64_t amount = 0;
    Node source = 0, target = 0;
    /// Input to product, not account to account.
    bool made_into = false;
  };

  MoveGraph() = default;
  MoveGraph(MoveGraph&&) = default;
  MoveGraph& operator=(MoveGraph&&) = default;

  /// All moves of the log that are not here yet, in pages.
  void load_all(Reader& reader);
  /// All moves of these lots, with those that tie them to inputs and products. False when there are more than a trace
  /// may hold; then the newest are missing.
  bool load_lots(Reader& reader, const std::vector<std::string>& lots);
  bool has_lot(const std::string& lot) const { return whole_ || loaded_.contains(lot); }

  /// Numbers of the edges that begin or end at a node, in log order.
  const std::vector<std::uint32_t>& out_of(Node node) const { return out_[node]; }
  const std::vector<std::uint32_t>& into(Node node) const { return in_[node]; }
  const Edge& edge(std::uint32_t number) const { return edges_[number]; }
  std::size_t edges() const { return edges_.size(); }
  std::size_t nodes() const { return places_.size(); }

  const std::string& lot(Node node) const { return *names_[places_[node].lot]; }
  const std::string& account(Node node) const { return *names_[places_[node].account]; }
  const std::string& substance(Node node) const { return *names_[places_[node].substance]; }
  /// Goods end or begin there, and none pass through.
  bool is_outside(Node node) const { return places_[node].outside; }
  /// All nodes of a lot.
  std::vector<Node> nodes_of(const std::string& lot) const;
  std::optional<Node> find(const std::string& lot, const std::string& account) const;

 private:
  struct Place {
    std::uint32_t lot, account, substance;
    bool outside;
  };
  std::uint32_t name(const std::string& text);
  Node node(const std::string& lot, const std::string& account, const std::string& substance);
  void add(const MoveRow& row);
  void add_edge(const Edge& edge);
  void insert(std::vector<std::uint32_t>& list, std::uint32_t number) const;
  void tie(const std::vector<MoveRow>& moves, std::size_t first, std::size_t last);
  void tie_entries(Reader& reader, const std::vector<MoveRow>& moves);

  std::unordered_map<std::string, std::uint32_t> numbers_;
  std::vector<const std::string*> names_;
  std::unordered_map<std::uint64_t, Node> nodes_;
  std::unordered_map<std::uint32_t, std::vector<Node>> by_lot_;
  std::vector<Place> places_;
  std::vector<Edge> edges_;
  std::vector<std::vector<std::uint32_t>> out_, in_;
  std::unordered_set<std::string> loaded_;
  std::unordered_set<std::int64_t> tied_;
  bool whole_ = false;
  std::int64_t size_ = 0;
};

}  // namespace registry
