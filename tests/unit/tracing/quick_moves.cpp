#include <map>
#include <tuple>

#include "ledger.h"

namespace tracing_test {

void Ledger::quick_moves(const std::string& author, const std::vector<std::vector<Move>>& entries) {
  std::map<std::tuple<std::string, std::string, std::string>, std::int64_t> held;
  const LogState before = state_;
  const auto tx = store_->begin_append();
  for (const auto& moves : entries) {
    state_.rtime = state_.rtime.plus_ms(10);
    EntryRow row;
    row.index = state_.size;
    row.chain = "c-" + author;
    row.cseq = state_.size + 1;
    row.party = author;
    row.type = moves.size() > 1 ? "production.record" : "storage.move";
    row.rtime = state_.rtime;
    row.leaf = std::string(600, 'x');
    tx->insert_entries({&row, 1});
    const EntryPlace place = place_of(row);
    tx->list_entries({&place, 1});
    for (std::size_t n = 0; n < moves.size(); ++n) {
      const MoveRow move{state_.size, static_cast<std::int64_t>(n), moves[n]};
      tx->insert_moves({&move, 1});
      held[{moves[n].from, moves[n].substance, moves[n].lot}] -= moves[n].amount;
      held[{moves[n].to, moves[n].substance, moves[n].lot}] += moves[n].amount;
    }
    ++state_.size;
  }
  for (const auto& [key, amount] : held) {
    if (amount == 0) continue;
    const auto& [account, substance, lot] = key;
    const Row row{account, substance, lot, account.find(':') != std::string::npos && amount < 0 ? 0 : amount};
    tx->upsert(table_spec<Balance>(), {&row, 1});
  }
  finish(*tx, before);
}

}  // namespace tracing_test
