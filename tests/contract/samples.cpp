#include "tests/contract/samples.h"

#include "registry/domain/account.h"
#include "registry/log/header.h"
#include "registry/log/leaf.h"
#include "registry/store/dump.h"

namespace contract {
namespace {

using namespace registry;

constexpr std::int64_t kStart = 1'767'225'600'000;

std::string chain_id(int chain) { return crypto::sha256("chain " + std::to_string(chain)).hex().substr(0, 32); }

Header sample_header(std::int64_t index, int chain, std::int64_t cseq, const std::string& payload) {
  Header header;
  header.ledger = "test.example/ledger";
  header.party = "P-" + std::to_string(chain);
  header.key = crypto::sha256("key");
  header.chain = chain_id(chain);
  header.cseq = static_cast<std::uint64_t>(cseq);
  if (cseq > 1) header.prev = crypto::sha256("entry before");
  header.seen = SeenCheckpoint::none();
  header.type = index % 2 ? "stock.use" : "transfer.dispatch";
  header.time = {kStart + index};
  header.payload_bytes = payload.size();
  header.payload_hash = crypto::sha256(payload);
  return header;
}

}  // namespace

EntryRow sample_entry(std::int64_t index, int chain, std::int64_t cseq, std::string payload) {
  const Header header = sample_header(index, chain, cseq ? cseq : index + 1, payload);
  const std::string text = format_header(header);
  const EntrySignature signature{header.key, std::string(64, 's'), {}};
  EntryRow row;
  row.index = index;
  row.outcome = R"({"moves":[]})";
  row.rtime = {kStart + index};
  row.leaf = format_leaf({static_cast<std::uint64_t>(index), crypto::Digest::zero(), row.rtime, 0, row.outcome.size(),
                          crypto::sha256(row.outcome)},
                         text, std::vector{signature});
  row.payload = std::move(payload);
  row.chain = header.chain, row.cseq = static_cast<std::int64_t>(header.cseq);
  row.party = header.party, row.type = header.type;
  row.id = entry_id(header.suite, text);
  return row;
}

SampleLog::SampleLog(Store& store) : store_(store) {
  const auto epoch = store.next_epoch();
  state_ = store.begin_read()->state();
  state_.epoch = epoch;
}

std::unique_ptr<AppendTx> SampleLog::begin(int count) {
  auto tx = store_.begin_append();
  LogState after = state_;
  for (int i = 0; i < count; ++i, ++after.size) {
    const EntryRow entry = sample_entry(after.size);
    const std::string lot = "L" + std::to_string(after.size / 4);
    tx->insert_entries({&entry, 1});
    const EntryPlace place = place_of(entry);
    tx->list_entries({&place, 1});
    const MoveRow move{after.size, 0, {"CN2-02", lot, std::string(outside::kProduced), site_account("S1"), 10}};
    tx->insert_moves({&move, 1});
    put(*tx, Balance{site_account("S1"), "CN2-02", lot, (after.size % 4 + 1) * 10});
    put(*tx, Lot{lot, "CN2-02", "P-1", "", 1'000'000, {}, after.size});
    after.head = leaf_hash(entry.leaf);
    after.rtime = entry.rtime;
  }
  after.root = crypto::sha256("root of " + std::to_string(after.size));
  tx->insert_checkpoint({after.size, "note of " + std::to_string(after.size)});
  after.folded = after.size;
  tx->advance(state_, after);
  return tx;
}

void SampleLog::append(int count) {
  begin(count)->commit();
  state_ = store_.begin_read()->state();
}

std::string dump(Reader& reader) {
  std::string out;
  dump_tables(reader, [&](std::string_view bytes) { out += bytes; });
  return out;
}

}  // namespace contract
