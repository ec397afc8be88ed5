#include "synthetic_log.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <variant>

#include "crypto/checkpoint.h"
#include "crypto/encoding.h"
#include "crypto/json.h"
#include "crypto/merkle.h"
#include "registry/domain/outcome.h"
#include "registry/log/leaf.h"
#include "registry/log/receipt.h"
#include "registry/log/tree.h"

namespace registry::testing {
namespace {

using crypto::Suite;

std::string genesis_payload(const crypto::NoteVerifier& log, const crypto::PublicKey& key) {
  return R"({"ledger":")" + std::string(kLedger) + R"(","log_key":")" + log.vkey() +
         R"(","nonce":"00","operator_key":{"spki":")" + crypto::to_base64(key.spki()) + R"(","suite":")" +
         std::string(crypto::name(key.suite())) +
         R"("},"pack":"cn","suites":["ed25519-sha256","p256-sha256","sm2-sm3"]})";
}

std::string step_payload(std::uint64_t n) { return R"({"lot":"L1","nonce":")" + std::to_string(n) + R"("})"; }

std::string produce(std::uint64_t n) {
  return R"({"moves":[{"amount":)" + std::to_string(1'000 + n) +
         R"(,"from":"produced","lot":"L1","substance":"CN2-02","to":"site:S1"}]})";
}

}  // namespace

std::string salted(std::string_view outcome, std::string_view payload) {
  auto json = std::get<crypto::Json>(crypto::read_canonical(outcome));
  json["salt"] = outcome_salt(payload);
  return crypto::to_jcs(json);
}

std::string enrolment(const crypto::PublicKey& key, std::string_view party) {
  return R"({"put":{"key":[{"id":")" + key.id().hex() + R"(","party":")" + std::string(party) + R"(","spki":")" +
         crypto::to_base64(key.spki()) + R"(","suite":")" + std::string(crypto::name(key.suite())) + R"("}]}})";
}

std::string revocation(const crypto::PublicKey& key) {
  return R"({"set":{"key":[{"id":")" + key.id().hex() + R"(","revoked":7,"state":"revoked"}]}})";
}

SyntheticLog::SyntheticLog() : signer_(*crypto::NoteSigner::make(kLedger, key_of(Suite::ed25519_sha256, '0'))) {}

void SyntheticLog::append(const Submission& submission, std::string_view unsalted) {
  now_ += 5;
  auto outcome = salted(unsalted, submission.payload);
  const auto prev = hashes_.empty() ? crypto::Digest::zero() : hashes_.back();
  const LeafFrame frame{rows.size(), prev, UtcTime{now_}, 0, outcome.size(), crypto::sha256(outcome)};
  StoredEntry row{rows.size(),
                  format_leaf(frame, submission.header_text, submission.signatures),
                  std::move(outcome),
                  submission.payload,
                  std::vector<crypto::Digest>{},
                  {}};
  for (const auto& value : submission.private_values)
    row.commitments->push_back(crypto::commit(crypto::hash_of(submission.header.suite), value));
  hashes_.push_back(leaf_hash(row.leaf));
  rows.push_back(std::move(row));
}

Author SyntheticLog::author(crypto::Suite suite, char letter, std::string party) const {
  Author author(suite, letter, std::move(party));
  for (const auto& row : rows) {
    const auto text = parse_leaf(row.leaf)->header_text;
    const auto header = *parse_header(text);
    if (header.chain != author.chain) continue;
    author.cseq = header.cseq;
    author.prev = entry_id(header.suite, text);
  }
  return author;
}

void SyntheticLog::rebuild_tree() {
  LogTree tree;
  for (const auto& hash : hashes_) tree.append(hash);
  tiles.clear();
  for (auto& tile : tree.take_completed()) tiles[{tile.level, tile.index}] = std::move(tile);
  state = LogHead{hashes_.size(), tree.root(), UtcTime{now_}, hashes_.back()};
}

void SyntheticLog::sign_checkpoint() {
  rebuild_tree();
  const auto note = crypto::sign_checkpoint({std::string(kLedger), state->size, state->root, {}}, signer_);
  const auto from = notes.empty() ? 0 : notes.back().size;
  notes.push_back({state->size, note});
  for (auto i = from; i < state->size; ++i)
    rows[i].receipt = format_receipt(i, crypto::inclusion_path(hashes_, i), note);
}

