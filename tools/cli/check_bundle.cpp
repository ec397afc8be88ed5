#include "tools/cli/check_bundle.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "crypto/encoding.h"
#include "crypto/json.h"
#include "registry/domain/outcome.h"
#include "registry/log/genesis.h"
#include "registry/log/header.h"
#include "registry/log/leaf.h"
#include "registry/log/outcome_facts.h"
#include "registry/log/receipt.h"
#include "tools/cli/fetch.h"
#include "tools/cli/statement_fold.h"
#include "tools/home/home.h"

namespace tools {
namespace {

using namespace registry;
using Json = nlohmann::json;

constexpr std::string_view kPrefix = "tallystick.";
constexpr std::string_view kFormats[] = {"tallystick.bundle/v1", "tallystick.statement/v1", "tallystick.trace/v1"};
constexpr crypto::JsonLimits kLimits{std::size_t{64} << 20, 16, false};

/// A key as the bundle presents it, believed only as far as its enrolling entry goes.
struct BundledKey {
  std::optional<crypto::PublicKey> key;
  std::string party;
  std::uint64_t enrolled_at = 0;
  std::optional<std::uint64_t> revoked_at;
};

/// One entry with its checked texts.
struct BundledEntry {
  std::uint64_t index = 0;
  std::optional<Leaf> leaf;
  std::optional<Header> header;
};

class BundleCheck {
 public:
  BundleCheck(const Json& bundle, crypto::NoteVerifier log_key, Verdict& out)
      : bundle_(bundle), log_key_(std::move(log_key)), out_(out) {}

  void run() {
    const BundledEntry entry = read_entry(bundle_.at("entry"));
    read_keys();
    check_signatures(entry);
    out_.fact("entry", std::to_string(entry.index));
    if (entry.header) out_.fact("type", entry.header->versioned_type()), out_.fact("party", entry.header->party);
    tell_counts();
  }

  /// Every entry behind the trace of a lot.
  void run_trace() {
    std::vector<BundledEntry> entries;
    for (const Json& each : bundle_.at("entries")) entries.push_back(read_entry(each));
    if (entries.empty()) out_.defect("bundle", 0, "form", "it holds no entry");
    read_keys();
    for (const BundledEntry& entry : entries) check_signatures(entry);
    out_.fact("lot", bundle_.at("lot").get<std::string>());
    out_.fact("entries", entries.size());
    tell_counts();
  }

  /// Every entry of a statement, and what they do to the quota of its permit.
  void run_statement() {
    const std::string permit = bundle_.at("permit").get<std::string>();
    StatementFold fold(permit, out_);
    std::vector<BundledEntry> entries;
    for (const Json& each : bundle_.at("entries")) {
      entries.push_back(read_entry(each));
      fold.take(entries.back().index, each.at("outcome"));
    }
    read_keys();
    for (const BundledEntry& entry : entries) check_signatures(entry);
    out_.fact("permit", permit);
    out_.fact("entries", entries.size());
    fold.finish();
    tell_counts();
  }

 private:
  void read_keys() {
    std::map<crypto::Digest, BundledEntry> enrolments;
    for (const Json& each : bundle_.at("keys")) read_key(each, enrolments);
    for (const auto& [id, enrolment] : enrolments) check_signatures(enrolment);
  }

  void tell_counts() {
    out_.fact("signatures", signatures_);
    out_.fact("keys", keys_.size());
  }

  static std::string place(std::uint64_t index) { return "entry " + std::to_string(index); }
  void defect(std::uint64_t index, const char* kind, std::string detail) {
    out_.defect(place(index), index, kind, std::move(detail));
  }

  BundledEntry read_entry(const Json& json) {
    BundledEntry out;
    out.index = json.at("index").get<std::uint64_t>();
    const std::string text = json.at("leaf").get<std::string>();
    check_place(out.index, text, json.at("receipt").get<std::string>());
    if (auto leaf = parse_leaf(text)) out.leaf = std::move(*leaf);
    if (!out.leaf) return defect(out.index, "leaf-form", "the leaf cannot be read"), out;
    if (auto header = parse_header(out.leaf->header_text)) out.header = std::move(*header);
    if (!out.header) return defect(out.index, "header-form", "the header cannot be read"), out;
    if (out.header->ledger != log_key_.name()) defect(out.index, "ledger", "it was signed for " + out.header->ledger);
    check_texts(out, json);
    check_salt(out.index, json);
    return out;
  }

