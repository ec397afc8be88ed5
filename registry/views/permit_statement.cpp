#include "registry/views/permit_statement.h"

#include <map>
#include <set>

#include "registry/domain/account.h"
#include "registry/views/select.h"

namespace registry {
namespace {

/// A permit of a thousand deliveries has a few thousand moves; the bound is for the memory of this process.
constexpr std::size_t kMovesMax = 200'000;

constexpr std::string_view kMoves =
    "SELECT m.seq AS seq, m.n AS n, m.substance, m.source, m.target, m.amount, e.type, e.party, e.rtime "
    "FROM move_text m JOIN entry_text e ON e.seq = m.seq WHERE m.source IN ($1, $2, $3) "
    "UNION "
    "SELECT m.seq AS seq, m.n AS n, m.substance, m.source, m.target, m.amount, e.type, e.party, e.rtime "
    "FROM move_text m JOIN entry_text e ON e.seq = m.seq WHERE m.target IN ($4, $5, $6) "
    "ORDER BY seq, n LIMIT $7";

StatementLine line_of(const Row& row) {
  StatementLine line;
  const bool good = row.size() == 9 && from_value(row[0], line.index) && from_value(row[1], line.n) &&
                    from_value(row[2], line.substance) && from_value(row[3], line.from) &&
                    from_value(row[4], line.to) && from_value(row[5], line.amount) && from_value(row[6], line.type) &&
                    from_value(row[7], line.party) && from_value(row[8], line.rtime);
  if (!good) throw StoreFault(StoreError::corrupt, "a row of move cannot be read");
  return line;
}

/// What stands in the three accounts of one substance.
struct Standing {
  std::int64_t left = 0, held = 0, used = 0;
  void add(std::string_view account, std::int64_t amount) {
    if (account.starts_with("permit:")) left += amount;
    if (account.starts_with("held:")) held += amount;
    if (account.starts_with("used:")) used += amount;
  }
};

bool is_behind(const StatementLine& line, const Row& after) {
  std::int64_t index = 0, n = 0;
  if (after.size() != 2 || !from_value(after[0], index) || !from_value(after[1], n)) return true;
  return std::pair(line.index, line.n) > std::pair(index, n);
}

}  // namespace

PageOf<StatementLine> permit_statement(Reader& reader, const std::string& number, const Page& page) {
  const std::string left = permit_account(number), held = held_account(number), used = used_account(number);
  std::map<std::string, Standing, std::less<>> standing;
  std::vector<StatementLine> lines;
  for (const Row& row : reader.query(kMoves, {left, held, used, left, held, used, std::int64_t{kMovesMax}})) {
    StatementLine line = line_of(row);
    Standing& now = standing[line.substance];
    now.add(line.from, -line.amount);
    now.add(line.to, line.amount);
    line.left = now.left, line.held = now.held, line.used = now.used;
    if (is_behind(line, page.after) && lines.size() <= page.limit) lines.push_back(std::move(line));
  }
  return page_of(std::move(lines), page, [](const StatementLine& line) { return Row{line.index, line.n}; });
}

Result<std::vector<std::int64_t>> statement_entries(Reader& reader, const Permit& permit, std::size_t most) {
  const Page all{kMovesMax, {}};
  std::set<std::int64_t> out{permit.issued};
  if (permit.closed != kNone) out.insert(permit.closed);
  for (const StatementLine& line : permit_statement(reader, permit.no, all).rows) out.insert(line.index);
  if (out.size() > most)
    return refuse("statement-too-long").with("permit", permit.no).with("most", std::to_string(most));
  return std::vector<std::int64_t>(out.begin(), out.end());
}

}  // namespace registry
