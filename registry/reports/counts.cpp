#include <map>
#include <nlohmann/json.hpp>

#include "crypto/json_text.h"
#include "registry/base/fault.h"
#include "registry/domain/account.h"
#include "registry/domain/fold.h"
#include "registry/reports/event_moves.h"
#include "registry/reports/report_facts.h"
#include "registry/reports/signatures.h"
#include "registry/tracing/query_in.h"
#include "registry/views/select.h"

namespace registry {
namespace {

using Json = nlohmann::json;

/// Counts of a party, or of all; those that name no site of the report are left out afterwards.
constexpr std::string_view kCounts =
    "SELECT e.time, e.seq FROM event e JOIN entry_text t ON t.seq = e.seq WHERE e.time >= $1 AND e.time < $2 "
    "AND t.type = 'stock.count' AND (t.party = $3 OR '' = $4) ORDER BY e.time, e.seq";

/// What one count says of a lot. The outcome notes the measurement; the book is what the moves of the same entry made
/// of it.
struct Counted {
  std::string account, lot, substance;
  std::int64_t counted = 0, book = 0;
};

template <class F>
void each_measurement(const Json& outcome, F&& f) {
  for (const char* change : {"put", "set"}) {
    const auto changes = outcome.find(change);
    if (changes == outcome.end() || !changes->contains("measurement")) continue;
    for (const Json& row : changes->at("measurement")) f(row);
  }
}

std::vector<Counted> counted_in(Reader& reader, const EntryRow& entry) {
  const Json outcome = Json::parse(entry.outcome, nullptr, false);
  const auto moves = parse_moves(entry.outcome);
  if (!outcome.is_object() || !moves)
    throw StoreFault(StoreError::corrupt, "the outcome of entry " + std::to_string(entry.index) + " cannot be read");
  std::vector<Counted> out;
  each_measurement(outcome, [&](const Json& row) {
    Counted line{crypto::text_of(row, "account"), crypto::text_of(row, "lot"), {}, 0, 0};
    // A column at zero is left out.
    if (const auto amount = row.find("amount"); amount != row.end()) line.counted = amount->get<std::int64_t>();
    line.book = line.counted;
    for (const Move& move : *moves) {
      if (move.lot != line.lot) continue;
      line.book -= move.to == line.account ? move.amount : 0;
      line.book += move.from == line.account ? move.amount : 0;
    }
    if (const auto lot = find_row<Lot>(reader, line.lot)) line.substance = lot->substance;
    out.push_back(std::move(line));
  });
  return out;
}

std::vector<ReportColumn> columns() {
  return {head("date", "盘点日期", "Date"),
          head("index", "凭证序号", "Log index"),
          head("party", "单位编号", "Party"),
          head("site", "场所", "Site"),
          head("substance", "品种代码", "Substance"),
          head("name_zh", "品种名称", "Name in Chinese"),
          head("lot", "批号", "Lot"),
          head("unit", "计量单位", "Unit"),
          head("book", "账面数量", "Book"),
          head("counted", "实盘数量", "Counted"),
          head("difference", "差异", "Difference"),
          head("reason", "说明", "Reason"),
          head("first_person", "盘点人", "First person"),
          head("second_person", "复核人", "Second person"),
          head("recorded", "登记时间", "Recorded")};
}

void put_counts(ReportFacts& facts, const PutRow& put) {
  const ReportPeriod& period = facts.query().period;
  EntryLines entries(facts.reader());
  std::map<std::string, std::string> owners;
  for (const Site& site : facts.sites()) owners.emplace(site_account(site.id), site.party);
  const std::string& party = facts.query().party;
  for (const Row& row : facts.reader().query(kCounts, {period.from().ms, period.to().ms, party, party})) {
    const auto entry = facts.reader().entry(integer_of(row[1]));
    if (!entry) throw StoreFault(StoreError::corrupt, "an entry is missing");
    for (const Counted& line : counted_in(facts.reader(), *entry)) {
      const auto owner = owners.find(line.account);
      if (owner == owners.end()) continue;
      const EntryLines::Line& signer = entries.at(entry->index);
      put({local_date({integer_of(row[0])}).str(), entry->index, owner->second,
           line.account.substr(line.account.find(':') + 1), line.substance,
           facts.substance_name(line.substance, Language::zh), line.lot, unit_of_report(facts.unit(line.substance)),
           facts.amount(line.book, line.substance), facts.amount(line.counted, line.substance),
           facts.amount(line.counted - line.book, line.substance), signer.text("reason"), signer.signer(0),
           signer.signer(1), signer.received.str()});
    }
  }
}

}  // namespace

void add_counts(const SharedFacts& facts, ReportFile& report) {
  report.tables.push_back(
      {"lines", {"盘点表", "Count sheet"}, columns(), [facts](const PutRow& put) { put_counts(*facts, put); }});
}

}  // namespace registry