  void check_place(std::uint64_t index, const std::string& leaf, const std::string& receipt) {
    const auto proven = verify_receipt(receipt, leaf, log_key_);
    if (!proven) return defect(index, "receipt", proven.error().fields.at(0).detail);
    if (proven->index != index)
      return defect(index, "seq", "the receipt is for entry " + std::to_string(proven->index));
  }

  /// Payload and outcome are what header and leaf name; null where the exporter may not see them.
  void check_texts(const BundledEntry& entry, const Json& json) {
    if (const Json& payload = json.at("payload"); payload.is_string()) {
      check_payload(entry, payload.get_ref<const std::string&>());
      if (entry.index == 0) check_genesis(entry, payload.get<std::string>());
    } else {
      out_.limits.push_back(place(entry.index) + " comes without its payload");
    }
    if (const Json& outcome = json.at("outcome"); outcome.is_string()) {
      const auto& text = outcome.get_ref<const std::string&>();
      if (text.size() != entry.leaf->frame.outcome_bytes || crypto::sha256(text) != entry.leaf->frame.outcome_hash)
        defect(entry.index, "outcome-hash", "the outcome is not the one the leaf names");
    } else {
      out_.limits.push_back(place(entry.index) + " comes without its outcome");
    }
  }

  /// An outcome names its payload, so that neither can be shown with another's.
  void check_salt(std::uint64_t index, const Json& json) {
    if (!json.at("payload").is_string() || !json.at("outcome").is_string()) return;
    const auto facts = parse_outcome_facts(json["outcome"].get_ref<const std::string&>());
    if (!facts || facts->salt != outcome_salt(json["payload"].get_ref<const std::string&>()))
      defect(index, "outcome-salt", "the outcome is not that of this payload");
  }

  void check_payload(const BundledEntry& entry, const std::string& payload) {
    const auto hash = crypto::hash(crypto::hash_of(entry.header->suite), payload);
    if (payload.size() != entry.header->payload_bytes || hash != entry.header->payload_hash)
      return defect(entry.index, "payload-hash", "the payload is not the one that was signed");
    if (std::holds_alternative<crypto::JsonError>(crypto::read_canonical(payload)))
      defect(entry.index, "payload-form", "the payload is not canonical JSON");
  }

  void check_genesis(const BundledEntry& entry, const std::string& payload) {
    const auto json = crypto::read_canonical(payload);
    const auto* read = std::get_if<Json>(&json);
    const auto genesis = read ? parse_genesis(*entry.header, *read) : refuse("genesis-form");
    if (!genesis) return defect(0, "genesis", "the first entry does not open a ledger");
    if (genesis->log_key.vkey() != log_key_.vkey()) defect(0, "genesis", "it names another log key");
  }

  void read_key(const Json& json, std::map<crypto::Digest, BundledEntry>& enrolments) {
    const auto id = crypto::Digest::parse_hex(json.at("key").get<std::string>());
    const Json& by = json.at("enrolled_by");
    BundledEntry entry = read_entry(by);
    if (!id) return defect(entry.index, "key-unknown", "a key without an id");
    BundledKey& known = keys_[*id];
    known.enrolled_at = entry.index;
    if (json.at("revoked").is_number_unsigned()) known.revoked_at = json["revoked"].get<std::uint64_t>();
    if (by.at("outcome").is_string()) read_enrolment(*id, by["outcome"].get<std::string>(), known);
    if (!known.key) defect(entry.index, "key-put", "it does not enrol key " + id->hex());
    enrolments.emplace(*id, std::move(entry));
  }

  /// Key and party as the outcome put them, not as the bundle's other members call them.
  static void read_enrolment(const crypto::Digest& id, const std::string& outcome, BundledKey& out) {
    const auto facts = parse_outcome_facts(outcome);
    if (!facts) return;
    for (const KeyChange& change : facts->keys) {
      if (change.id != id || !change.enrolled) continue;
      out.key = change.enrolled;
      out.party = change.party;
    }
  }

