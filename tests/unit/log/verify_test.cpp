#include "registry/log/verify.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "registry/log/leaf.h"
#include "synthetic_log.h"

using namespace registry;
using namespace registry::testing;

namespace {

const SyntheticLog& clean_log() {
  static const auto log = make_log(300);
  return log;
}

std::string print(const VerifyReport& report) {
  std::string text;
  for (const auto& d : report.defects)
    text += d.place + " [" + std::to_string(d.index) + "] " + d.kind + ": " + d.detail + "\n";
  return text;
}

/// Whether a defect of this kind is named at this index, and none at an earlier one.
bool names(const VerifyReport& report, std::string_view kind, std::uint64_t index) {
  UNSCOPED_INFO(print(report));
  if (report.defects.empty() || report.defects.front().index != index) return false;
  return std::any_of(report.defects.begin(), report.defects.end(),
                     [&](const Defect& d) { return d.kind == kind && d.index == index; });
}

VerifyReport verify(const SyntheticLog& log) {
  VerifyOptions options;
  options.log_key = log.log_key();
  options.threads = 2;
  return verify_log(log, options);
}

/// First entry at or after `from` whose leaf holds this text.
std::uint64_t find_entry(const SyntheticLog& log, std::string_view text, std::uint64_t from = 20) {
  for (auto i = from; i < log.rows.size(); ++i)
    if (log.rows[i].leaf.find(text) != std::string::npos) return i;
  FAIL("no such entry");
  return 0;
}

void flip(std::string& text, std::size_t at) { text[at] = static_cast<char>(text[at] ^ 1); }

}  // namespace

TEST_CASE("verify: a sound log is clean, with pinned and with founded key, in any number of threads", "[log][verify]") {
  const auto& log = clean_log();
  VerifyOptions options;
  options.threads = GENERATE(1u, 2u, 5u);
  if (GENERATE(true, false)) options.log_key = log.log_key();
  std::uint64_t last = 0;
  const auto report = verify_log(log, options, [&](std::uint64_t done, std::uint64_t) { last = done; });
  INFO(print(report));
  CHECK(report.clean());
  CHECK(last == 300);
  CHECK(report.entries == 300);
  CHECK(report.batch_signatures > 50);
  CHECK(report.signatures > 320);
  CHECK(report.tiles == 1);
  CHECK(report.receipts == 300);
  CHECK(report.checkpoints == log.notes.size());
  CHECK(report.root == log.state->root);
  CHECK(report.ledger == kLedger);
  REQUIRE(report.newest);
  CHECK(report.newest->size == 300);
}

TEST_CASE("verify: a log without entries is clean", "[log][verify]") {
  const SyntheticLog empty;
  CHECK(verify(empty).clean());
}

TEST_CASE("verify: a copy without payloads is clean when none are asked for", "[log][verify]") {
  auto log = clean_log();
  for (auto& row : log.rows) row.payload.reset();
  VerifyOptions options;
  options.log_key = log.log_key();
  CHECK(verify_log(log, options).defect_count == 300);
  options.payloads = false;
  CHECK(verify_log(log, options).clean());
}

TEST_CASE("verify: any flipped bit of a leaf is found at its index", "[log][verify]") {
  const std::uint64_t index = GENERATE(0u, 1u, 77u, 254u, 255u, 256u, 298u, 299u);
  const auto bytes = clean_log().rows[index].leaf.size();
  for (std::size_t at = index == 77 ? 0 : bytes / 7; at < bytes; at += index == 77 ? 13 : bytes / 3) {
    auto log = clean_log();
    flip(log.rows[index].leaf, at);
    const auto report = verify(log);
    INFO("byte " << at << "\n" << print(report));
    REQUIRE(!report.clean());
    REQUIRE(report.defects.front().index == index);
  }
}

TEST_CASE("verify: flipped payloads, outcomes and commitments are found", "[log][verify]") {
  auto log = clean_log();
  SECTION("payload") {
    flip(*log.rows[40].payload, 9);
    CHECK(names(verify(log), "payload-hash", 40));
  }
  SECTION("payload gone") {
    log.rows[40].payload.reset();
    CHECK(names(verify(log), "payload-missing", 40));
  }
  SECTION("outcome") {
    flip(log.rows[40].outcome, 20);
    CHECK(names(verify(log), "outcome-hash", 40));
  }
  SECTION("commitment") {
    const auto index = find_entry(log, "\nprivate 1 ");
    log.rows[index].commitments->at(0).bytes[3] ^= 1;
    CHECK(names(verify(log), "private", index));
  }
  SECTION("receipt") {
    flip(*log.rows[40].receipt, log.rows[40].receipt->size() - 10);
    CHECK(names(verify(log), "receipt", 40));
  }
}

