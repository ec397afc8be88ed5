#include <catch2/catch.hpp>
#include <chrono>
#include <cstdio>

#include "registry/views/duties.h"
#include "registry/views/movements.h"
#include "registry/views/parties.h"
#include "registry/views/permits.h"
#include "registry/views/stock.h"
#include "tests/unit/views/filled_store.h"

using namespace registry;

// Run by name: a million entries' worth of rows takes a while to fill.
TEST_CASE("Pages of a full registry come at once", "[.speed]") {
  const auto store = views::filled_store(300'000);
  const auto reader = store->begin_read();
  const Date today = Date::of(2026, 3, 2);
  const Page page{};
  const auto timed = [](const char* what, auto query) {
    query();
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < 5; ++i) query();
    const auto us = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - start);
    std::printf("%-40s %8.2f ms\n", what, static_cast<double>(us.count()) / 5'000.0);
    CHECK(us.count() / 5 < 100'000);
  };
  timed("parties by part of the name", [&] { list_parties(*reader, {"", "", {}, "29999"}, page); });
  timed("parties of a region", [&] { list_parties(*reader, {"", "3603", {}, ""}, page); });
  timed("permits by number", [&] { list_permits(*reader, {"B-12", "", "", "", "", "", {}}, today, page); });
  timed("permits of a holder", [&] { list_permits(*reader, {"", "P-1000001", "", "", "", "", {}}, today, page); });
  timed("permits of a substance, expired", [&] {
    list_permits(*reader, {"", "", "CN2-02", "", "", "", PermitState::expired}, today, page);
  });
  timed("one permit", [&] { find_permit(*reader, "B-1000005", today); });
  timed("lots of a party", [&] { list_lots(*reader, {"", "", "P-1000010"}, page); });
  timed("balances of a substance", [&] { list_balances(*reader, {Whereabouts::site, "", "", "CN3-04", ""}, page); });
  timed("consignments, first page", [&] { list_consignments(*reader, {}, page); });
  timed("consignments, in the middle", [&] { list_consignments(*reader, {}, {50, {std::int64_t{450'000}}}); });
  timed("consignments of a party", [&] { list_consignments(*reader, {"P-1000001", {}}, page); });
  timed("consignments dispatched", [&] { list_consignments(*reader, {"", ConsignmentState::dispatched}, page); });
  timed("sales of a party", [&] { list_sales(*reader, {"P-1000001", {}, ""}, page); });
  timed("sales disputed (none)", [&] { list_sales(*reader, {"", SaleState::disputed, ""}, page); });
  timed("obligations overdue", [&] {
    list_obligations(*reader, {"", "", DutyState::overdue, "", {}}, UtcTime{INT64_MAX}, page);
  });
  timed("findings open, high, of a region", [&] {
    list_findings(*reader, {"", "", "", "", "", "", FindingState::open, Severity::high, "1101", ""}, page);
  });
}
