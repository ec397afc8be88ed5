#include <catch2/catch.hpp>
#include <random>

#include "registry/log/leaf.h"
#include "registry/store/dump.h"
#include "registry/store/sqlite/sqlite_store.h"
#include "registry/views/refold.h"
#include "tests/api/city.h"

using namespace city;
using namespace registry;

namespace {

std::string tables_of(Reader& reader) {
  std::string out;
  dump_tables(reader, [&](std::string_view line) { out += line; });
  return out;
}

std::string moves_of(Reader& reader) {
  std::string out;
  for (const MoveRow& row : reader.moves(0, 1'000'000))
    out += std::to_string(row.index) + " " + row.move.from + " " + row.move.to + " " + std::to_string(row.move.amount) +
           "\n";
  return out;
}

/// The log as it would be if nothing had come after its first `size` entries.
std::unique_ptr<Store> truncated(City& city, std::int64_t size) {
  auto store = SqliteStore::scratch();
  refold(*city.registry().read(), *store, {}, size);
  return store;
}

/// A city in which 20 kg were used on 5 March and written down on the 10th, and put right to 15 kg on the 12th.
struct Corrected {
  City city;
  std::int64_t use = 0, correction = 0;

  Corrected() {
    city.open_trade();
    city.go_to(*UtcTime::parse("2026-03-10T02:00:00.000Z"));
    const Json line{{"lot", "LOT-1"}, {"quantity", quantity("15")}};
    use = index(city.must(city.maker, "use.record",
                          {{"site", "S-maker-1"},
                           {"lot", "LOT-1"},
                           {"quantity", quantity("20")},
                           {"purpose", "乙酰化"},
                           {"used_on", "2026-03-05"}}));
    city.go_to(*UtcTime::parse("2026-03-12T02:00:00.000Z"));
    correction = index(city.must(city.maker, "entry.correct",
                                 {{"entry", use}, {"reason", "录入错误"}, {"lines", Json::array({line})}}));
  }
  static std::int64_t index(const Json& answer) { return answer["index"].get<std::int64_t>(); }

  /// What the store holds of LOT-1, looked at from somewhere.
  std::string held(const std::string& moment) {
    const Json rows = city.get("/v1/balances?place=S-maker-1&lot=LOT-1" + moment).json()["data"];
    return rows.empty() ? "nothing" : text(rows.at(0)["amount"], "text");
  }
};

}  // namespace

TEST_CASE("past: known_at an index is the ledger that ends there, in every table", "[api][past]") {
  City& city = traded_city();
  const auto log = city.registry().read();
  const std::int64_t size = log->state().size;
  std::mt19937 random(20260325);
  std::vector<std::int64_t> indexes{0, size - 1};
  for (int i = 0; i < 10; ++i) indexes.push_back(std::uniform_int_distribution<std::int64_t>(0, size - 1)(random));
  for (const std::int64_t index : indexes) {
    INFO("index " << index);
    const auto past = city.registry().read_past(index);
    REQUIRE(past);
    const auto then = truncated(city, index + 1);
    CHECK(tables_of(**past) == tables_of(*then->begin_read()));
    CHECK(moves_of(**past) == moves_of(*then->begin_read()));
    CHECK((*past)->state().size == index + 1);
    CHECK((*past)->state().head == leaf_hash(log->entry(index)->leaf));
    CHECK_FALSE((*past)->entry(index + 1));
    CHECK((*past)->query("SELECT seq FROM entry_text").size() == static_cast<std::size_t>(index + 1));
  }
}

TEST_CASE("past: the end of the log is that of its checkpoint then", "[api][past]") {
  City& city = traded_city();
  const auto log = city.registry().read();
  const std::int64_t index = log->state().size - 3;
  const auto past = city.registry().read_past(index);
  REQUIRE(past);
  const auto checkpoint = log->checkpoint(index + 1);
  REQUIRE(checkpoint);
  CHECK(checkpoint->size == index + 1);
  CHECK((*past)->checkpoint()->note == checkpoint->note);
  CHECK((*past)->state().rtime == log->entry(index)->rtime);
}

TEST_CASE("past: a correction moves what was true, and not what was known", "[api][past]") {
  Corrected c;
  const std::string before = "&known_at=" + std::to_string(c.correction - 1);
  CHECK(c.held("") == "485 kg");
  CHECK(c.held(before) == "480 kg");
  CHECK(c.held("&known_at=" + std::to_string(c.use - 1)) == "500 kg");
  // It happened on the day it was used, whenever it was written down or put right.
  CHECK(c.held("&as_of=2026-03-04") == "500 kg");
  CHECK(c.held("&as_of=2026-03-05") == "485 kg");
  CHECK(c.held("&as_of=2026-03-05" + before) == "480 kg");
  CHECK(c.held("&as_of=2026-03-01") == "nothing");
}

