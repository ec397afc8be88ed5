#include "registry/service/batch_writer.h"

#include <algorithm>
#include <iterator>
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
#include "registry/views/refold.h"

namespace registry {
namespace {

/// Clocks of devices differ; more than this ahead is a mistake or a lie.
constexpr std::int64_t kAheadMaxMs = 5 * 60'000;
/// Rounds of asking for facts; the deepest step needs four.
constexpr int kRoundsMax = 8;
/// Rows kept in memory between folds, about 20 MB.
constexpr std::size_t kFactsMax = 40'000;
/// Where folding has failed, writing stops too before this much is behind.
constexpr std::int64_t kUnfoldedMax = 12'000;

void want_basics(const Header& header, FactKeys& keys) {
  keys.want<Setting>("overlay");
  keys.want<Chain>(header.chain);
  keys.want<Party>(header.party);
}

void want_for(const Prepared& prepared, const std::string& own_chain, const WorkingSet& facts, FactKeys& keys) {
  if (prepared.is_own()) {
    keys.want<Chain>(own_chain);
    keys.want<Setting>("overlay");
    return prepared.step->need(facts, kRegistryParty, keys);
  }
  want_basics(prepared.submission.header, keys);
  want_signers(facts, *prepared.step, prepared.submission.signatures, keys);
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
    : store_(store),
      rules_(rules),
      identity_(std::move(identity)),
      own_chain_(first_chain_of(identity_.key.public_key().id())),
      state_(state),
      tree_(std::move(tree)) {}

std::vector<Result<Appended>> BatchWriter::write(std::span<const Prepared* const> batch, UtcTime now) {
  if (lost_) recover();
  if (unfolded() >= kUnfoldedMax) fold();
  try {
    Draft draft{store_.begin_append(), state_, tree_, {}, {}};
    draft.state.rtime = std::max(now, state_.rtime);
    gather_facts(draft, batch);
    std::vector<Result<Appended>> answers;
    answers.reserve(batch.size());
    for (const Prepared* prepared : batch) answers.push_back(append(draft, *prepared));
    if (!draft.entries.empty()) commit(draft, answers);
    return answers;
  } catch (...) {
    lost_ = true;
    throw;
  }
}

/// What was in memory alone is found in the log.
void BatchWriter::recover() {
  facts_ = {};
  places_.clear();
  moves_.clear();
  state_.folded = catch_up(store_);
  lost_ = false;
}

void BatchWriter::fold() {
  if (lost_) return recover();
  if (unfolded() == 0) return;
  const auto tx = store_.begin_fold();
  tx->list_entries(places_);
  tx->insert_moves(moves_);
  facts_.each_dirty([&](const TableSpec& table, const std::vector<Row>& rows, const std::vector<std::string>& gone) {
    if (!rows.empty()) tx->upsert(table, rows);
    if (!gone.empty()) tx->erase(table, gone);
  });
  LogState after = state_;
  after.folded = state_.size;
  tx->advance(state_, after);
  tx->commit();
  state_ = after;
  places_.clear();
  moves_.clear();
  facts_.mark_clean();
  if (facts_.size() > kFactsMax) facts_ = {};
}

/// Who lacks nothing is not asked again.
void BatchWriter::gather_facts(Draft& draft, std::span<const Prepared* const> batch) {
  std::vector<const Prepared*> asking(batch.begin(), batch.end());
  for (int round = 0; round < kRoundsMax && !asking.empty(); ++round) {
    FactKeys missing;
    std::erase_if(asking, [&](const Prepared* prepared) {
      FactKeys keys;
      want_for(*prepared, own_chain_, facts_, keys);
      const bool lacks = facts_.keep_unknown(keys);
      missing.add(std::move(keys));
      return !lacks;
    });
    if (!gather(*draft.tx, facts_, std::move(missing))) return;
  }
}

Result<Appended> BatchWriter::append(Draft& draft, const Prepared& prepared) {
  const Prepared* alone = &prepared;
  gather_facts(draft, {&alone, 1});
  if (prepared.is_own()) return append_own(draft, *prepared.step, prepared.own_type, *prepared.own_payload);
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
  return store_entry(draft, prepared.submission, TRY(judge_and_apply(draft, *prepared.step, context)));
}

/// Needs the facts of the step.
Result<Outcome> BatchWriter::judge_and_apply(Draft& draft, const Step& step, const StepContext& context) {
  Outcome outcome = TRY(judge(step, facts_, context, rules_));
  FactKeys balances;
  want_balances(outcome, balances);
  gather(*draft.tx, facts_, std::move(balances));
  TRY(facts_.apply(outcome));
  return outcome;
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
  const auto stored = in_draft != draft.entries.end()
                          ? std::optional(*in_draft)
                          : stored_at(draft, header.chain, static_cast<std::int64_t>(header.cseq));
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

std::optional<EntryRow> BatchWriter::stored_at(Draft& draft, const std::string& chain, std::int64_t cseq) const {
  const auto at = std::find_if(places_.begin(), places_.end(),
                               [&](const EntryPlace& place) { return place.cseq == cseq && place.chain == chain; });
  const auto index = at != places_.end() ? std::optional(at->index) : draft.tx->index_of(chain, cseq);
  return index ? draft.tx->entry(*index) : std::nullopt;
}

/// Needs the own chain and the facts of the step.
Result<Appended> BatchWriter::append_own(Draft& draft, const Step& step, std::string_view type,
                                         const crypto::Json& payload) {
  if (draft.state.size == 0) return refuse("ledger-not-open");
  const auto key = identity_.key.public_key();
  const std::string party(kRegistryParty);
  const StepContext context{
      draft.state.size, draft.state.rtime, draft.state.rtime, party, {{key.id().hex(), party, KeyRole::admin, false}}};
  Outcome outcome = TRY(judge_and_apply(draft, step, context));
  const AuthorPlace place{identity_.name, party, facts_.find<Chain>(own_chain_), SeenCheckpoint::none(),
                          draft.state.rtime};
  return store_entry(draft, make_entry(place, identity_.key, type, payload), std::move(outcome));
}

void BatchWriter::store_fork(Draft& draft, const Prepared& prepared, const crypto::Digest& kept) {
  const Header& header = prepared.submission.header;
  const std::string cseq = index_key(static_cast<std::int64_t>(header.cseq));
  FactKeys keys;
  keys.want<Fork>(header.chain, cseq);
  gather(*draft.tx, facts_, std::move(keys));
  if (facts_.find<Fork>(header.chain, cseq)) return;
  const auto own = prepare_own("chain.fork", fork_payload(prepared.submission, kept), rules_);
  ensure(own.has_value(), "the registry's own entry is well formed");
  const Prepared* alone = &*own;
  gather_facts(draft, {&alone, 1});
  const auto appended = append_own(draft, *own->step, own->own_type, *own->own_payload);
  ensure(appended.has_value(), "the registry's own entry is accepted");
}

void BatchWriter::keep_for_fold(Draft& draft) {
  for (EntryRow& row : draft.entries)
    places_.push_back(
        {row.index, std::move(row.chain), row.cseq, std::move(row.party), std::move(row.type), row.rtime});
  std::move(draft.moves.begin(), draft.moves.end(), std::back_inserter(moves_));
}

void BatchWriter::commit(Draft& draft, std::vector<Result<Appended>>& answers) {
  draft.tx->insert_entries(draft.entries);
  if (const auto tiles = draft.tree.take_completed(); !tiles.empty()) draft.tx->insert_tiles(tiles);
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
  keep_for_fold(draft);
  state_ = draft.state;
  tree_ = std::move(draft.tree);
  checkpoint_ = note;
}

}  // namespace registry