TEST_CASE("verify: flipped tiles, checkpoints and heads are found", "[log][verify]") {
  auto log = clean_log();
  SECTION("tile hash") {
    flip(log.tiles[{0, 0}].hashes, 32 * 100 + 5);
    CHECK(names(verify(log), "tile", 100));
  }
  SECTION("tile root") {
    log.tiles[{0, 0}].root.bytes[0] ^= 1;
    CHECK(names(verify(log), "tile", 0));
  }
  SECTION("tile gone") {
    log.tiles.clear();
    CHECK(names(verify(log), "tile-missing", 0));
  }
  SECTION("checkpoint") {
    flip(log.notes[5].note, log.notes[5].note.size() - 9);
    CHECK(names(verify(log), "checkpoint-form", log.notes[4].size));
  }
  SECTION("checkpoint under another size") {
    std::swap(log.notes[5].note, log.notes[6].note);
    CHECK(names(verify(log), "checkpoint-form", log.notes[4].size));
  }
  SECTION("last checkpoint gone") {
    log.notes.pop_back();
    CHECK(names(verify(log), "checkpoint-missing", log.notes.back().size));
  }
  SECTION("head") {
    log.state->root.bytes[0] ^= 1;
    CHECK(names(verify(log), "head", 300));
  }
}

TEST_CASE("verify: dropped, exchanged and doubled entries are found", "[log][verify]") {
  auto log = clean_log();
  SECTION("dropped row") {
    log.stated_size = 300;
    log.rows.erase(log.rows.begin() + 120);
    const auto report = verify(log);
    CHECK(names(report, "missing", 120));
    CHECK(std::none_of(report.defects.begin(), report.defects.end(), [](const Defect& d) { return d.kind == "tile"; }));
  }
  SECTION("dropped and renumbered") {
    log.rows.erase(log.rows.begin() + 120);
    for (std::uint64_t i = 0; i < log.rows.size(); ++i) log.rows[i].index = i;
    CHECK(names(verify(log), "seq", 120));
  }
  SECTION("exchanged") {
    std::swap(log.rows[120], log.rows[121]);
    std::swap(log.rows[120].index, log.rows[121].index);
    CHECK(names(verify(log), "seq", 120));
  }
  SECTION("doubled") {
    log.rows[121] = log.rows[120];
    log.rows[121].index = 121;
    CHECK(names(verify(log), "seq", 121));
  }
  SECTION("cut off") {
    log.rows.resize(290);
    const auto report = verify(log);
    CHECK(!report.clean());
    CHECK(std::any_of(report.defects.begin(), report.defects.end(),
                      [](const Defect& d) { return d.place == "checkpoint 300" && d.kind == "checkpoint-root"; }));
  }
}

TEST_CASE("verify: a history rewritten to its end fails at the first checkpoint over it", "[log][verify]") {
  auto log = clean_log();
  const auto covering = std::find_if(log.notes.begin(), log.notes.end(), [](const auto& n) { return n.size > 150; });
  log.rows[150].outcome = salted(R"({"moves":[]})", *log.rows[150].payload);
  log.rehash(150);
  const auto report = verify(log);
  INFO(print(report));
  CHECK(names(report, "checkpoint-root", std::prev(covering)->size));
  CHECK(report.defects.front().place == "checkpoint " + std::to_string(covering->size));
  REQUIRE(report.newest);
  CHECK(report.newest->size == std::prev(covering)->size);
}

TEST_CASE("verify: whoever holds the registry's key still cannot rewrite what an author signed", "[log][verify]") {
  auto log = clean_log();
  log.notes.resize(8);
  const auto index = find_entry(log, "type transfer.dispatch/v1", log.notes.back().size);
  log.edit_leaf(index, "type transfer.dispatch/v1", "type transfer.receivee/v1");
  log.rehash(log.notes.back().size);
  log.sign_checkpoint();
  CHECK(names(verify(log), "signature", index));
}

