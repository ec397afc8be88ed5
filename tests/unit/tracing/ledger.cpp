#include "ledger.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "crypto/digest.h"
#include "crypto/encoding.h"
#include "crypto/key.h"
#include "registry/domain/account.h"
#include "registry/log/header.h"
#include "registry/log/leaf.h"
#include "registry/store/gather.h"
#include "registry/store/sqlite/sqlite_store.h"

namespace tracing_test {
namespace {

crypto::PrivateKey key_of(const std::string& party) {
  return crypto::PrivateKey::from_seed(crypto::Suite::ed25519_sha256, crypto::sha256(party).view());
}

std::filesystem::path new_folder() {
  static int number = 0;
  const auto folder = std::filesystem::temp_directory_path() /
                      ("tracing-" + std::to_string(std::hash<std::string>{}(std::filesystem::current_path().string())) +
                       "-" + std::to_string(++number));
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  return folder;
}

std::string with_quotes(std::string_view text) {
  std::string out(text);
  std::replace(out.begin(), out.end(), '\'', '"');
  return out;
}

constexpr std::string_view kNonce = "000102030405060708090a0b0c0d0e0f";

}  // namespace

const RulePack& rules() {
  static const RulePack pack = RulePack::load("cn");
  return pack;
}

std::string quantity(std::string_view kg) { return "{'unit':'kg','value':'" + std::string(kg) + "'}"; }
std::string line(std::string_view lot, std::string_view kg) {
  return "{'lot':'" + std::string(lot) + "','quantity':" + quantity(kg) + "}";
}

Ledger::Ledger() : folder_(new_folder()), store_(SqliteStore::create(folder_ / "ledger.db")) {
  store_->next_epoch();
  state_ = store_->begin_read()->state();
  state_.rtime = end_of(Date::of(2026, 3, 1)).plus_ms(std::int64_t{10} * 60 * 60 * 1000);
  unit("MAKER", "安源化工厂", "producer", "360302");
  unit("SELLER", "萍乡易制毒化学品经营公司", "trader", "360302");
  unit("BUYER", "芦溪制药", "user", "360323");
  unit("CARRIER", "安源危险品运输", "carrier", "360302");
}

Ledger::~Ledger() {
  store_.reset();
  std::filesystem::remove_all(folder_);
}

void Ledger::unit(const std::string& id, const std::string& name, const std::string& kinds, const std::string& region) {
  Party party;
  party.id = id;
  party.name = name;
  party.kinds = kinds;
  party.region = region;
  party.status = PartyStatus::verified;
  add(std::move(party));
  const crypto::PublicKey key = key_of(id).public_key();
  Key row;
  row.id = key.id().hex();
  row.party = id;
  row.suite = crypto::name(key.suite());
  row.spki = crypto::to_base64(key.spki());
  row.role = KeyRole::admin;
  row.officer = "officer-" + id;
  add(std::move(row));
  site("S-" + id, id, region);
}

void Ledger::site(const std::string& id, const std::string& party, const std::string& region) {
  add(Site{id, party, "仓库" + id, "store", region, "-", 0});
}

void Ledger::paper(const std::string& no, const std::string& kind, const std::string& holder, std::int64_t amount) {
  Permit row;
  row.no = no;
  row.kind = kind;
  row.issuer = "PSB";
  row.holder = holder;
  row.substances = kAnhydride;
  row.valid_from = Date::of(2026, 1, 1);
  row.valid_to = Date::of(2026, 12, 31);
  row.uses = rules().permit_kind(kind)->uses;
  add(std::move(row));
  if (amount == 0) return;
  add(Balance{permit_account(no), kAnhydride, "", amount});
  add(Balance{std::string(outside::kGranted), kAnhydride, "", -amount});
}

std::int64_t Ledger::submit(std::string_view type, const std::string& author, std::string_view payload) {
  auto json = nlohmann::json::parse(with_quotes(payload));
  json["nonce"] = kNonce;
  const StepType* known = find_step_type(type, 1);
  REQUIRE(known);
  auto step = known->parse(json, rules());
  INFO(type << " " << payload << " " << (step ? "" : step.error().rule));
  REQUIRE(step);
  {
    const auto reader = read();
    for (int round = 0; round < 8; ++round) {
      FactKeys keys;
      (*step)->need(facts_, author, keys);
      if (!gather(*reader, facts_, std::move(keys))) break;
    }
  }
  tick();
  const UtcTime time = claimed_.value_or(state_.rtime);
  const StepContext context{state_.size, state_.rtime, time, author,
                            {{key_of(author).public_key().id().hex(), author, KeyRole::admin, false}}};
  const auto outcome = (*step)->decide(facts_, context, rules());
  INFO((outcome ? "" : outcome.error().rule));
  REQUIRE(outcome);
  return append(type, author, json.dump(), *outcome);
}

std::int64_t Ledger::move(std::string_view type, const std::string& author, std::vector<Move> moves) {
  Outcome outcome;
  outcome.moves = std::move(moves);
  tick();
  return append(type, author, "{}", outcome);
}

void Ledger::move_all(const std::string& author, const std::vector<std::vector<Move>>& entries) {
  const LogState before = state_;
  const auto tx = store_->begin_append();
  for (const auto& moves : entries) {
    Outcome outcome;
    outcome.moves = moves;
    tick();
    put(*tx, "storage.move", author, "{}", outcome);
  }
  finish(*tx, before);
}

void Ledger::tick() {
  state_.rtime = state_.rtime.plus_ms(60'000 + state_wait_);
  state_wait_ = 0;
}

std::int64_t Ledger::append(std::string_view type, const std::string& author, const std::string& payload,
                            const Outcome& outcome) {
  const LogState before = state_;
  const auto tx = store_->begin_append();
  put(*tx, type, author, payload, outcome);
  finish(*tx, before);
  return before.size;
}

void Ledger::apply(AppendTx& tx, const Outcome& outcome) {
  FactKeys balances;
  want_balances(outcome, balances);
  gather(tx, facts_, std::move(balances));
  const Check applied = facts_.apply(outcome);
  INFO((applied ? "" : applied.error().rule));
  REQUIRE(applied);
}

void Ledger::put(AppendTx& tx, std::string_view type, const std::string& author, const std::string& payload,
                 const Outcome& outcome) {
  apply(tx, outcome);
  const crypto::PrivateKey key = key_of(author);
  Header header;
  header.ledger = "test";
  header.party = author;
  header.key = key.public_key().id();
  header.chain = std::string(header.key.hex().substr(0, 32));
  header.cseq = static_cast<std::uint64_t>(state_.size) + 1;
  if (header.cseq > 1) header.prev = state_.head;
  header.seen = SeenCheckpoint::none();
  header.type = type;
  header.time = claimed_.value_or(state_.rtime);
  header.payload_bytes = payload.size();
  header.payload_hash = crypto::sha256(payload);
  const std::string text = format_header(header);
  EntryRow row;
  row.index = state_.size;
  row.payload = payload;
  row.outcome = format_outcome(outcome);
  const EntrySignature signature{header.key, std::string(64, 's'), {}};
  row.leaf = format_leaf({static_cast<std::uint64_t>(state_.size), state_.head, state_.rtime, 0, row.outcome.size(),
                          crypto::sha256(row.outcome)},
                         text, {&signature, 1});
  row.chain = header.chain;
  row.cseq = static_cast<std::int64_t>(header.cseq);
  row.party = author;
  row.type = type;
  row.rtime = state_.rtime;
  row.id = entry_id(header.suite, text);
  tx.insert_entries({&row, 1});
  const EntryPlace place = place_of(row);
  tx.list_entries({&place, 1});
  std::vector<MoveRow> moves;
  for (const Move& move : outcome.moves)
    moves.push_back({state_.size, static_cast<std::int64_t>(moves.size()), move});
  tx.insert_moves(moves);
  state_.head = leaf_hash(row.leaf);
  ++state_.size;
}

void Ledger::finish(AppendTx& tx, const LogState& before) {
  facts_.each_dirty([&](const TableSpec& table, const std::vector<Row>& rows, const std::vector<std::string>& keys) {
    tx.upsert(table, rows);
    tx.erase(table, keys);
  });
  facts_.mark_clean();
  state_.folded = state_.size;
  tx.advance(before, state_);
  tx.commit();
}

std::int64_t Ledger::produce(const std::string& lot, std::string_view kg, std::string_view inputs) {
  return submit("production.record", "MAKER",
                "{'site':'S-MAKER','lot':'" + lot + "','substance':'CN2-02','quantity':" + quantity(kg) +
                    (inputs.empty() ? std::string() : ",'inputs':[" + std::string(inputs) + "]") +
                    ",'produced_on':'2026-03-01'}");
}

std::int64_t Ledger::open(const std::string& lot, std::string_view kg) {
  return submit("stock.open", "SELLER",
                "{'site':'S-SELLER','lines':[{'lot':'" + lot + "','substance':'CN2-02','quantity':" + quantity(kg) +
                    "}]}");
}

std::int64_t Ledger::dispatch(const std::string& id, const std::string& lot, std::string_view kg) {
  submit("sale.record", "SELLER",
         "{'sale':'X-" + id + "','buyer':'BUYER','substance':'CN2-02','quantity':" + quantity(kg) +
             ",'licence':'TR-1','permit':'GB-1','payment':'transfer','sold_on':'2026-03-02'}");
  return submit("transfer.dispatch", "SELLER",
                "{'consignment':'" + id + "','receiver':'BUYER','from_site':'S-SELLER','to_site':'S-BUYER','lines':[" +
                    line(lot, kg) + "],'carrier':'CARRIER','vehicle':'赣J00T01','seals':'K-17','sale':'X-" + id + "'}");
}

std::int64_t Ledger::carry(const std::string& id, const std::string& lot, std::string_view kg) {
  return submit("transfer.carry", "CARRIER",
                "{'consignment':'" + id + "','vehicle':'赣J00T01','seals_intact':'yes','lines':[" + line(lot, kg) + "]}");
}

std::int64_t Ledger::count(const std::string& id, const std::string& lot, std::string_view kg) {
  return submit("transfer.count", "BUYER",
                "{'consignment':'" + id + "','seals_intact':'no','lines':[" + line(lot, kg) + "]}");
}

std::int64_t Ledger::accept(const std::string& id) {
  return submit("transfer.accept", "BUYER", "{'consignment':'" + id + "'}");
}

std::int64_t Ledger::count_stock(const std::string& lot, std::string_view kg) {
  return submit("stock.count", "SELLER",
                "{'site':'S-SELLER','counted_on':'2026-03-02','lines':[" + line(lot, kg) + "]}");
}

void trade(Ledger& ledger) {
  ledger.paper("TR-1", "C2T-FILE", "SELLER", 0);
  ledger.paper("GB-1", "C23-BUY-N", "BUYER", 1'000 * kKg);
  ledger.open("L-1", "500");
}

}  // namespace tracing_test
