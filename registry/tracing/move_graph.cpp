#include "registry/tracing/move_graph.h"

#include <algorithm>
#include <set>
#include <utility>

#include "registry/base/limits.h"
#include "registry/domain/account.h"
#include "registry/tracing/query_in.h"

namespace registry {
namespace {

constexpr std::string_view kOfLots = "SELECT seq, n, substance, lot, source, target, amount FROM move_text WHERE lot";
constexpr std::string_view kOfLotsTail = "ORDER BY seq, n LIMIT ?";
constexpr std::string_view kOfEntries =
    "SELECT seq, n, substance, lot, source, target, amount FROM move_text WHERE seq";
constexpr std::string_view kOfEntriesTail = "ORDER BY seq, n";
/// Moves of the lots of one frontier; more than a trace may show.
constexpr std::int64_t kMovesMax = 10 * static_cast<std::int64_t>(limits::kTraceNodesMax);
constexpr std::size_t kPage = 4'096;

MoveRow move_row(const Row& row) {
  return {integer_of(row[0]),
          integer_of(row[1]),
          {text_of(row[2]), text_of(row[3]), text_of(row[4]), text_of(row[5]), integer_of(row[6])}};
}

std::vector<MoveRow> move_rows(const std::vector<Row>& rows) {
  std::vector<MoveRow> out;
  out.reserve(rows.size());
  for (const Row& row : rows) out.push_back(move_row(row));
  return out;
}

/// What goes into a product, or into a lot that is split, merged or sampled off.
bool is_input(const Move& move) {
  return (move.to == outside::kUsed || move.to == outside::kRepacked) && is_held_account(move.from);
}
bool is_product(const Move& move) { return move.from == outside::kProduced || move.from == outside::kRepacked; }

/// Calls f(first, last) for the moves of each entry.
template <class F>
void each_entry(const std::vector<MoveRow>& moves, F&& f) {
  for (std::size_t first = 0, last = 0; first < moves.size(); first = last) {
    while (last < moves.size() && moves[last].index == moves[first].index) ++last;
    f(first, last);
  }
}

}  // namespace

void MoveGraph::load_all(Reader& reader) {
  ensure(loaded_.empty(), "a graph is whole or filled lot by lot");
  const std::int64_t size = reader.state().size;
  for (; size_ < size; size_ += static_cast<std::int64_t>(kPage)) {
    const std::vector<MoveRow> moves = reader.moves(size_, kPage);
    for (const MoveRow& row : moves) add(row);
    each_entry(moves, [&](std::size_t first, std::size_t last) { tie(moves, first, last); });
  }
  size_ = size;
  whole_ = true;
}

bool MoveGraph::load_lots(Reader& reader, const std::vector<std::string>& lots) {
  ensure(!whole_, "a whole graph has every lot");
  std::vector<Value> missing;
  for (const std::string& lot : lots)
    if (!lot.empty() && loaded_.insert(lot).second) missing.emplace_back(lot);
  const std::vector<MoveRow> moves = move_rows(query_in(reader, kOfLots, missing, kOfLotsTail, {Value(kMovesMax)}));
  for (const MoveRow& row : moves) add(row);
  tie_entries(reader, moves);
  return moves.size() < static_cast<std::size_t>(kMovesMax);
}

/// Only the whole entry tells what an input became.
void MoveGraph::tie_entries(Reader& reader, const std::vector<MoveRow>& moves) {
  std::set<std::int64_t> wanted;
  for (const MoveRow& row : moves)
    if (is_input(row.move) || is_product(row.move)) wanted.insert(row.index);
  std::vector<Value> entries;
  for (const std::int64_t index : wanted)
    if (tied_.insert(index).second) entries.emplace_back(index);
  const std::vector<MoveRow> whole = move_rows(query_in(reader, kOfEntries, entries, kOfEntriesTail));
  each_entry(whole, [&](std::size_t first, std::size_t last) { tie(whole, first, last); });
}

void MoveGraph::tie(const std::vector<MoveRow>& moves, std::size_t first, std::size_t last) {
  for (std::size_t p = first; p < last; ++p) {
    if (!is_product(moves[p].move)) continue;
    for (std::size_t i = first; i < last; ++i) {
      const Move &input = moves[i].move, &product = moves[p].move;
      if (!is_input(input)) continue;
      add_edge({moves[i].index, input.amount, node(input.lot, input.from, input.substance),
                node(product.lot, product.to, product.substance), true});
    }
  }
}

void MoveGraph::add(const MoveRow& row) {
  const Move& move = row.move;
  if (move.lot.empty() || is_quota_account(move.from) || is_quota_account(move.to)) return;
  add_edge({row.index, move.amount, node(move.lot, move.from, move.substance), node(move.lot, move.to, move.substance),
            false});
}

void MoveGraph::add_edge(const Edge& edge) {
  const auto number = static_cast<std::uint32_t>(edges_.size());
  edges_.push_back(edge);
  insert(out_[edge.source], number);
  insert(in_[edge.target], number);
}

/// Nearly always at the end.
void MoveGraph::insert(std::vector<std::uint32_t>& list, std::uint32_t number) const {
  auto at = list.end();
  while (at != list.begin() && edges_[*(at - 1)].index > edges_[number].index) --at;
  list.insert(at, number);
}

std::uint32_t MoveGraph::name(const std::string& text) {
  const auto [at, is_new] = numbers_.try_emplace(text, static_cast<std::uint32_t>(names_.size()));
  if (is_new) names_.push_back(&at->first);
  return at->second;
}

MoveGraph::Node MoveGraph::node(const std::string& lot, const std::string& account, const std::string& substance) {
  const std::uint32_t lot_name = name(lot), account_name = name(account);
  const std::uint64_t key = std::uint64_t{lot_name} << 32 | account_name;
  const auto [at, is_new] = nodes_.try_emplace(key, static_cast<Node>(places_.size()));
  if (!is_new) return at->second;
  places_.push_back({lot_name, account_name, name(substance), !is_held_account(account)});
  out_.emplace_back();
  in_.emplace_back();
  by_lot_[lot_name].push_back(at->second);
  return at->second;
}

std::vector<MoveGraph::Node> MoveGraph::nodes_of(const std::string& lot) const {
  const auto number = numbers_.find(lot);
  const auto at = number == numbers_.end() ? by_lot_.end() : by_lot_.find(number->second);
  return at == by_lot_.end() ? std::vector<Node>{} : at->second;
}

std::optional<MoveGraph::Node> MoveGraph::find(const std::string& lot, const std::string& account) const {
  for (const Node node : nodes_of(lot))
    if (this->account(node) == account) return node;
  return {};
}

}  // namespace registry
