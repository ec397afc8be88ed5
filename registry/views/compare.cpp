#include <algorithm>
#include <span>

#include "registry/domain/rows.h"
#include "registry/views/refold.h"
#include "registry/views/row_text.h"
#include "registry/views/table_scan.h"

namespace registry {
namespace {

template <class... T>
struct Specs {
  static std::vector<const TableSpec*> all() { return {&table_spec<T>()...}; }
};

void add(std::vector<ViewDifference>& out, const TableSpec& table, const Row* kept, const Row* folded) {
  if (out.size() >= kDifferencesMax) return;
  out.push_back({std::string(table.name), row_key(table, kept ? *kept : *folded), kept ? row_text(table, *kept) : "",
                 folded ? row_text(table, *folded) : ""});
}

void compare_table(Reader& kept, Reader& folded, const TableSpec& table, std::vector<ViewDifference>& out) {
  TableScan left(kept, table), right(folded, table);
  while (left.row() || right.row()) {
    const int order = !left.row() ? 1 : !right.row() ? -1 : compare_keys(table, *left.row(), *right.row());
    if (order != 0 || *left.row() != *right.row())
      add(out, table, order <= 0 ? left.row() : nullptr, order >= 0 ? right.row() : nullptr);
    if (order <= 0) left.next();
    if (order >= 0) right.next();
  }
}

std::string move_text(const MoveRow& row) {
  const Move& m = row.move;
  return std::to_string(m.amount) + " of " + m.substance + ' ' + m.lot + " from " + m.from + " to " + m.to;
}

void compare_moves(Reader& kept, Reader& folded, std::vector<ViewDifference>& out) {
  constexpr std::size_t kAtOnce = 2'000;
  const std::int64_t size = std::max(kept.state().size, folded.state().size);
  for (std::int64_t from = 0; out.size() < kDifferencesMax;) {
    const auto left = kept.moves(from, kAtOnce), right = folded.moves(from, kAtOnce);
    const std::size_t common = std::min(left.size(), right.size());
    for (std::size_t i = 0; i < std::max(left.size(), right.size()); ++i) {
      const std::string a = i < left.size() ? move_text(left[i]) : "", b = i < right.size() ? move_text(right[i]) : "";
      const std::int64_t index = i < left.size() ? left[i].index : right[i].index;
      if (a == b && i < common && left[i].index == right[i].index && left[i].n == right[i].n) continue;
      if (out.size() < kDifferencesMax) out.push_back({"move", std::to_string(index), a, b});
      return;
    }
    if (left.empty() || from > size) return;
    from = left.back().index + 1;
  }
}

}  // namespace

std::vector<ViewDifference> compare_views(Reader& kept, Reader& folded) {
  std::vector<ViewDifference> out;
  for (const TableSpec* table : AllTables<Specs>::all()) compare_table(kept, folded, *table, out);
  compare_moves(kept, folded, out);
  return out;
}

void adopt_views(AppendTx& kept, Reader& folded) {
  for (const TableSpec* table : AllTables<Specs>::all()) {
    std::vector<std::string> gone;
    std::vector<Row> changed;
    TableScan left(kept, *table), right(folded, *table);
    while (left.row() || right.row()) {
      const int order = !left.row() ? 1 : !right.row() ? -1 : compare_keys(*table, *left.row(), *right.row());
      const bool differs = order != 0 || *left.row() != *right.row();
      if (order <= 0 && differs) gone.push_back(row_key(*table, *left.row()));
      if (order >= 0 && differs) changed.push_back(*right.row());
      if (order <= 0) left.next();
      if (order >= 0) right.next();
    }
    if (!gone.empty()) kept.erase(*table, gone);
    if (!changed.empty()) kept.upsert(*table, changed);
  }
}

}  // namespace registry