void SyntheticLog::edit_leaf(std::uint64_t index, std::string_view text, std::string_view by) {
  auto& leaf = rows[index].leaf;
  leaf.replace(leaf.find(text), text.size(), by);
}

void SyntheticLog::rehash(std::uint64_t from) {
  hashes_.resize(from);
  for (auto i = from; i < rows.size(); ++i) {
    auto leaf = *parse_leaf(rows[i].leaf);
    leaf.frame.prev = hashes_.empty() ? crypto::Digest::zero() : hashes_.back();
    leaf.frame.outcome_bytes = rows[i].outcome.size();
    leaf.frame.outcome_hash = crypto::sha256(rows[i].outcome);
    rows[i].leaf = format_leaf(leaf);
    rows[i].receipt.reset();
    hashes_.push_back(leaf_hash(rows[i].leaf));
  }
  rebuild_tree();
}

std::vector<StoredEntry> SyntheticLog::entries(std::uint64_t first, std::size_t count) const {
  std::vector<StoredEntry> out;
  for (const auto& row : rows)
    if (row.index >= first && row.index < first + count) out.push_back(row);
  return out;
}

std::vector<StoredCheckpoint> SyntheticLog::checkpoints(std::uint64_t from_size, std::size_t count) const {
  std::vector<StoredCheckpoint> out;
  for (const auto& note : notes)
    if (note.size >= from_size && out.size() < count) out.push_back(note);
  return out;
}

std::optional<Tile> SyntheticLog::tile(int level, std::uint64_t index) const {
  const auto found = tiles.find({level, index});
  if (found == tiles.end()) return {};
  return found->second;
}

SyntheticLog make_log(std::uint64_t count) {
  SyntheticLog log;
  Author founder(Suite::ed25519_sha256, '1', "REG"), ed(Suite::ed25519_sha256, '2', "P-1"),
      nist(Suite::p256_sha256, '3', "P-2"), sm(Suite::sm2_sm3, '4', "P-3"), gone(Suite::ed25519_sha256, '5', "P-4");
  log.append(founder.sign("ledger.open", genesis_payload(log.log_key(), founder.key().public_key())),
             enrolment(founder.key().public_key(), "REG"));
  log.sign_checkpoint();
  for (auto* author : {&ed, &nist, &sm, &gone}) {
    auto entry = author->sign("key.enrol", step_payload(log.rows.size()));
    entry.signatures.push_back(founder.cosign(entry));
    log.append(entry, enrolment(author->key().public_key(), author->party()));
  }
  log.append(gone.sign("key.revoke", step_payload(5)), revocation(gone.key().public_key()));
  log.sign_checkpoint();
  const std::vector<Author*> authors{&ed, &nist, &sm};
  for (std::uint64_t turn = 0; log.rows.size() < count; ++turn) {
    auto& author = *authors[turn % 3];
    const auto left = count - log.rows.size();
    if (turn % 4 == 3) {
      std::vector<std::string> payloads;
      for (std::uint64_t i = 0; i < std::min(left, 1 + turn % 11); ++i)
        payloads.push_back(step_payload(turn * 100 + i));
      for (const auto& entry : author.sign_batch("production.record", payloads)) log.append(entry, produce(turn));
    } else {
      const crypto::PrivateValue name{"/driver/name", "\xe5\xbc\xa0", std::string(32, 's')};
      author.seen = SeenCheckpoint{log.state->size, log.state->root};
      auto entry = author.sign("transfer.dispatch", step_payload(turn),
                               turn % 2 == 0 ? std::vector{name} : std::vector<crypto::PrivateValue>{});
      if (turn % 5 == 0) entry.signatures.push_back(authors[(turn + 1) % 3]->cosign(entry));
      log.append(entry, produce(turn));
    }
    if (turn % 6 == 5) log.sign_checkpoint();
  }
  if (log.notes.back().size < log.rows.size()) log.sign_checkpoint();
  return log;
}

}  // namespace registry::testing
