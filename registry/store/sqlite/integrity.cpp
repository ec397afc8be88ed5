#include "registry/store/sqlite/integrity.h"

#include <algorithm>

#include "registry/base/fault.h"
#include "registry/store/sqlite/leaf_facts.h"
#include "registry/store/sqlite/reads.h"
#include "registry/store/sqlite/setup.h"

namespace registry::sqlite {
namespace {

using Lines = std::vector<std::string>;

/// Entries read at once.
constexpr std::size_t kPage = 256;
/// Lines after which a broken store is broken enough.
constexpr std::size_t kLinesMax = 100;

// Each gives one line a defect.
constexpr char kForeignKeys[] = "SELECT 'foreign key of ' || \"table\" FROM pragma_foreign_key_check LIMIT 100";
constexpr char kMovesOfNothing[] =
    "SELECT 'move ' || seq || '/' || n || ' belongs to no entry' FROM move "
    "WHERE seq NOT IN (SELECT seq FROM entry) LIMIT 100";
constexpr char kMovesWithoutName[] =
    "SELECT 'move ' || seq || '/' || n || ' has a name that is not there' FROM move WHERE substance NOT IN "
    "(SELECT id FROM name) OR lot NOT IN (SELECT id FROM name) OR source NOT IN (SELECT id FROM name) OR target NOT IN "
    "(SELECT id FROM name) LIMIT 100";
constexpr char kListed[] =
    "SELECT 'entry_list ' || l.seq || ' is not as the entry' FROM entry_list l LEFT JOIN entry e ON e.seq = l.seq "
    "WHERE (l.chain, l.cseq, l.party, l.type, l.rtime) IS NOT (e.chain, e.cseq, e.party, e.type, e.rtime) LIMIT 100";
constexpr char kFolded[] =
    "SELECT 'state counts ' || s.folded || ' folded entries, ' || c.n || ' are listed up to ' || c.last FROM state s, "
    "(SELECT count(*) AS n, coalesce(max(seq), -1) AS last FROM entry_list) c "
    "WHERE s.folded <> c.n OR s.folded <> c.last + 1 OR s.folded > s.size";
constexpr char kStateRows[] = "SELECT 'state has ' || count(*) || ' rows' FROM state HAVING count(*) <> 1";
constexpr char kSize[] =
    "SELECT 'state counts ' || s.size || ' entries, there are ' || c.n || ' up to ' || c.last FROM state s, "
    "(SELECT count(*) AS n, coalesce(max(seq), -1) AS last FROM entry) c WHERE s.size <> c.n OR s.size <> c.last + 1";

void append(Lines& out, Lines more) { out.insert(out.end(), more.begin(), more.end()); }

Lines damaged_pages(Session& session) {
  auto lines = session.column("PRAGMA integrity_check");
  std::erase(lines, "ok");
  return lines;
}

void compare(const EntryRow& row, Lines& out) {
  const std::string entry = "entry " + std::to_string(row.index);
  const auto leaf = read_leaf(row.leaf);
  if (!leaf) return void(out.push_back(entry + " has no readable leaf"));
  const auto check = [&](bool same, const char* column) {
    if (!same) out.push_back(entry + ": column " + column + " differs from the leaf");
  };
  check(leaf->index == row.index, "seq");
  check(leaf->chain == row.chain, "chain");
  check(leaf->cseq == row.cseq, "cseq");
  check(leaf->party == row.party, "party");
  check(leaf->type == row.type, "type");
  check(leaf->rtime == row.rtime, "rtime");
}

Lines differing_columns(Session& session) {
  Lines out;
  Reads reads(session);
  std::int64_t from = 0;
  for (;;) {
    const auto page = reads.entries(from, kPage);
    for (const auto& row : page) compare(row, out);
    if (page.size() < kPage || out.size() >= kLinesMax) return out;
    from = page.back().index + 1;
  }
}

/// A file may be so damaged that a check cannot run: that is a finding, not a fault.
template <class Check>
void run_check(Lines& out, Check&& check) {
  if (out.size() >= kLinesMax) return;
  try {
    append(out, check());
  } catch (const StoreFault& fault) {
    out.push_back(fault.what());
  }
}

}  // namespace

Lines find_defects(Session& session) {
  Lines out;
  session.execute("BEGIN");
  run_check(out, [&] { return damaged_pages(session); });
  run_check(out, [&] { return schema_differences(session); });
  for (const char* sql : {kStateRows, kSize, kFolded, kListed, kForeignKeys, kMovesOfNothing, kMovesWithoutName})
    run_check(out, [&] { return session.column(sql); });
  run_check(out, [&] { return differing_columns(session); });
  session.roll_back();
  return out;
}

}  // namespace registry::sqlite
