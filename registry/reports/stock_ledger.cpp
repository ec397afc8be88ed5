#include <map>

#include "registry/domain/account.h"
#include "registry/reports/event_moves.h"
#include "registry/reports/reasons.h"
#include "registry/reports/report_facts.h"
#include "registry/reports/signatures.h"
#include "registry/tracing/query_in.h"
#include "registry/tracing/rows_by_key.h"
#include "registry/views/select.h"

namespace registry {
namespace {

constexpr std::string_view kHeld = "SELECT account, substance, lot, amount FROM balance WHERE account";
constexpr std::string_view kHeldTail = "ORDER BY account, substance, lot";
constexpr std::string_view kTransit = "transit:";
/// Rows that are looked up again and again; then from the start.
constexpr std::size_t kKnownMax = 10'000;

Cell index_or_nothing(std::int64_t index) { return index == kNone ? Cell() : Cell(index); }

std::string place(const std::string& account) { return account.substr(account.find(':') + 1); }

/// What a line of a ledger looks up besides its move.
class Lookups {
 public:
  explicit Lookups(ReportFacts& facts) : facts_(facts), entries(facts.reader()), corrections(facts.reader()) {}

  const Lot* lot(const std::string& id) { return find(lots_, id); }
  /// The party at the other end of a consignment.
  std::string partner(const EventMove& move) {
    if (!move.other.starts_with(kTransit)) return {};
    const Consignment* goods = find(consignments_, move.other.substr(kTransit.size()));
    return !goods ? std::string() : move.is_in ? goods->sender : goods->receiver;
  }
  std::string consignment(const EventMove& move) const {
    return move.other.starts_with(kTransit) ? move.other.substr(kTransit.size()) : std::string();
  }

 private:
  template <class T>
  const T* find(std::map<std::string, std::optional<T>>& known, const std::string& id) {
    if (known.size() >= kKnownMax && !known.contains(id)) known.clear();
    const auto [at, is_new] = known.try_emplace(id);
    if (is_new) at->second = find_row<T>(facts_.reader(), id);
    return at->second ? &*at->second : nullptr;
  }
  ReportFacts& facts_;
  std::map<std::string, std::optional<Lot>> lots_;
  std::map<std::string, std::optional<Consignment>> consignments_;