TEST_CASE("verify: bad order, time, policy and chains are found although all hashes fit", "[log][verify]") {
  auto log = make_log(60);
  const auto resealed = [&](std::uint64_t index, std::string_view kind) {
    log.notes.clear();
    log.rehash(0);
    log.sign_checkpoint();
    return names(verify(log), kind, index);
  };
  auto ed = log.author(crypto::Suite::ed25519_sha256, '2', "P-1");
  Author late(crypto::Suite::ed25519_sha256, '6', "P-5");
  const std::string payload = R"({"nonce":"1"})";
  SECTION("time goes back") {
    log.edit_leaf(60 - 1, "rtime 2026", "rtime 2025");
    CHECK(resealed(59, "rtime"));
  }
  SECTION("a policy that is none") {
    log.edit_leaf(59, "policy 0", "policy 3");
    CHECK(resealed(59, "policy"));
  }
  SECTION("an older policy than the one in force") {
    log.append(ed.sign("policy.set", payload), "{}");
    log.append(ed.sign("use.record", payload), "{}");
    CHECK(resealed(61, "policy"));
  }
  SECTION("a policy that takes force with the entry itself") {
    log.append(ed.sign("policy.set", payload), "{}");
    log.edit_leaf(60, "policy 0", "policy 60");
    CHECK(resealed(60, "policy"));
  }
  SECTION("a stored state with another policy") {
    log.sign_checkpoint();
    log.state->policy = 3;
    CHECK(names(verify(log), "head", 60));
  }
  SECTION("a chain that does not begin with 1") {
    log.append(ed.sign("key.enrol", payload), enrolment(late.key().public_key(), late.party()));
    late.cseq = 1, late.prev = crypto::sha256("x");
    log.append(late.sign("use.record", payload), "{}");
    CHECK(resealed(61, "chain"));
  }
  SECTION("a new key's chain that is not named after it") {
    log.append(ed.sign("key.enrol", payload), enrolment(late.key().public_key(), late.party()));
    late.chain.back() = late.chain.back() == '0' ? '1' : '0';
    log.append(late.sign("use.record", payload), "{}");
    CHECK(resealed(61, "chain"));
  }
  SECTION("a second chain of a key") {
    ed.chain = std::string(32, 'a'), ed.cseq = 0, ed.prev = crypto::Digest::zero();
    log.append(ed.sign("use.record", payload), "{}");
    CHECK(resealed(60, "chain"));
  }
  SECTION("a gap in a chain") {
    log.append(ed.sign("use.record", payload), "{}");
    ++ed.cseq;
    log.append(ed.sign("use.record", payload), "{}");
    CHECK(resealed(61, "chain"));
  }
  SECTION("another predecessor") {
    log.append(ed.sign("use.record", payload), "{}");
    ed.prev = crypto::sha256("x");
    log.append(ed.sign("use.record", payload), "{}");
    CHECK(resealed(61, "chain"));
  }
  SECTION("a chain of another key") {
    ed.chain = log.author(crypto::Suite::ed25519_sha256, '1', "REG").chain;
    log.append(ed.sign("use.record", payload), "{}");
    CHECK(resealed(60, "chain"));
  }
  SECTION("another ledger's entry") {
    ed.ledger = "registry.example/1";
    log.append(ed.sign("use.record", payload), "{}");
    CHECK(resealed(60, "ledger"));
  }
  SECTION("a checkpoint nobody can have seen") {
    ed.seen = {1'000, crypto::sha256("x")};
    log.append(ed.sign("use.record", payload), "{}");
    CHECK(resealed(60, "seen"));
  }
  SECTION("another tree than ours was seen") {
    ed.seen = {60, crypto::sha256("x")};
    log.append(ed.sign("use.record", payload), "{}");
    log.sign_checkpoint();
    CHECK(names(verify(log), "seen", 60));
  }
}

TEST_CASE("verify: an outcome's salt must be that of its own payload although all hashes fit", "[log][verify]") {
  auto log = clean_log();
  auto& row = log.rows[150];
  const auto other_salt = salted("{}", *log.rows[151].payload);
  row.outcome = GENERATE_COPY(std::string("{}"), std::string(R"({"salt":""})"), other_salt);
  log.notes.clear();
  log.rehash(0);
  log.sign_checkpoint();
  CHECK(names(verify(log), "outcome-salt", 150));
  row.payload.reset();
  VerifyOptions options;
  options.payloads = false;
  const auto report = verify_log(log, options);
  INFO(print(report));
  CHECK(std::none_of(report.defects.begin(), report.defects.end(),
                     [](const Defect& d) { return d.kind == "outcome-salt"; }));
}

TEST_CASE("verify: keys count at their index", "[log][verify]") {
  auto log = make_log(60);
  const std::string payload = R"({"nonce":"1"})";
  const auto verdict = [&](std::string_view kind) {
    log.sign_checkpoint();
    return names(verify(log), kind, 60);
  };
  SECTION("a revoked key") {
    auto gone = log.author(crypto::Suite::ed25519_sha256, '5', "P-4");
    log.append(gone.sign("use.record", payload), "{}");
    CHECK(verdict("key-inactive"));
  }
  SECTION("a key never enrolled") {
    Author stranger(crypto::Suite::ed25519_sha256, '9', "P-9");
    log.append(stranger.sign("use.record", payload), "{}");
    CHECK(verdict("key-unknown"));
  }
  SECTION("another party's name") {
    auto liar = log.author(crypto::Suite::p256_sha256, '3', "P-1");
    log.append(liar.sign("use.record", payload), "{}");
    CHECK(verdict("key-party"));
  }
  SECTION("a signature over something else") {
    auto sm = log.author(crypto::Suite::sm2_sm3, '4', "P-3");
    auto entry = sm.sign("use.record", payload);
    entry.signatures[0].signature = sm.key().sign("something else");
    log.append(entry, "{}");
    CHECK(verdict("signature"));
  }
  SECTION("a batch that does not hold the entry") {
    auto sm = log.author(crypto::Suite::sm2_sm3, '4', "P-3");
    auto batch = sm.sign_batch("use.record", std::vector<std::string>{payload, payload, payload});
    batch[0].signatures[0].batch->path[1].bytes[0] ^= 1;
    log.append(batch[0], "{}");
    CHECK(verdict("signature"));
  }
  SECTION("a good path under another batch's signature") {
    auto sm = log.author(crypto::Suite::sm2_sm3, '4', "P-3");
    auto batch = sm.sign_batch("use.record", std::vector<std::string>{payload, payload});
    batch[0].signatures[0].batch->signature = sm.key().sign("other");
    log.append(batch[0], "{}");
    CHECK(verdict("signature"));
  }
  SECTION("the same signer twice") {
    auto ed = log.author(crypto::Suite::ed25519_sha256, '2', "P-1");
    auto entry = ed.sign("use.record", payload);
    entry.signatures.push_back(entry.signatures[0]);
    log.append(entry, "{}");
    CHECK(verdict("signature-form"));
  }
  SECTION("an account below zero") {
    auto ed = log.author(crypto::Suite::ed25519_sha256, '2', "P-1");
    log.append(ed.sign("use.record", payload),
               R"({"moves":[{"amount":1,"from":"site:S9","lot":"L1","substance":"CN2-02","to":"used"}]})");
    CHECK(verdict("balance"));
  }
  SECTION("the state of a key nobody enrolled") {
    auto ed = log.author(crypto::Suite::ed25519_sha256, '2', "P-1");
    log.append(ed.sign("key.revoke", payload), revocation(key_of(crypto::Suite::ed25519_sha256, '9').public_key()));
    CHECK(verdict("key-put"));
  }
}

TEST_CASE("verify: the founding entry must name the pinned log key", "[log][verify]") {
  const auto& log = clean_log();
  VerifyOptions options;
  const auto other = key_of(crypto::Suite::ed25519_sha256, 'z');
  options.log_key = crypto::NoteVerifier::make(kLedger, other.public_key());
  CHECK(names(verify_log(log, options), "genesis", 0));
}

TEST_CASE("verify: reports every defect, counted beyond the cap", "[log][verify]") {
  auto log = clean_log();
  for (const auto i : {30u, 31u, 90u, 200u}) flip(*log.rows[i].payload, 9);
  const auto report = verify(log);
  INFO(print(report));
  // Another payload is neither the signed one nor the one that salted the outcome.
  CHECK(report.defect_count == 8);
  CHECK(report.defects.at(4).index == 90);
  for (auto& row : log.rows) row.outcome = "x", row.payload.reset();
  const auto many = verify(log);
  CHECK(many.defects.size() <= kDefectsMax);
  CHECK(many.defect_count > 600);
}