TEST_CASE("past: every read of what changes takes both times", "[api][past]") {
  City& city = traded_city();
  const std::string last = std::to_string(city.log_size() - 1);
  const std::string finding = text(city.get("/v1/findings").json()["data"].at(0), "id");
  for (const std::string path : {"/v1/parties",
                                 "/v1/parties/maker-1",
                                 "/v1/parties/maker-1/sites",
                                 "/v1/parties/maker-1/keys",
                                 "/v1/parties/maker-1/chains",
                                 "/v1/sites/S-maker-1",
                                 "/v1/permits",
                                 "/v1/permits/B-1",
                                 "/v1/permits/B-1/statement",
                                 "/v1/lots",
                                 "/v1/lots/LOT-1",
                                 "/v1/balances",
                                 "/v1/balances?where=transit",
                                 "/v1/consignments",
                                 "/v1/consignments/C-1",
                                 "/v1/sales",
                                 "/v1/sales/SALE-1",
                                 "/v1/obligations",
                                 "/v1/obligations?state=overdue",
                                 "/v1/findings",
                                 "/v1/mass-balance?party=maker-1",
                                 "/v1/mass-balance?scope=ledger",
                                 "/v1/trace/lots/LOT-1",
                                 "/v1/trace/consignments/C-1"}) {
    INFO(path);
    const std::string sign = path.find('?') == path.npos ? "?" : "&";
    const Answer now = city.get(path), known = city.get(path + sign + "known_at=" + last);
    CHECK(known.status == 200);
    CHECK(known.body == now.body);
    CHECK(city.get(path + sign + "as_of=2026-12-31").status == 200);
    CHECK(city.get(path + sign + "as_of=2026-02-30").says() == "400 bad-parameter query/as_of:bad_time");
    CHECK(city.get(path + sign + "known_at=1000000").says() == "422 known-at-unknown");
  }
  CHECK(city.get("/v1/findings/" + finding + "?known_at=0").status == 404);
  CHECK(city.get("/v1/permits/B-1?as_of=2026-03-01").status == 404);
}

TEST_CASE("past: no read is left out: what takes no time is the log itself, or nothing that entries change",
          "[api][past]") {
  // Signed bytes and proofs never change; editions and catalogues take a day of their own; the rest is not the log's.
  const std::set<std::string> timeless{"getEntry",        "getEntryPart",     "listEntries",      "streamChanges",
                                       "getCheckpoint",   "proveConsistency", "proveInclusion",   "listRules",
                                       "listSubstances",  "getSubstance",     "matchSubstance",   "listRegions",
                                       "listPermitKinds", "listPartyKinds",   "getEditions",      "getSession",
                                       "getStatus",       "listAccesses",     "getAccessLogHead", "readBorderNotice"};
  const Json document = traded_city().get("/openapi.json").json();
  int both = 0;
  for (const auto& [path, item] : document["paths"].items()) {
    if (!path.starts_with("/v1/") || !item.contains("get")) continue;
    std::set<std::string> names;
    for (const Json& parameter : item["get"].value("parameters", Json::array()))
      if (parameter.contains("name")) names.insert(text(parameter, "name"));
    const std::string operation = text(item["get"], "operationId");
    INFO(path << " " << operation);
    const bool takes_both = names.contains("as_of") && names.contains("known_at");
    both += takes_both;
    // A report goes by the period of its events.
    if (operation == "getReport")
      CHECK((names.contains("period") && names.contains("known_at")));
    else
      CHECK(takes_both != timeless.contains(operation));
  }
  CHECK(both >= 30);
}

TEST_CASE("past: what was applied for, named and reported is seen as it was", "[api][past]") {
  City city;
  city.open_trade();
  const std::string before = "known_at=" + std::to_string(city.log_size() - 1);
  city.must(city.maker, "party.name", {{"what", "unit"}, {"name", "无名化工"}});
  CHECK(city.get("/v1/named?what=unit").json()["data"].size() == 1);
  CHECK(city.get("/v1/named?what=unit&" + before).json()["data"].empty());
  CHECK(city.get("/v1/coverage").json()["total"]["unknown"]["unit"] == 1);
  CHECK(city.get("/v1/coverage?" + before).json()["total"]["unknown"]["unit"] == 0);
  for (const char* path : {"/v1/applications", "/v1/border-cases", "/v1/reports", "/v1/consignments/C-9/paper-match"})
    CHECK(city.get(std::string(path) + "?known_at=1000000").says() == "422 known-at-unknown");
}

TEST_CASE("past: the receiver stays blind whenever it looks", "[api][past]") {
  City& city = traded_city();
  const std::string now = std::to_string(city.log_size() - 1);
  const Json seen = city.get("/v1/consignments/C-2?known_at=" + now, "officer-user-1").json();
  CHECK(seen["blind"] == true);
  CHECK(seen["lines"].at(0)["shipped"].is_null());
  CHECK(city.get("/v1/trace/consignments/C-2?as_of=2026-12-31", "officer-user-1").status == 403);
  // Of what it had not counted then, it learns nothing either, although it has counted since.
  const std::int64_t sent = city.get("/v1/consignments/C-1").json()["dispatched"].get<std::int64_t>();
  CHECK(city.get("/v1/consignments/C-1?known_at=" + std::to_string(sent), "officer-user-1").json()["blind"] == true);
}

TEST_CASE("past: a permit that has run out by now was in force then", "[api][past]") {
  City city;
  city.open_trade();
  city.go_to(*UtcTime::parse("2027-06-01T02:00:00.000Z"));
  CHECK(text(city.get("/v1/permits/B-1").json(), "state") == "expired");
  CHECK(text(city.get("/v1/permits/B-1?as_of=2026-03-31").json(), "state") == "issued");
}
