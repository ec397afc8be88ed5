#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "registry/views/duties.h"
#include "registry/views/entries.h"
#include "registry/views/movements.h"
#include "registry/views/parties.h"
#include "registry/views/permit_statement.h"
#include "registry/views/permits.h"
#include "registry/views/select.h"
#include "registry/views/stock.h"
#include "tests/unit/views/filled_store.h"
#include "tests/unit/views/plan_reader.h"

using namespace registry;
using views::PlanReader;

namespace {

constexpr std::int64_t kScale = 1'000;
const Date kToday = Date::of(2026, 3, 2);

Store& store() {
  static const auto made = views::filled_store(kScale);
  return *made;
}

/// All rows of a list, read in pages of `limit`.
template <class List>
auto all_of(List list, std::size_t limit) {
  Page page{limit, {}};
  auto found = list(page);
  auto rows = std::move(found.rows);
  for (int pages = 0; !found.next.empty() && pages < 10'000; ++pages) {
    page.after = found.next;
    found = list(page);
    REQUIRE(!found.rows.empty());
    REQUIRE(found.rows.size() <= limit);
    for (auto& row : found.rows) rows.push_back(std::move(row));
  }
  return rows;
}

template <class List, class Id>
void check_pages(List list, Id id_of, std::size_t expected) {
  const auto whole = all_of(list, 100'000), parts = all_of(list, 7);
  CHECK(whole.size() == expected);
  REQUIRE(whole.size() == parts.size());
  std::set<std::string> ids;
  for (std::size_t i = 0; i < whole.size(); ++i) {
    CHECK(id_of(whole[i]) == id_of(parts[i]));
    CHECK(ids.insert(id_of(whole[i])).second);
  }
}

}  // namespace

TEST_CASE("Pages by key give every row once and in order") {
  const auto reader = store().begin_read();
  const auto id = [](const auto& row) { return row.id; };
  check_pages([&](const Page& p) { return list_parties(*reader, {}, p); }, id, 100);
  check_pages([&](const Page& p) { return list_sales(*reader, {}, p); }, id, kScale);
  check_pages([&](const Page& p) { return list_findings(*reader, {}, p); }, id, kScale / 10);
  check_pages([&](const Page& p) { return list_obligations(*reader, {}, UtcTime{0}, p); }, id, kScale / 2);
  check_pages([&](const Page& p) { return list_consignments(*reader, {}, p); },
              [](const ConsignmentView& view) { return view.consignment.id; }, kScale);
  check_pages(
      [&](const Page& p) {
        return list_balances(*reader, {Whereabouts::transit, {}, {}, {}, {}}, p);
      },
      [](const Balance& row) { return row.account + row.lot; }, kScale / 2);
}

TEST_CASE("A party's consignments are those it sends, receives or carries, each once") {
  const auto reader = store().begin_read();
  const std::string party = "P-1000007";
  std::set<std::string> expected, found;
  for (const auto& view : all_of([&](const Page& p) { return list_consignments(*reader, {}, p); }, 5'000)) {
    const Consignment& c = view.consignment;
    if (c.sender == party || c.receiver == party || c.carrier == party) expected.insert(c.id);
  }
  const auto own = all_of([&](const Page& p) { return list_consignments(*reader, {party, {}}, p); }, 3);
  for (const auto& view : own) found.insert(view.consignment.id);
  CHECK(found == expected);
  CHECK(own.size() == expected.size());
  REQUIRE(own.size() > 10);
  for (std::size_t i = 1; i < own.size(); ++i) CHECK(own[i - 1].consignment.dispatched > own[i].consignment.dispatched);
  for (const auto& view : own) CHECK(view.lines.size() == 1);
}

TEST_CASE("A permit's state today follows from its row, its balances and the date") {
  const auto reader = store().begin_read();
  std::size_t all = 0;
  for (const PermitState state : {PermitState::issued, PermitState::partly_used, PermitState::used_up,
                                  PermitState::expired, PermitState::revoked, PermitState::closed}) {
    PermitFilter filter;
    filter.state = state;
    const auto found = all_of([&](const Page& p) { return list_permits(*reader, filter, kToday, p); }, 50);
    for (const PermitView& view : found) CHECK(view.state == state);
    all += found.size();
  }
  CHECK(all == kScale / 5);
  const auto one = find_permit(*reader, "B-1000005", kToday);
  REQUIRE(one);
  REQUIRE(one->amounts.size() == 1);
  CHECK(one->amounts[0].left == 600);
  CHECK(one->amounts[0].used == 400);
  CHECK(one->amounts[0].lapsed() == 0);
  CHECK(!find_permit(*reader, "B-none", kToday));
}

TEST_CASE("Overdue is what is open and past its time") {
  const auto reader = store().begin_read();
  const UtcTime now{1'000'000 + 500 * 1'000};
  ObligationFilter filter;
  filter.state = DutyState::overdue;
  const auto overdue = all_of([&](const Page& p) { return list_obligations(*reader, filter, now, p); }, 20);
  CHECK(overdue.size() == 250);
  for (const Obligation& row : overdue) CHECK((row.closed == kNone && row.due < now));
  filter.state = DutyState::closed;
  const auto closed = all_of([&](const Page& p) { return list_obligations(*reader, filter, now, p); }, 20);
  CHECK(closed.size() == kScale / 2);
  CHECK(std::is_sorted(closed.begin(), closed.end(), [](auto& a, auto& b) { return a.closed > b.closed; }));
}

TEST_CASE("What a name holds is looked for as it is written") {
  CHECK(like_part("50%_\\") == "%50\\%\\_\\\\%");
  const auto reader = store().begin_read();
  PartyFilter filter;
  filter.name = "位 99";
  CHECK(list_parties(*reader, filter, {}).rows.size() == 1);
  filter.name = "%";
  CHECK(list_parties(*reader, filter, {}).rows.empty());
  filter.name = "'; DROP TABLE party; --";
  CHECK(list_parties(*reader, filter, {}).rows.empty());
}

TEST_CASE("A page key of another shape is refused") {
  const auto reader = store().begin_read();
  CHECK_THROWS_AS(list_parties(*reader, {}, {10, {Value("P-1"), Value("P-2")}}), std::invalid_argument);
}

TEST_CASE("Every filter follows an index") {
  const auto below = store().begin_read();
  PlanReader reader(*below);
  const Page page{};
  const auto fast = [&](std::string_view what) {
    INFO(what << "\n" << reader.plan());
    CHECK(reader.slow_steps() == "");
  };
  list_entries(reader, {"P-1", "", "", 0}, page), fast("entries by party");
  list_entries(reader, {"", "sale.record", "", 0}, page), fast("entries by type");
  list_entries(reader, {"", "", "abc", 5}, page), fast("entries by chain");
  list_sites(reader, "P-1000001", page), fast("sites");
  list_keys(reader, "P-1000001", page), fast("keys");
  list_chains(reader, "P-1000001", page), fast("chains");
  list_permits(reader, {"B-10", "", "", "", "", "", {}}, kToday, page), fast("permits by number");
  list_permits(reader, {"", "P-1000001", "", "", "", "", {}}, kToday, page), fast("permits by holder");
  list_permits(reader, {"", "", "", "", "", "", PermitState::revoked}, kToday, page), fast("permits by status");
  list_permits(reader, {"", "", "", "", "赣C12345", "", {}}, kToday, page), fast("permits by vehicle");
  list_permits(reader, {"", "", "", "", "", "LOT-1000001", {}}, kToday, page), fast("permits by lot");
  list_lots(reader, {"CN3-01", "", ""}, page), fast("lots by substance");
  list_lots(reader, {"", "LOT-10", ""}, page), fast("lots by number");
  has_held_lot(reader, "LOT-1000001", "P-1000001"), fast("who held a lot");
  list_balances(reader, {Whereabouts::site, "", "S-1000001", "", ""}, page), fast("balances of a site");
  list_balances(reader, {Whereabouts::site, "P-1000001", "", "", ""}, page), fast("balances of a party");
  list_consignments(reader, {"P-1000001", {}}, page), fast("consignments of a party");
  list_consignments(reader, {"", ConsignmentState::dispatched}, page), fast("consignments by state");
  list_consignments(reader, {"", {}}, page), fast("consignments");
  uncounted_for(reader, "P-1000001"), fast("consignments on the road to a party");
  list_sales(reader, {"P-1000001", {}, ""}, page), fast("sales of a party");
  list_sales(reader, {"", {}, ""}, page), fast("sales");
  list_obligations(reader, {"P-1000001", "", DutyState::open, "", {}}, UtcTime{}, page), fast("obligations of a party");
  list_obligations(reader, {"", "", DutyState::overdue, "", {}}, UtcTime{}, page), fast("overdue obligations");
  list_obligations(reader, {"P-1000001", "", DutyState::closed, "", {}}, UtcTime{}, page),
      fast("closed obligations of a party");
  list_obligations(reader, {"", "", DutyState::closed, "", {}}, UtcTime{}, page), fast("closed obligations");
  list_findings(reader, {"P-1000001", "", "", "", "", "", {}, {}, "", ""}, page), fast("findings of a party");
  list_findings(reader, {"", "", "", "", "", "", FindingState::open, {}, "", ""}, page), fast("findings by state");
  list_findings(reader, {"", "", "", "", "", "", {}, {}, "", ""}, page), fast("findings");
  list_findings(reader, {"", "", "", "", "", "", {}, {}, "", "P-1000001"}, page), fast("findings that concern a party");

  // The moves of one permit are sorted, as they come along two indexes; nothing else is read.
  permit_statement(reader, "B-1000005", page);
  CHECK(reader.plan().find("move_by_source") != std::string::npos);
  CHECK(reader.plan().find("move_by_target") != std::string::npos);
  CHECK(reader.plan().find("SCAN") == std::string::npos);
}
