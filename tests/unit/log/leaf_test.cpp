#include "registry/log/leaf.h"

#include <array>
#include <catch2/catch.hpp>
#include <utility>

#include "lines.h"

using namespace registry;
using namespace registry::testing;

namespace {

// The header is opaque here.
const std::string kHeader = "any\nthing\n";

const std::string kLeaf =
    "ledger.leaf/v1\n"
    "seq 41\n"
    "prev 4444444444444444444444444444444444444444444444444444444444444444\n"
    "rtime 2026-01-31T08:15:30.124Z\n"
    "policy 3\n"
    "outcome 12 5555555555555555555555555555555555555555555555555555555555555555\n"
    "tbs 10\n"
    "any\n"
    "thing\n"
    "sig 6666666666666666666666666666666666666666666666666666666666666666 AQID\n"
    "sig-batch 7777777777777777777777777777777777777777777777777777777777777777 3 1 "
    "CAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg=,CQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQk= BAUG\n"
    "sig-batch 8888888888888888888888888888888888888888888888888888888888888888 1 0 - Bwc=\n";

crypto::Digest filled(unsigned char byte) {
  crypto::Digest digest;
  digest.bytes.fill(byte);
  return digest;
}

Leaf golden_leaf() {
  Leaf leaf;
  leaf.frame = {41, filled(0x44), *UtcTime::parse("2026-01-31T08:15:30.124Z"), 3, 12, filled(0x55)};
  leaf.header_text = kHeader;
  leaf.signatures.push_back({filled(0x66), "\x01\x02\x03", {}});
  leaf.signatures.push_back({filled(0x77), {}, crypto::BatchSignature{3, 1, {filled(8), filled(9)}, "\x04\x05\x06"}});
  leaf.signatures.push_back({filled(0x88), {}, crypto::BatchSignature{1, 0, {}, "\x07\x07"}});
  return leaf;
}

/// The pointer of the first complaint.
std::string complaint(const std::string& text) {
  const auto leaf = parse_leaf(text);
  if (leaf) return "accepted";
  CHECK(leaf.error().rule == "leaf-form");
  return leaf.error().fields.at(0).pointer;
}

}  // namespace

TEST_CASE("leaf: has exactly these bytes", "[log][leaf]") { CHECK(format_leaf(golden_leaf()) == kLeaf); }

TEST_CASE("leaf: reads what it writes", "[log][leaf]") {
  const auto leaf = parse_leaf(kLeaf);
  REQUIRE(leaf);
  CHECK(leaf->frame.seq == 41);
  CHECK(leaf->frame.outcome_bytes == 12);
  CHECK(leaf->header_text == kHeader);
  REQUIRE(leaf->signatures.size() == 3);
  CHECK(leaf->signatures[1].batch->path.size() == 2);
  CHECK(format_leaf(*leaf) == kLeaf);
}

TEST_CASE("leaf: its hash is the Merkle leaf hash of its bytes", "[log][leaf]") {
  CHECK(leaf_hash(kLeaf).hex() == "0f9a29c355ebebc1bc31c712e101027152ddf6d0e041fc436ddd758df08ebc1b");
}

TEST_CASE("leaf: refuses every missing, doubled, exchanged and empty line", "[log][leaf]") {
  const auto good = lines_of(kLeaf);
  const std::size_t signatures_at = 9;
  for (std::size_t i = 0; i < good.size(); ++i) {
    INFO(good[i]);
    auto missing = good, doubled = good, exchanged = good, empty = good;
    missing.erase(missing.begin() + static_cast<std::ptrdiff_t>(i));
    empty.insert(empty.begin() + static_cast<std::ptrdiff_t>(i), "");
    CHECK(complaint(join_lines(empty)) != "accepted");
    if (i >= signatures_at) continue;  // fewer, more and exchanged signers are other leaves of good form
    doubled.insert(doubled.begin() + static_cast<std::ptrdiff_t>(i), good[i]);
    CHECK(complaint(join_lines(missing)) != "accepted");
    CHECK(complaint(join_lines(doubled)) != "accepted");
    if (i == 7) continue;  // inside the header
    std::swap(exchanged[i], exchanged[i + 1]);
    CHECK(complaint(join_lines(exchanged)) != "accepted");
  }
  CHECK(complaint(kLeaf + "\n") == "leaf/sig");
  CHECK(complaint(kLeaf.substr(0, kLeaf.size() - 1)) == "leaf/sig");
}

TEST_CASE("leaf: refuses every second spelling of a value", "[log][leaf]") {
  const std::vector<std::array<std::string, 3>> cases{
      {"seq 41", "seq 041", "seq"},
      {"prev 4", "prev g", "prev"},
      {".124Z", ".124z", "rtime"},
      {"policy 3", "policy ", "policy"},
      {"outcome 12 ", "outcome 12  ", "outcome"},
      {"tbs 10", "tbs 11", "sig"},
      {"tbs 10", "tbs 9", "sig"},
      {"tbs 10", "tbs 100000", "tbs"},
      {"AQID", "AQI", "sig"},
      {"AQID", "", "sig"},
      {"AQID", "AQID ", "sig"},
      {" 3 1 ", " 3 3 ", "sig"},
      {" 1 0 - ", " 1 0  ", "sig"},
      {"Ag=,C", "Ag=,,C", "sig"},
      {"Ag=,C", "Ag= C", "sig"},
      {"CQk= ", "CQk=, ", "sig"},
      {"Bwc=", "Bwd=", "sig"},
      {"sig-batch 8", "sig-other 8", "sig"},
  };
  for (const auto& [from, to, line] : cases) {
    INFO(to);
    CHECK(complaint(replaced(kLeaf, from, to)) == "leaf/" + line);
  }
}

TEST_CASE("leaf: refuses more signers than an entry may have, and none", "[log][leaf]") {
  const auto line = lines_of(kLeaf)[9] + "\n";
  CHECK(complaint(kLeaf + line) == "accepted");
  CHECK(complaint(kLeaf + line + line) == "leaf/sig");
  CHECK(complaint(kLeaf.substr(0, kLeaf.find("sig "))) == "leaf/sig");
}

TEST_CASE("leaf: the longest legal one fits the two-byte length of a bundle", "[log][leaf]") {
  auto leaf = golden_leaf();
  leaf.header_text.assign(4'096, 'h');
  const crypto::BatchSignature batch{1ull << 52, 1, std::vector<crypto::Digest>(53), std::string(128, 's')};
  leaf.signatures.assign(4, {filled(1), {}, batch});
  const auto bytes = format_leaf(leaf);
  CHECK(bytes.size() <= 65'535);
  CHECK(complaint(bytes) == "accepted");
}