  void check_signatures(const BundledEntry& entry) {
    if (!entry.header) return;
    if (entry.leaf->signatures.front().key != entry.header->key)
      defect(entry.index, "signature-form", "the first signature is not the author's");
    check_author(entry);
    const auto id = entry_id(entry.header->suite, entry.leaf->header_text);
    for (const EntrySignature& signature : entry.leaf->signatures) {
      ++signatures_;
      check_signer(entry, signature);
      const auto known = keys_.find(signature.key);
      if (known == keys_.end() || !known->second.key) continue;
      if (!verify_signature(*known->second.key, {entry.leaf->header_text, entry.header->ledger, id}, signature))
        defect(entry.index, "signature", "key " + signature.key.hex() + " did not sign this header");
    }
  }

  void check_author(const BundledEntry& entry) {
    const auto known = keys_.find(entry.header->key);
    if (known != keys_.end() && known->second.party != entry.header->party)
      defect(entry.index, "key-party", "its key belongs to " + known->second.party);
  }

  /// A revocation may be signed by the key it revokes: the key is good up to that entry.
  void check_signer(const BundledEntry& entry, const EntrySignature& signature) {
    const auto known = keys_.find(signature.key);
    if (known == keys_.end())
      return defect(entry.index, "key-unknown", "key " + signature.key.hex() + " is not in the bundle");
    if (known->second.enrolled_at > entry.index)
      defect(entry.index, "key-inactive", "key " + signature.key.hex() + " was enrolled later");
    if (known->second.revoked_at && *known->second.revoked_at < entry.index)
      defect(entry.index, "key-inactive", "key " + signature.key.hex() + " was revoked before");
  }

  const Json& bundle_;
  crypto::NoteVerifier log_key_;
  Verdict& out_;
  std::map<crypto::Digest, BundledKey> keys_;
  std::uint64_t signatures_ = 0;
};

crypto::NoteVerifier key_of(const Json& bundle, const std::optional<crypto::NoteVerifier>& pinned, Verdict& out) {
  const auto named = crypto::NoteVerifier::parse_vkey(cell(bundle, "log_key"));
  if (!named) throw UsageError("the bundle names no log key");
  if (cell(bundle, "ledger") != named->name()) out.defect("bundle", 0, "ledger", "ledger and log key do not fit");
  if (!pinned) {
    out.limits.push_back("the log's key is the one that the bundle names; --log-key checks whose log it is");
    return *named;
  }
  if (pinned->vkey() != named->vkey()) out.defect("bundle", 0, "log-key", "it names another log key than --log-key");
  return *pinned;
}

}  // namespace

Verdict check_bundle(std::string_view text, const std::optional<crypto::NoteVerifier>& pinned) {
  const auto read = crypto::read_json(text, kLimits);
  const auto* bundle = std::get_if<Json>(&read);
  const std::string format = bundle && bundle->is_object() ? cell(*bundle, "format") : "";
  const auto kind = std::find(std::begin(kFormats), std::end(kFormats), format);
  if (kind == std::end(kFormats))
    throw UsageError(
        "this is no bundle of format tallystick.bundle/v1, tallystick.statement/v1 or tallystick.trace/v1");
  const bool is_one = kind == std::begin(kFormats);
  Verdict out;
  out.subject = format.substr(kPrefix.size(), format.find('/') - kPrefix.size()) + " of " + cell(*bundle, "ledger");
  auto key = key_of(*bundle, pinned, out);
  try {
    BundleCheck check(*bundle, std::move(key), out);
    if (is_one)
      check.run();
    else
      format == kFormats[1] ? check.run_statement() : check.run_trace();
  } catch (const Json::exception& error) {
    out.defect("bundle", 0, "form", error.what());
  }
  if (!is_one)
    out.limits.push_back("entries that were left out together cannot be seen here; the whole log shows them");
  out.limits.push_back("one entry cannot show that its keys were not revoked; the whole log can");
  return out;
}

}  // namespace tools
