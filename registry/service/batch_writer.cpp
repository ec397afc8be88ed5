#include "registry/service/batch_writer.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "crypto/checkpoint.h"
#include "crypto/encoding.h"
#include "registry/domain/number_key.h"
#include "registry/log/leaf.h"
#include "registry/log/place.h"
#include "registry/log/signature_line.h"
#include "registry/service/judge.h"
#include "registry/service/system_entry.h"
#include "registry/steps/step.h"
#include "registry/store/gather.h"

namespace registry {
namespace {

/// Clocks of devices differ; more than this ahead is a mistake or a lie.
constexpr std::int64_t kAheadMaxMs = 5 * 60'000;
/// Rounds of asking for facts; the deepest step needs four.
constexpr int kRoundsMax = 8;
/// Rows kept in memory between batches, about 20 MB.
constexpr std::size_t kFactsMax = 40'000;

void want_basics(const Header& header, FactKeys& keys) {
  keys.want<Setting>("overlay");
  keys.want<Chain>(header.chain);
  keys.want<Party>(header.party);
}

void want_signers(const Submission& submission, FactKeys& keys) {
  for (const auto& signature : submission.signatures) keys.want<Key>(signature.key.hex());
}

void want_for(const Prepared& prepared, const WorkingSet& facts, FactKeys& keys) {
  want_basics(prepared.submission.header, keys);
  want_signers(prepared.submission, keys);
  prepared.step->need(facts, prepared.submission.header.party, keys);
}

/// Two entries for one place, as the payload of chain.fork states them.
nlohmann::json fork_payload(const Submission& other, const crypto::Digest& kept) {
  const auto& signature = other.signatures.front();
  nlohmann::json payload = {
      {"chain", other.header.chain},
      {"cseq", other.header.cseq},
      {"header", other.header_text},
      {"kept", kept.hex()},
      {"key", signature.key.hex()},
      {"other", other.entry_id.hex()},
      {"signature", crypto::to_base64(signature.batch ? signature.batch->signature : signature.signature)}};
  if (signature.batch) payload["batch"] = batch_place(*signature.batch);
  return payload;
}

}  // namespace

/// One transaction in the making: nothing in it counts before its commit.
struct BatchWriter::Draft {
  std::unique_ptr<AppendTx> tx;
  LogState state;
  LogTree tree;
  std::vector<EntryRow> entries;
  std::vector<MoveRow> moves;
};

BatchWriter::BatchWriter(Store& store, const RulePack& rules, LedgerIdentity identity, LogState state, LogTree tree)
    : store_(store), rules_(rules), identity_(std::move(identity)), state_(state), tree_(std::move(tree)) {}

std::vector<Result<Appended>> BatchWriter::write(std::span<const Prepared* const> batch, UtcTime now) {
  try {
    Draft draft{store_.begin_append(), state_, tree_, {}, {}};
    draft.state.rtime = std::max(now, state_.rtime);
    gather_facts(draft, batch);
    std::vector<Result<Appended>> answers;
    answers.reserve(batch.size());
    for (const Prepared* prepared : batch) answers.push_back(append(draft, *prepared));
    if (!draft.entries.empty()) commit(draft, answers);
    forget_if_large();
    return answers;
  } catch (...) {
    facts_ = {};
    throw;
  }
}

void BatchWriter::gather_facts(Draft& draft, std::span<const Prepared* const> batch) {
  for (int round = 0; round < kRoundsMax; ++round) {
    FactKeys keys;
    for (const Prepared* prepared : batch) want_for(*prepared, facts_, keys);
    if (!gather(*draft.tx, facts_, std::move(keys))) return;
  }
}

Result<Appended> BatchWriter::append(Draft& draft, const Prepared& prepared) {
  const Prepared* alone = &prepared;
  gather_facts(draft, {&alone, 1});
  const Header& header = prepared.submission.header;
  const auto place = TRY(place_of(header, facts_.find<Chain>(header.chain)));
  return place == PlaceKind::known ? answer_known(draft, prepared) : append_next(draft, prepared);
}

Result<std::vector<Signer>> BatchWriter::signers_of(const Prepared& prepared) const {
  const Header& header = prepared.submission.header;
  std::vector<Signer> signers;
  for (const auto& signature : prepared.submission.signatures) {
    const std::string id = signature.key.hex();
    const Key* row = facts_.find<Key>(id);
    const bool is_new = std::find(prepared.new_keys.begin(), prepared.new_keys.end(), id) != prepared.new_keys.end();
    if (is_new && row) return refuse("key-enrolled-already").with("key", id);
    if (!is_new && !row) return refuse("unknown-key").with("key", id);
    if (row && row->state == KeyState::revoked)
      return refuse("key-revoked").with("key", id).with("index", std::to_string(row->revoked));
    signers.push_back(is_new ? Signer{id, header.party, KeyRole::officer, true}
                             : Signer{id, row->party, row->role, false, row->officer});
  }
  if (signers.front().party != header.party) return refuse("key-of-other-party").at("header/party");
  return signers;
}

Result<Appended> BatchWriter::append_next(Draft& draft, const Prepared& prepared) {
  const Header& header = prepared.submission.header;
  if (draft.state.size == 0 && header.type != "ledger.open") return refuse("ledger-not-open");
  auto signers = TRY(signers_of(prepared));
  if (header.time.ms > draft.state.rtime.ms + kAheadMaxMs)
    return refuse("time-in-future")
        .with("time", header.time.str())
        .with("now", draft.state.rtime.str())
        .at("header/time");
  const StepContext context{draft.state.size, draft.state.rtime, header.time, header.party, std::move(signers)};
  Outcome outcome = TRY(judge(*prepared.step, facts_, context, rules_));
  FactKeys balances;
  want_balances(outcome, balances);
  gather(*draft.tx, facts_, std::move(balances));
  TRY(facts_.apply(outcome));
  return store_entry(draft, prepared.submission, std::move(outcome));
}

Appended BatchWriter::store_entry(Draft& draft, const Submission& submission, Outcome outcome) {
  outcome.salt = outcome_salt(submission.payload);
  const Header& header = submission.header;
  LogState& state = draft.state;
  EntryRow row;
  row.index = state.size;
  row.outcome = format_outcome(outcome);
  row.payload = submission.payload;
  row.leaf = format_leaf({static_cast<std::uint64_t>(state.size), state.head, state.rtime,
                          static_cast<std::uint64_t>(state.policy), row.outcome.size(), crypto::sha256(row.outcome)},
                         submission.header_text, submission.signatures);
  row.chain = header.chain;
  row.cseq = static_cast<std::int64_t>(header.cseq);
  row.party = header.party;
  row.type = header.type;
  row.rtime = state.rtime;
  row.id = submission.entry_id;
  facts_.store(extended(header, submission.entry_id, facts_.find<Chain>(header.chain), state.size));
  state.head = leaf_hash(row.leaf);
  draft.tree.append(state.head);
  if (header.type == "policy.set") state.policy = state.size;
  for (std::size_t n = 0; n < outcome.moves.size(); ++n)
    draft.moves.push_back({state.size, static_cast<std::int64_t>(n), outcome.moves[n]});
  ++state.size;
  Appended answer{row.index, false, row.rtime, row.id, row.leaf, row.outcome, {}, {}};
  draft.entries.push_back(std::move(row));
  return answer;
}

Result<Appended> BatchWriter::answer_known(Draft& draft, const Prepared& prepared) {
  const Header& header = prepared.submission.header;
  const auto in_draft = std::find_if(draft.entries.begin(), draft.entries.end(), [&](const EntryRow& e) {
    return e.chain == header.chain && e.cseq == static_cast<std::int64_t>(header.cseq);
  });
  std::optional<EntryRow> stored;
  if (in_draft != draft.entries.end()) {
    stored = *in_draft;
  } else if (const auto index = draft.tx->index_of(header.chain, static_cast<std::int64_t>(header.cseq))) {
    stored = draft.tx->entry(*index);
  }
  if (!stored) throw StoreFault(StoreError::corrupt, "chain " + header.chain + " lacks an entry");
  if (stored->id == prepared.submission.entry_id)
    return Appended{stored->index, true, stored->rtime, stored->id, stored->leaf, stored->outcome, {}, {}};
  const auto signers = TRY(signers_of(prepared));
  store_fork(draft, prepared, stored->id);
  return refuse("chain-fork")
      .with("kept", stored->id.hex())
      .with("index", std::to_string(stored->index))
      .at("header/cseq");
}

void BatchWriter::store_fork(Draft& draft, const Prepared& prepared, const crypto::Digest& kept) {
  const Header& header = prepared.submission.header;
  const auto key = identity_.key.public_key();
  const std::string own_chain = first_chain_of(key.id());
  const std::string cseq = index_key(static_cast<std::int64_t>(header.cseq));
  FactKeys keys;
  keys.want<Chain>(own_chain);
  keys.want<Fork>(header.chain, cseq);
  gather(*draft.tx, facts_, std::move(keys));
  if (facts_.find<Fork>(header.chain, cseq)) return;
  const AuthorPlace place{identity_.name, std::string(kRegistryParty), facts_.find<Chain>(own_chain),
                          SeenCheckpoint::none(), draft.state.rtime};
  const Submission entry = make_entry(place, identity_.key, "chain.fork", fork_payload(prepared.submission, kept));
  const auto step = find_step_type("chain.fork", 1)->parse(*entry.payload_json, rules_);
  ensure(step.has_value(), "the registry's own entry is well formed");
  FactKeys needed;
  (*step)->need(facts_, kRegistryParty, needed);
  gather(*draft.tx, facts_, std::move(needed));
  const StepContext context{draft.state.size,
                            draft.state.rtime,
                            draft.state.rtime,
                            std::string(kRegistryParty),
                            {{key.id().hex(), std::string(kRegistryParty), KeyRole::admin, false}}};
  const auto outcome = (*step)->decide(facts_, context, rules_);
  ensure(outcome.has_value() && facts_.apply(*outcome).has_value(), "the registry's own entry is accepted");
  store_entry(draft, entry, *outcome);
}

void BatchWriter::write_rows(Draft& draft) {
  draft.tx->insert_entries(draft.entries);
  draft.tx->insert_moves(draft.moves);
  facts_.each_dirty([&](const TableSpec& table, const std::vector<Row>& rows, const std::vector<std::string>& gone) {
    if (!rows.empty()) draft.tx->upsert(table, rows);
    if (!gone.empty()) draft.tx->erase(table, gone);
  });
  const auto tiles = draft.tree.take_completed();
  if (!tiles.empty()) draft.tx->insert_tiles(tiles);
}

void BatchWriter::commit(Draft& draft, std::vector<Result<Appended>>& answers) {
  write_rows(draft);
  draft.state.root = draft.tree.root();
  const auto size = static_cast<std::uint64_t>(draft.state.size);
  const auto note = std::make_shared<const std::string>(
      crypto::sign_checkpoint({identity_.name, size, draft.state.root, {}}, identity_.signer));
  draft.tx->insert_checkpoint({draft.state.size, *note});
  draft.tx->advance(state_, draft.state);
  draft.tx->commit();
  for (auto& answer : answers) {
    if (!answer || answer->index < state_.size) continue;
    answer->path = draft.tree.path(static_cast<std::uint64_t>(answer->index));
    answer->checkpoint = note;
  }
  draft.tree.mark();
  facts_.mark_clean();
  state_ = draft.state;
  tree_ = std::move(draft.tree);
  checkpoint_ = note;
}

void BatchWriter::forget_if_large() {
  if (facts_.size() > kFactsMax) facts_ = {};
}

}  // namespace registry
