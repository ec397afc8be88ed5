#include "registry/log/header.h"

#include <array>
#include <catch2/catch.hpp>
#include <utility>

#include "lines.h"

using namespace registry;
using namespace registry::testing;

namespace {

const std::string kHeader =
    "ledger.entry/v1\n"
    "suite ed25519-sha256\n"
    "ledger registry.example/360300\n"
    "party P-0001\n"
    "key 1111111111111111111111111111111111111111111111111111111111111111\n"
    "chain 0123456789abcdef0123456789abcdef\n"
    "cseq 2\n"
    "prev 2222222222222222222222222222222222222222222222222222222222222222\n"
    "seen 0 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"
    "type transfer.dispatch/v1\n"
    "time 2026-01-31T08:15:30.123Z\n"
    "payload 17 3333333333333333333333333333333333333333333333333333333333333333\n"
    "private 0 0000000000000000000000000000000000000000000000000000000000000000\n";

Header header_of_golden() {
  Header h;
  h.ledger = "registry.example/360300";
  h.party = "P-0001";
  h.key.bytes.fill(0x11);
  h.chain = "0123456789abcdef0123456789abcdef";
  h.cseq = 2;
  h.prev.bytes.fill(0x22);
  h.seen = SeenCheckpoint::none();
  h.type = "transfer.dispatch";
  h.time = *UtcTime::parse("2026-01-31T08:15:30.123Z");
  h.payload_bytes = 17;
  h.payload_hash.bytes.fill(0x33);
  return h;
}

/// The pointer of the only complaint.
std::string complaint(const std::string& text) {
  const auto header = parse_header(text);
  if (header) return "accepted";
  CHECK(header.error().rule == "header-form");
  REQUIRE(header.error().fields.size() == 1);
  return header.error().fields[0].pointer;
}

}  // namespace

TEST_CASE("header: has exactly these bytes", "[log][header]") { CHECK(format_header(header_of_golden()) == kHeader); }

TEST_CASE("header: reads what it writes", "[log][header]") {
  const auto header = parse_header(kHeader);
  REQUIRE(header);
  CHECK(*header == header_of_golden());
  CHECK(header->versioned_type() == "transfer.dispatch/v1");
}

TEST_CASE("header: its id is the hash over domain, zero byte and text in the suite's hash", "[log][header]") {
  CHECK(entry_id(crypto::Suite::ed25519_sha256, kHeader).hex() ==
        "65035e2690b2e8bb6773bb9a0d82062cf758184916b8c1b77688ebf60b05d1d2");
  CHECK(entry_id(crypto::Suite::sm2_sm3, kHeader).hex() ==
        "374758bcd53fd4064733924077f664124296d8ebaafb5fcae6073fb17c61763a");
}

TEST_CASE("header: refuses every missing line by its name", "[log][header]") {
  const std::vector<std::string> names{"ledger.entry", "suite", "ledger", "party", "key",     "chain",  "cseq",
                                       "prev",         "seen",  "type",   "time",  "payload", "private"};
  for (std::size_t i = 0; i < names.size(); ++i) {
    auto lines = lines_of(kHeader);
    lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(i));
    CHECK(complaint(join_lines(lines)) == "header/" + names[i]);
  }
}

TEST_CASE("header: refuses doubled, exchanged, empty and additional lines", "[log][header]") {
  const auto good = lines_of(kHeader);
  for (std::size_t i = 0; i < good.size(); ++i) {
    auto doubled = good;
    doubled.insert(doubled.begin() + static_cast<std::ptrdiff_t>(i), good[i]);
    CHECK(complaint(join_lines(doubled)) != "accepted");
    auto empty = good;
    empty.insert(empty.begin() + static_cast<std::ptrdiff_t>(i), "");
    CHECK(complaint(join_lines(empty)) != "accepted");
    auto exchanged = good;
    std::swap(exchanged[i], exchanged[(i + 1) % good.size()]);
    CHECK(complaint(join_lines(exchanged)) != "accepted");
  }
  CHECK(complaint(kHeader + "\n") == "header/end");
  CHECK(complaint(kHeader + "note hello\n") == "header/end");
  CHECK(complaint(kHeader.substr(0, kHeader.size() - 1)) == "header/private");
  CHECK(complaint("") == "header/ledger.entry");
}

TEST_CASE("header: refuses every second spelling of a value", "[log][header]") {
  const std::vector<std::array<std::string, 3>> cases{
      {"suite ed25519-sha256", "suite Ed25519-sha256", "suite"},
      {"suite ed25519-sha256", "suite  ed25519-sha256", "suite"},
      {"ledger registry.example/360300", "ledger registry example", "ledger"},
      {"ledger registry.example/360300", "ledger a+b", "ledger"},
      {"party P-0001", "party ", "party"},
      {"party P-0001", "party P/1", "party"},
      {"party P-0001", "party " + std::string(33, 'a'), "party"},
      {"key 11", "key A1", "key"},
      {"chain 01", "chain 0A", "chain"},
      {"chain 01", "chain 0", "chain"},
      {"cseq 2", "cseq 02", "cseq"},
      {"cseq 2", "cseq 0", "cseq"},
      {"cseq 2", "cseq +2", "cseq"},
      {"cseq 2", "cseq 2 ", "cseq"},
      {"cseq 2", "cseq 9007199254740992", "cseq"},
      {"cseq 2", "cseq 1", "prev"},
      {"seen 0 47", "seen 0 57", "seen"},
      {"seen 0 ", "seen 0  ", "seen"},
      {"U=\n", "V=\n", "seen"},
      {"type transfer.dispatch/v1", "type transfer.dispatch/v01", "type"},
      {"type transfer.dispatch/v1", "type transfer.dispatch", "type"},
      {"type transfer.dispatch/v1", "type Transfer.dispatch/v1", "type"},
      {"type transfer.dispatch/v1", "type transfer/v1", "type"},
      {"type transfer.dispatch/v1", "type transfer..dispatch/v1", "type"},
      {".123Z", ".12Z", "time"},
      {".123Z", ".123+00:00", "time"},
      {"payload 17 ", "payload 017 ", "payload"},
      {"payload 17 ", "payload -17 ", "payload"},
      {"private 0 ", "private 1 ", "private"},
      {"private 0 0", "private 0 1", "private"},
  };
  for (const auto& [from, to, line] : cases) {
    INFO(to);
    CHECK(complaint(replaced(kHeader, from, to)) == "header/" + line);
  }
}

TEST_CASE("header: refuses carriage returns and bytes outside ASCII", "[log][header]") {
  CHECK(complaint(replaced(kHeader, "P-0001\n", "P-0001\r\n")) == "header/party");
  CHECK(complaint(replaced(kHeader, "P-0001", "\xe5\x8d\x95")) == "header/party");
  CHECK(complaint(replaced(kHeader, "P-0001", std::string("P\0", 2))) == "header/party");
}

TEST_CASE("header: names all bad lines at once", "[log][header]") {
  const auto header = parse_header(replaced(replaced(kHeader, "cseq 2", "cseq x"), "party P", "party /"));
  REQUIRE(!header);
  REQUIRE(header.error().fields.size() == 2);
  CHECK(header.error().fields[0].pointer == "header/party");
  CHECK(header.error().fields[1].pointer == "header/cseq");
}