 public:
  EntryLines entries;
  Corrections corrections;
};

/// What each lot in each account held, line after line.
using Running = std::map<std::pair<std::string, std::string>, std::int64_t>;

Running opening(const ReportFacts& facts, const std::function<void(const Row& row)>& each) {
  Running out;
  const auto start = facts.look()(facts.query().period.from().plus_ms(-1));
  const std::vector<std::string> accounts = facts.site_accounts();
  for (const Row& row : query_in(*start, kHeld, {accounts.begin(), accounts.end()}, kHeldTail)) {
    out[{text_of(row[0]), text_of(row[2])}] = integer_of(row[3]);
    each(row);
  }
  return out;
}

std::vector<Cell> opening_line(const ReportFacts& facts, const Row& row) {
  const std::string& substance = text_of(row[1]);
  return {facts.query().period.first.str(),
          std::string("期初 opening"),
          std::string(),
          Cell(),
          place(text_of(row[0])),
          substance,
          facts.substance_name(substance, Language::zh),
          text_of(row[2]),
          Cell(),
          Cell(),
          Cell(),
          Cell(),
          Cell(),
          unit_of_report(facts.unit(substance)),
          Cell(),
          Cell(),
          facts.amount(integer_of(row[3]), substance),
          Cell(),
          Cell(),
          Cell(),
          Cell(),
          Cell()};
}

std::vector<ReportColumn> ledger_columns() {
  return {head("date", "日期", "Date"),
          head("reason", "收支事由", "Reason"),
          head("step", "步骤", "Step"),
          head("index", "凭证序号", "Log index"),
          head("site", "场所", "Site"),
          head("substance", "品种代码", "Substance"),
          head("name_zh", "品种名称", "Name in Chinese"),
          head("lot", "批号", "Lot"),
          head("expiry", "有效期至", "Expiry"),
          head("maker", "生产企业", "Maker"),
          head("partner", "往来单位", "Counterparty"),
          head("partner_name", "往来单位名称", "Name of the counterparty"),
          head("consignment", "货运单号", "Consignment"),
          head("unit", "计量单位", "Unit"),
          head("in", "入库数量", "In"),
          head("out", "出库数量", "Out"),
          head("balance", "结存", "Balance"),
          head("first_person", "经手人", "First person"),
          head("second_person", "复核人", "Second person"),
          head("corrects", "更正原序号", "Corrects"),
          head("corrected_by", "被更正于", "Corrected by"),
          head("recorded", "登记时间", "Recorded")};
}

std::vector<Cell> ledger_line(ReportFacts& facts, Lookups& known, const EventMove& move, std::int64_t balance) {
  const StockReason reason = reason_of(move.other, move.is_in);
  const Lot* lot = known.lot(move.lot);
  const std::string partner = known.partner(move);
  const EntryLines::Line& entry = known.entries.at(move.index);
  const Cell amount = facts.amount(move.amount, move.substance);
  return {local_date(move.event).str(),
          reason.words.zh + " " + reason.words.en,
          move.type,
          move.index,
          place(move.account),
          move.substance,
          facts.substance_name(move.substance, Language::zh),
          move.lot,
          lot && lot->expiry != Date{} ? Cell(lot->expiry.str()) : Cell(),
          lot ? Cell(lot->maker) : Cell(),
          partner,
          facts.party_name(partner),
          known.consignment(move),
          unit_of_report(facts.unit(move.substance)),
          move.is_in ? amount : Cell(),
          move.is_in ? Cell() : amount,
          facts.amount(balance, move.substance),
          entry.signer(0),
          entry.signer(1),
          index_or_nothing(known.corrections.of(move.index)),
          index_or_nothing(known.corrections.by(move.index)),
          entry.received.str()};
}

void put_ledger(ReportFacts& facts, const PutRow& put) {
  Running running = opening(facts, [&](const Row& row) { put(opening_line(facts, row)); });
  Lookups known(facts);
  each_portion(facts.reader(), facts.site_accounts(), facts.query().period, [&](const std::vector<EventMove>& moves) {
    for (const EventMove& move : moves) {
      std::int64_t& balance = running[{move.account, move.lot}];
      balance += move.is_in ? move.amount : -move.amount;
      put(ledger_line(facts, known, move, balance));
    }
  });
}

bool is_use(const EventMove& move) {
  return move.other == outside::kUsed || move.other == outside::kDispensed || move.other == outside::kProcessLoss;
}

/// What one entry used, and what it made of it.
struct Use {
  const EventMove* used;
  const EventMove* made = nullptr;
};

/// Inputs and products of an entry stand on one line as far as there are as many.
std::vector<Use> uses_of(const std::vector<EventMove>& moves) {
  std::map<std::int64_t, std::vector<const EventMove*>> made;
  for (const EventMove& move : moves)
    if (move.other == outside::kProduced && move.is_in) made[move.index].push_back(&move);
  std::map<std::int64_t, std::size_t> next;
  std::vector<Use> out;
  for (const EventMove& move : moves) {
    if (!is_use(move)) continue;
    const auto products = made.find(move.index);
    const std::size_t n = next[move.index]++;
    out.push_back({&move, products != made.end() && n < products->second.size() ? products->second[n] : nullptr});
  }
  return out;
}

std::vector<ReportColumn> use_columns() {
  return {head("date", "日期", "Date"),
          head("index", "凭证序号", "Log index"),
          head("site", "场所", "Site"),
          head("substance", "品种代码", "Substance"),
          head("name_zh", "品种名称", "Name in Chinese"),
          head("lot", "批号", "Lot"),
          head("reason", "事由", "Reason"),
          head("purpose", "用途", "Purpose"),
          head("unit", "计量单位", "Unit"),
          head("used", "使用数量", "Used"),
          head("product_lot", "产品批号", "Lot made"),
          head("product", "产品代码", "Product"),
          head("product_unit", "产品单位", "Unit of the product"),
          head("made", "产品数量", "Made"),
          head("balance", "结存", "Balance"),
          head("first_person", "领用人", "User"),
          head("second_person", "复核人", "Checker"),
          head("corrects", "更正原序号", "Corrects"),
          head("corrected_by", "被更正于", "Corrected by")};
}

std::vector<Cell> use_line(ReportFacts& facts, Lookups& known, const Use& use, std::int64_t balance) {
  const EventMove& move = *use.used;
  const StockReason reason = reason_of(move.other, move.is_in);
  const EntryLines::Line& entry = known.entries.at(move.index);
  // What came back by a correction stands with a minus.
  const std::int64_t amount = move.is_in ? -move.amount : move.amount;
  const EventMove* made = use.made;
  return {local_date(move.event).str(),
          move.index,
          place(move.account),
          move.substance,
          facts.substance_name(move.substance, Language::zh),
          move.lot,
          reason.words.zh + " " + reason.words.en,
          entry.text("purpose"),
          unit_of_report(facts.unit(move.substance)),
          facts.amount(amount, move.substance),
          made ? Cell(made->lot) : Cell(),
          made ? Cell(made->substance) : Cell(),
          made ? Cell(unit_of_report(facts.unit(made->substance))) : Cell(),
          made ? facts.amount(made->amount, made->substance) : Cell(),
          facts.amount(balance, move.substance),
          entry.signer(0),
          entry.signer(1),
          index_or_nothing(known.corrections.of(move.index)),
          index_or_nothing(known.corrections.by(move.index))};
}

void put_uses(ReportFacts& facts, const PutRow& put) {
  Running running = opening(facts, [](const Row&) {});
  Lookups known(facts);
  each_portion(facts.reader(), facts.site_accounts(), facts.query().period, [&](const std::vector<EventMove>& moves) {
    const std::vector<Use> uses = uses_of(moves);
    auto use = uses.begin();
    for (const EventMove& move : moves) {
      std::int64_t& balance = running[{move.account, move.lot}];
      balance += move.is_in ? move.amount : -move.amount;
      if (use != uses.end() && use->used == &move) put(use_line(facts, known, *use++, balance));
    }
  });
}

}  // namespace

void add_stock_ledger(const SharedFacts& facts, ReportFile& report) {
  report.tables.push_back({"lines", {"出入库台账", "Stock ledger"}, ledger_columns(), [facts](const PutRow& put) {
                             put_ledger(*facts, put);
                           }});
}

void add_use_ledger(const SharedFacts& facts, ReportFile& report) {
  report.tables.push_back(
      {"lines", {"使用台账", "Use ledger"}, use_columns(), [facts](const PutRow& put) { put_uses(*facts, put); }});
}

}  // namespace registry
