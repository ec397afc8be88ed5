#include "registry/service/rejudge.h"

#include <nlohmann/json.hpp>

#include "crypto/json.h"
#include "registry/domain/fold.h"
#include "registry/log/header.h"
#include "registry/log/leaf.h"
#include "registry/log/place.h"
#include "registry/service/judge.h"
#include "registry/store/gather.h"

namespace registry {
namespace {

constexpr std::size_t kEntriesAtOnce = 200;
constexpr int kRoundsMax = 8;
constexpr std::size_t kFactsMax = 40'000;

StoreFault unreadable(const EntryRow& row) {
  return StoreFault(StoreError::corrupt, "entry " + std::to_string(row.index) + " cannot be read");
}

template <class T>
T value_or_throw(const EntryRow& row, Result<T> result) {
  if (!result) throw unreadable(row);
  return std::move(result).value();
}

struct Signed {
  Leaf leaf;
  Header header;
};

Signed read_signed(const EntryRow& row) {
  Leaf leaf = value_or_throw(row, parse_leaf(row.leaf));
  Header header = value_or_throw(row, parse_header(leaf.header_text));
  return {std::move(leaf), std::move(header)};
}

nlohmann::json read_payload(const EntryRow& row) {
  auto read = crypto::read_json(row.payload);
  if (auto* json = std::get_if<nlohmann::json>(&read)) return std::move(*json);
  throw unreadable(row);
}

class Judge {
 public:
  Judge(Reader& log, const RulePack& pack, RejudgeReport& report) : log_(log), pack_(pack), report_(report) {}

  void take(AppendTx& tx, const EntryRow& row) {
    const Signed entry = read_signed(row);
    compare(tx, row, entry);
    fold(tx, row, entry);
    ++report_.entries;
  }
  void forget_if_large() {
    if (facts_.size() > kFactsMax) facts_ = {};
  }

 private:
  void compare(AppendTx& tx, const EntryRow& row, const Signed& entry) {
    const StepType* type = find_step_type(entry.header.type, entry.header.version);
    if (!type) return differ(row, {}, "no such step");
    const auto step = type->parse(read_payload(row), pack_);
    if (!step) return differ(row, {}, step.error().rule);
    gather_for(tx, **step, entry);
    const StepContext context{row.index, entry.leaf.frame.rtime, entry.header.time, entry.header.party,
                              signers_of(entry)};
    const std::string edition(edition_for(facts_, pack_, context.rtime).edition());
    count(edition);
    auto outcome = judge(**step, facts_, context, pack_);
    if (!outcome) return differ(row, edition, outcome.error().rule);
    outcome->salt = outcome_salt(row.payload);
    if (std::string text = format_outcome(*outcome); text != row.outcome) differ(row, edition, std::move(text));
  }

  void gather_for(AppendTx& tx, const Step& step, const Signed& entry) {
    for (int round = 0; round < kRoundsMax; ++round) {
      FactKeys keys, earlier;
      keys.want<Setting>("overlay");
      keys.want<Party>(entry.header.party);
      want_signers(facts_, step, entry.leaf.signatures, keys);
      step.need(facts_, entry.header.party, keys);
      // The scratch store holds tables only; what earlier entries say stands in the log.
      earlier.entries = std::move(keys.entries);
      keys.entries.clear();
      const bool any = gather(log_, facts_, std::move(earlier));
      if (!gather(tx, facts_, std::move(keys)) && !any) return;
    }
  }

  std::vector<Signer> signers_of(const Signed& entry) const {
    std::vector<Signer> out;
    for (const auto& signature : entry.leaf.signatures) {
      const std::string id = signature.key.hex();
      const Key* key = facts_.find<Key>(id);
      out.push_back(key ? Signer{id, key->party, key->role, false, key->officer}
                        : Signer{id, entry.header.party, KeyRole::officer, true});
    }
    return out;
  }

  /// The stored outcome, as rebuilding folds it.
  void fold(AppendTx& tx, const EntryRow& row, const Signed& entry) {
    gather(tx, facts_, value_or_throw(row, keys_of_stored(row.outcome)));
    Outcome outcome = value_or_throw(row, parse_outcome(row.outcome, facts_));
    value_or_throw(row, facts_.apply(outcome));
    FactKeys keys;
    keys.want<Chain>(entry.header.chain);
    gather(tx, facts_, std::move(keys));
    facts_.store(extended(entry.header, entry_id(entry.header.suite, entry.leaf.header_text),
                          facts_.find<Chain>(entry.header.chain), row.index));
    facts_.each_dirty([&](const TableSpec& table, const std::vector<Row>& rows, const std::vector<std::string>& gone) {
      if (!rows.empty()) tx.upsert(table, rows);
      if (!gone.empty()) tx.erase(table, gone);
    });
    facts_.mark_clean();
  }

  void count(const std::string& edition) {
    if (report_.editions.empty() || report_.editions.back().edition != edition)
      report_.editions.push_back({edition, 0});
    ++report_.editions.back().entries;
  }
  void differ(const EntryRow& row, std::string edition, std::string says) {
    report_.different.push_back({row.index, row.type, std::move(edition), std::move(says)});
  }

  Reader& log_;
  const RulePack& pack_;
  RejudgeReport& report_;
  WorkingSet facts_;
};

}  // namespace

RejudgeReport rejudge(Reader& log, Store& scratch, const RulePack& pack, const FoldProgress& progress) {
  RejudgeReport report;
  Judge judge(log, pack, report);
  const std::int64_t size = log.state().size;
  for (std::int64_t next = 0; next < size;) {
    const auto rows = log.entries(next, kEntriesAtOnce);
    if (rows.empty()) throw StoreFault(StoreError::corrupt, "entry " + std::to_string(next) + " is missing");
    const auto tx = scratch.begin_append();
    for (const EntryRow& row : rows) judge.take(*tx, row);
    tx->commit();
    judge.forget_if_large();
    next = rows.back().index + 1;
    if (progress) progress(next, size);
  }
  return report;
}

}  // namespace registry
