#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "crypto/batch_signature.h"
#include "crypto/checkpoint.h"
#include "crypto/commitment.h"
#include "crypto/encoding.h"
#include "crypto/json.h"
#include "crypto/merkle.h"
#include "registry/domain/outcome.h"
#include "registry/log/genesis.h"
#include "registry/log/header.h"
#include "registry/log/leaf.h"
#include "registry/log/outcome_facts.h"
#include "registry/log/receipt.h"
#include "registry/log/verify.h"
#include "tests/unit/log/lines.h"

// docs/format.md is checked against the code: its example by every hash and signature, its table of columns by name and
// default.

using namespace registry;
using registry::testing::lines_of;

namespace {

std::string page() {
  std::ifstream in(TALLYSTICK_SOURCE_DIR "/docs/format.md", std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// The fenced blocks of the example by name; each text with its last newline.
const std::map<std::string, std::string>& blocks() {
  static const auto all = [] {
    std::map<std::string, std::string> out;
    std::string name;
    for (const std::string& line : lines_of(page())) {
      if (!line.starts_with("```")) {
        if (!name.empty()) out[name] += line + "\n";
        continue;
      }
      const auto blank = line.find(' ');
      name = blank == line.npos ? "" : line.substr(blank + 1);
      if (!name.empty()) out[name];
    }
    return out;
  }();
  return all;
}

std::string block(const std::string& name) {
  INFO(name);
  REQUIRE(blocks().contains(name));
  return blocks().at(name);
}

/// Without the newline that only the page adds.
std::string json_block(const std::string& name) {
  const std::string text = block(name);
  return text.substr(0, text.size() - 1);
}

std::vector<std::string> words_of(const std::string& line) {
  std::istringstream in(line);
  return {std::istream_iterator<std::string>(in), {}};
}

struct Example {
  std::vector<std::string> leaves, payloads, outcomes;
  std::map<std::string, crypto::PublicKey> keys;
  std::map<std::string, std::string> sums;
};

crypto::PublicKey key_of(const crypto::Json& json) {
  const auto suite = crypto::parse_suite(json.at("suite").get<std::string>());
  const auto key =
      crypto::PublicKey::parse_spki(suite.value(), crypto::parse_base64(json.at("spki").get<std::string>()).value());
  return key.value();
}

const Example& example() {
  static const Example made = [] {
    Example out;
    for (int i = 0; i < 4; ++i) {
      const std::string n = std::to_string(i);
      out.leaves.push_back(block("leaf-" + n));
      out.payloads.push_back(json_block("payload-" + n));
      out.outcomes.push_back(json_block("outcome-" + n));
    }
    for (const std::string& line : lines_of(block("sums"))) {
      const auto cut = line.rfind(' ');
      out.sums[line.substr(0, cut)] = line.substr(cut + 1);
    }
    for (const std::string& outcome : out.outcomes) {
      const auto json = crypto::Json::parse(outcome);
      if (!json.at("put").contains("key")) continue;
      for (const auto& row : json["put"]["key"]) out.keys.emplace(row.at("id").get<std::string>(), key_of(row));
    }
    return out;
  }();
  return made;
}

std::string sum(const std::string& name) {
  INFO(name);
  REQUIRE(example().sums.contains(name));
  return example().sums.at(name);
}

std::vector<crypto::Digest> leaf_hashes() {
  std::vector<crypto::Digest> out;
  for (const auto& leaf : example().leaves) out.push_back(leaf_hash(leaf));
  return out;
}

Leaf leaf_of(std::size_t index) { return parse_leaf(example().leaves[index]).value(); }
Header header_of(std::size_t index) { return parse_header(leaf_of(index).header_text).value(); }

crypto::NoteVerifier log_key() {
  return crypto::NoteVerifier::parse_vkey(crypto::Json::parse(example().payloads[0]).at("log_key").get<std::string>())
      .value();
}

/// The example as a store would give it.
class PageLog : public LogReader {
 public:
  std::uint64_t size() const override { return example().leaves.size(); }
  std::vector<StoredEntry> entries(std::uint64_t first, std::size_t count) const override {
    std::vector<StoredEntry> out;
    for (auto i = first; i < size() && i < first + count; ++i) {
      StoredEntry entry;
      entry.index = i;
      entry.leaf = example().leaves[i];
      entry.payload = example().payloads[i];
      entry.outcome = example().outcomes[i];
      if (i == 2) entry.receipt = block("receipt-2");
      out.push_back(std::move(entry));
    }
    return out;
  }
  std::vector<StoredCheckpoint> checkpoints(std::uint64_t from, std::size_t) const override {
    if (from > size()) return {};
    return {{size(), block("checkpoint")}};
  }
  bool keeps_tiles() const override { return false; }
  std::optional<Tile> tile(int, std::uint64_t) const override { return {}; }
  std::optional<LogHead> head() const override { return {}; }
};

}  // namespace

TEST_CASE("The example of docs/format.md verifies as a log") {
  VerifyOptions options;
  options.log_key = log_key();
  options.threads = 1;
  const PageLog log;
  const auto report = verify_log(log, options);
  for (const auto& defect : report.defects) UNSCOPED_INFO(defect.place + " " + defect.kind + " " + defect.detail);
  CHECK(report.clean());
  CHECK(report.entries == 4);
  CHECK(report.signatures == 4);
  CHECK(report.batch_signatures == 2);
  CHECK(report.receipts == 1);
  CHECK(report.root.hex() == sum("root 4"));
}

TEST_CASE("The sums of docs/format.md are those of its bytes") {
  const auto hashes = leaf_hashes();
  for (std::size_t i = 0; i < 4; ++i) {
    const std::string n = std::to_string(i);
    CHECK(hashes[i].hex() == sum("leaf-hash " + n));
    CHECK(entry_id(header_of(i).suite, leaf_of(i).header_text).hex() == sum("entry-id " + n));
    CHECK(crypto::Json::parse(example().outcomes[i]).at("salt") == outcome_salt(example().payloads[i]));
    CHECK(format_leaf(leaf_of(i)) == example().leaves[i]);
    CHECK(format_header(header_of(i)) == leaf_of(i).header_text);
  }
  CHECK(crypto::node_hash(hashes[0], hashes[1]).hex() == sum("node 0-1"));
  CHECK(crypto::node_hash(hashes[2], hashes[3]).hex() == sum("node 2-3"));
  CHECK(crypto::tree_root(hashes).hex() == sum("root 4"));
  const std::vector<crypto::Digest> ids{entry_id(crypto::Suite::sm2_sm3, leaf_of(2).header_text),
                                        entry_id(crypto::Suite::sm2_sm3, leaf_of(3).header_text)};
  CHECK(crypto::batch_root(crypto::Suite::sm2_sm3, ids).hex() == sum("batch-root 2-3"));
}

TEST_CASE("The keys of docs/format.md are bound to their suites") {
  for (const char* name : {"operator", "P-1", "P-2", "log"}) {
    const auto found = example().keys.find(sum("key-id " + std::string(name)));
    REQUIRE(found != example().keys.end());
    CHECK(found->second.id().hex() == found->first);
  }
  CHECK(log_key().key().id().hex() == sum("key-id log"));
  CHECK(header_of(1).suite == crypto::Suite::p256_sha256);
  CHECK(header_of(2).suite == crypto::Suite::sm2_sm3);
  for (const std::string& line : lines_of(block("secrets"))) {
    const auto words = words_of(line);
    REQUIRE(words.size() == 3);
    if (words[1] != "ed25519-sha256") continue;
    const auto key = crypto::PrivateKey::from_seed(crypto::Suite::ed25519_sha256, crypto::parse_hex(words[2]).value());
    CHECK(key.public_key().id().hex() == sum("key-id " + words[0]));
  }
}

TEST_CASE("The private values of docs/format.md lead to the root that was signed") {
  std::vector<crypto::Digest> commitments;
  std::vector<crypto::PrivateValue> values;
  for (const std::string& line : lines_of(block("private-2"))) {
    const auto words = words_of(line);
    REQUIRE(words.size() == 3);
    values.push_back({words[0], words[1], crypto::parse_hex(words[2]).value()});
    commitments.push_back(crypto::commit(crypto::HashAlg::sm3, values.back()));
    CHECK(commitments.back().hex() == sum("commitment " + std::to_string(commitments.size() - 1)));
  }
  const auto root = header_of(2).private_root;
  CHECK(header_of(2).private_count == values.size());
  CHECK(crypto::commitments_root(crypto::HashAlg::sm3, commitments) == root);
  const auto path = crypto::commitment_path(crypto::HashAlg::sm3, commitments, 1);
  CHECK(crypto::verify_disclosure(crypto::HashAlg::sm3, values[1], 1, 2, path, root));
}

TEST_CASE("The receipt of docs/format.md proves its leaf and no other") {
  CHECK(verify_receipt(block("receipt-2"), example().leaves[2], log_key()));
  CHECK_FALSE(verify_receipt(block("receipt-2"), example().leaves[3], log_key()));
  CHECK(crypto::open_checkpoint(block("checkpoint"), log_key()));
  const auto path = crypto::inclusion_path(leaf_hashes(), 2);
  CHECK(format_receipt(2, path, block("checkpoint")) == block("receipt-2"));
}

namespace {

/// What the page says of a column: "**`id`**", "`seq` int [-1]", "`state` [open] of open frozen".
template <class T, class C>
std::string described(const C& column, bool is_key) {
  using M = std::remove_cvref_t<decltype(std::declval<T>().*(column.member))>;
  const T defaults{};
  std::string out = "`" + std::string(column.name) + "`";
  if constexpr (std::is_same_v<M, std::int64_t>) {
    out += " int";
    if (const auto value = defaults.*(column.member)) out += " [" + std::to_string(value) + "]";
  } else if constexpr (std::is_same_v<M, Date>) {
    out += " date";
    CHECK((defaults.*(column.member)).str() == "1970-01-01");
  } else if constexpr (std::is_same_v<M, UtcTime>) {
    out += " ms";
    CHECK((defaults.*(column.member)).ms == 0);
  } else if constexpr (std::is_enum_v<M>) {
    out += " [" + std::string(name_of(defaults.*(column.member))) + "] of";
    for (const auto name : EnumNames<M>::names) out += " " + std::string(name);
  } else {
    CHECK((defaults.*(column.member)).empty());
  }
  return is_key ? "**" + out + "**" : out;
}

template <class T>
std::string table_line() {
  std::string columns;
  std::size_t i = 0;
  each_column<T>([&](const auto& column) {
    if (i > 0) columns += ", ";
    columns += described<T>(column, i++ < Table<T>::key_columns);
  });
  return "| `" + std::string(Table<T>::name) + "` | " + columns + " |\n";
}

template <class... T>
struct TableLines {
  static std::string text() { return (table_line<T>() + ...); }
};

}  // namespace

TEST_CASE("docs/format.md lists the columns of every table with their defaults") {
  const std::string expected = AllTables<TableLines>::text();
  INFO(expected);
  CHECK(page().find(expected) != std::string::npos);
}
