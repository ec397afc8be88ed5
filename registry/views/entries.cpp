#include "registry/views/entries.h"

#include <charconv>

#include "registry/domain/number_key.h"
#include "registry/domain/rows.h"
#include "registry/views/select.h"

namespace registry {
namespace {

constexpr std::string_view kCorrection = "entry.correct";
constexpr std::string_view kEntries = "SELECT seq, chain, cseq, party, type, rtime FROM entry_text";

EntryLine line_of(const Row& row) {
  EntryLine line;
  const bool good = row.size() == 6 && from_value(row[0], line.index) && from_value(row[1], line.chain) &&
                    from_value(row[2], line.cseq) && from_value(row[3], line.party) && from_value(row[4], line.type) &&
                    from_value(row[5], line.rtime);
  if (!good) throw StoreFault(StoreError::corrupt, "a row of entry cannot be read");
  return line;
}

}  // namespace

std::optional<CorrectionPair> correction_of(Reader& reader, const EntryRow& entry) {
  const auto corrected = find_row<Correction>(reader, index_key(entry.index));
  if (corrected) return CorrectionPair{entry.index, corrected->by};
  if (entry.type != kCorrection) return {};
  Select select(select_all<Correction>());
  const auto found = typed_all<Correction>(select.where("\"by\" = ?", {entry.index}).run(reader, "entry", 1));
  if (found.empty()) return {};
  std::int64_t original = 0;
  const std::string& text = found.front().entry;
  std::from_chars(text.data(), text.data() + text.size(), original);
  return CorrectionPair{original, entry.index};
}

namespace {

std::string goods_moved_by(std::string_view entry, const Bounds& bounds) {
  return "EXISTS (SELECT 1 FROM move_text m WHERE m.seq = " + std::string(entry) + " AND m.substance IN (" +
         quoted(*bounds.goods) + "))";
}

}  // namespace

bool has_moved_goods(Reader& reader, std::int64_t index, const Bounds& bounds) {
  if (!bounds.goods) return true;
  return !reader.query("SELECT 1 WHERE " + goods_moved_by("$1", bounds), {index}).empty();
}

PageOf<EntryLine> list_entries(Reader& reader, const EntryFilter& filter, const Page& page) {
  Select select{std::string(kEntries)};
  select.where_set("party = ?", filter.party).where_set("type = ?", filter.type).where_set("chain = ?", filter.chain);
  select.where_within({"party"}, page.within);
  if (page.within.goods)
    select.where("(party = ? OR " + goods_moved_by("entry_text.seq", page.within) + ")", {page.within.office});
  if (filter.from > 0) select.where("seq >= ?", {filter.from});
  std::vector<EntryLine> lines;
  // Along a chain both orders are the same one; its index knows the counter.
  const bool by_chain = !filter.chain.empty();
  const auto order = filter.order == EntryOrder::newest ? Select::Order::down : Select::Order::up;
  for (const Row& row : select.run(reader, {by_chain ? "cseq" : "seq"}, order, page)) lines.push_back(line_of(row));
  return page_of(std::move(lines), page, [&](const EntryLine& line) { return Row{by_chain ? line.cseq : line.index}; });
}

}  // namespace registry
