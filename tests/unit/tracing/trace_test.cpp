#include "registry/tracing/trace.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "ledger.h"

using namespace tracing_test;

namespace {

std::set<std::string> places(const Trace& trace) {
  std::set<std::string> out;
  for (const TraceNode& node : trace.nodes) out.insert(node.lot + "@" + node.account);
  return out;
}

Trace forwards(Ledger& ledger, const std::string& lot, const std::string& site = {}) {
  return trace_lot(*ledger.read(), lot, {}, site);
}

Trace backwards(Ledger& ledger, const std::string& lot, const std::string& site = {}) {
  TraceLimits limits;
  limits.direction = TraceDirection::backwards;
  return trace_lot(*ledger.read(), lot, limits, site);
}

/// L-0 of MAKER goes round in three sites, one unit at a time.
void ring(Ledger& ledger, int rounds) {
  ledger.move("stock.open", "MAKER", {{kAnhydride, "L-0", "opening", "site:S-MAKER", 1000}});
  const std::string sites[] = {"site:S-MAKER", "site:S-SELLER", "site:S-BUYER"};
  for (int i = 0; i < rounds * 3; ++i)
    ledger.move("storage.move", "MAKER", {{kAnhydride, "L-0", sites[i % 3], sites[(i + 1) % 3], 1}});
}

const TraceEdge* edge_of(const Trace& trace, TraceEdgeKind kind) {
  const auto at = std::find_if(trace.edges.begin(), trace.edges.end(), [&](const auto& e) { return e.kind == kind; });
  return at == trace.edges.end() ? nullptr : &*at;
}

}  // namespace

TEST_CASE("trace: a lot split over three receivers is followed to each of them", "[tracing]") {
  Ledger ledger;
  ledger.move("stock.open", "SELLER", {{kAnhydride, "L-1", "opening", "site:S-SELLER", 30}});
  for (const std::string to : {"S-MAKER", "S-BUYER", "S-CARRIER"}) {
    ledger.move("transfer.dispatch", "SELLER", {{kAnhydride, "L-1", "site:S-SELLER", "transit:C-" + to, 10}});
    ledger.move("transfer.accept", "SELLER", {{kAnhydride, "L-1", "transit:C-" + to, "site:" + to, 10}});
  }
  const Trace trace = forwards(ledger, "L-1");
  CHECK(places(trace).contains("L-1@site:S-MAKER"));
  CHECK(places(trace).contains("L-1@site:S-BUYER"));
  CHECK(places(trace).contains("L-1@site:S-CARRIER"));
  CHECK(trace.nodes.size() == 8);
  CHECK(trace.edges.size() == 7);
  CHECK_FALSE(trace.truncated);
}

TEST_CASE("trace: a consignment names its papers, carrier and vehicle, and Chinese regions and plates stay as they are",
          "[tracing]") {
  Ledger ledger;
  trade(ledger);
  ledger.dispatch("C-1", "L-1", "10");
  const auto carried = ledger.carry("C-1", "L-1", "10");
  ledger.count("C-1", "L-1", "10");
  const auto accepted = ledger.accept("C-1");
  const Trace trace = trace_consignment(*ledger.read(), "C-1", {});
  REQUIRE(trace.edges.size() == 1);
  const TraceEdge& edge = trace.edges.front();
  CHECK(edge.kind == TraceEdgeKind::received);
  CHECK(edge.index == accepted);
  CHECK(edge.type == "transfer.accept");
  CHECK(edge.party == "BUYER");
  CHECK(edge.amount == 10 * kKg);
  CHECK(edge.vehicle == "赣J00T01");
  CHECK(edge.custodian == "CARRIER");
  CHECK(edge.purchase_permit == "GB-1");
  CHECK(edge.consignment == "C-1");
  const TraceNode& end = trace.nodes[edge.target];
  CHECK(end.site == "S-BUYER");
  CHECK(end.party == "BUYER");
  CHECK(end.region == "360323");
  CHECK(carried < accepted);
}

TEST_CASE("trace: a consignment is followed back to where its goods came from", "[tracing]") {
  Ledger ledger;
  trade(ledger);
  ledger.dispatch("C-1", "L-1", "10");
  TraceLimits limits;
  limits.direction = TraceDirection::backwards;
  const Trace trace = trace_consignment(*ledger.read(), "C-1", limits);
  CHECK(places(trace) == std::set<std::string>{"L-1@transit:C-1", "L-1@site:S-SELLER", "L-1@opening"});
}

TEST_CASE("trace: a product of two lots is followed back to both, and each lot on to the product", "[tracing]") {
  Ledger ledger;
  ledger.produce("IN-1", "10");
  ledger.produce("IN-2", "20");
  const auto made = ledger.produce("OUT-1", "25", line("IN-1", "10") + "," + line("IN-2", "15"));
  const Trace back = backwards(ledger, "OUT-1");
  CHECK(places(back).contains("IN-1@site:S-MAKER"));
  CHECK(places(back).contains("IN-2@produced"));
  const TraceEdge* tie = edge_of(back, TraceEdgeKind::made_into);
  REQUIRE(tie);
  CHECK(tie->index == made);
  CHECK(tie->amount == 10 * kKg);
  CHECK(back.nodes[tie->target].lot == "OUT-1");
  CHECK(places(forwards(ledger, "IN-2")).contains("OUT-1@site:S-MAKER"));
  CHECK_FALSE(places(forwards(ledger, "IN-2")).contains("IN-1@site:S-MAKER"));
}

TEST_CASE("trace: goods that go round end the trace", "[tracing]") {
  Ledger ledger;
  ring(ledger, 20);
  const Trace trace = forwards(ledger, "L-0");
  CHECK(trace.nodes.size() == 4);
  CHECK(trace.edges.size() == 61);
  CHECK_FALSE(trace.truncated);
  CHECK(backwards(ledger, "L-0").edges.size() == 61);
}

TEST_CASE("trace: what left a site before the goods came there is not theirs", "[tracing]") {
  Ledger ledger;
  ledger.move("stock.open", "SELLER", {{kAnhydride, "L-1", "opening", "site:S-SELLER", 30}});
  ledger.move("storage.move", "SELLER", {{kAnhydride, "L-1", "site:S-SELLER", "site:S-BUYER", 10}});
  ledger.move("storage.move", "SELLER", {{kAnhydride, "L-1", "site:S-BUYER", "site:S-CARRIER", 5}});
  ledger.move("transfer.dispatch", "SELLER", {{kAnhydride, "L-1", "site:S-SELLER", "transit:C-1", 5}});
  ledger.add(ConsignmentLine{"C-1", "001", "L-1", kAnhydride, 5, kNone, kNone});
  ledger.move("transfer.accept", "BUYER", {{kAnhydride, "L-1", "transit:C-1", "site:S-BUYER", 5}});
  const Trace trace = trace_consignment(*ledger.read(), "C-1", {});
  CHECK(places(trace) == std::set<std::string>{"L-1@transit:C-1", "L-1@site:S-BUYER"});
}

TEST_CASE("trace: a shortage here is not the surplus there", "[tracing]") {
  Ledger ledger;
  ledger.move("stock.open", "SELLER", {{kAnhydride, "L-1", "opening", "site:S-SELLER", 30}});
  ledger.move("stock.count", "SELLER", {{kAnhydride, "L-1", "site:S-SELLER", "counted", 10}});
  ledger.move("stock.count", "BUYER", {{kAnhydride, "L-1", "counted", "site:S-BUYER", 10}});
  CHECK_FALSE(places(forwards(ledger, "L-1", "S-SELLER")).contains("L-1@site:S-BUYER"));
}

TEST_CASE("trace: sees only what was known, and what had happened by the authors' clocks", "[tracing]") {
  Ledger ledger;
  ledger.move("stock.open", "SELLER", {{kAnhydride, "L-1", "opening", "site:S-SELLER", 30}});
  const auto early = ledger.move("storage.move", "SELLER", {{kAnhydride, "L-1", "site:S-SELLER", "site:S-BUYER", 10}});
  const UtcTime between = ledger.now();
  ledger.wait(3'600'000);
  ledger.claim(between.plus_ms(-1'000));
  ledger.move("storage.move", "SELLER", {{kAnhydride, "L-1", "site:S-BUYER", "site:S-CARRIER", 5}});
  ledger.claim({});
  ledger.move("storage.move", "SELLER", {{kAnhydride, "L-1", "site:S-SELLER", "site:S-MAKER", 1}});
  TraceLimits limits;
  limits.known_at = early;
  CHECK(trace_lot(*ledger.read(), "L-1", limits).edges.size() == 2);
  limits = {};
  limits.as_of = between;
  const Trace happened = trace_lot(*ledger.read(), "L-1", limits);
  CHECK(places(happened).contains("L-1@site:S-CARRIER"));
  CHECK_FALSE(places(happened).contains("L-1@site:S-MAKER"));
  limits.known_at = early;
  CHECK_FALSE(places(trace_lot(*ledger.read(), "L-1", limits)).contains("L-1@site:S-CARRIER"));
  limits = {};
  limits.known_at = -1;
  CHECK(trace_lot(*ledger.read(), "L-1", limits).nodes.empty());
}

TEST_CASE("trace: says so when a limit cuts it short", "[tracing]") {
  Ledger ledger;
  ring(ledger, 3);
  TraceLimits limits;
  limits.nodes_max = 2;
  const Trace few = trace_lot(*ledger.read(), "L-0", limits);
  CHECK(few.truncated);
  CHECK(few.nodes.size() == 2);
  limits = {};
  limits.hops_max = 1;
  CHECK(trace_lot(*ledger.read(), "L-0", limits).truncated);
  limits = {};
  limits.edges_max = 3;
  CHECK(trace_lot(*ledger.read(), "L-0", limits).edges.size() == 3);
}

TEST_CASE("trace: a correction is shown beside what it corrects", "[tracing]") {
  Ledger ledger;
  const auto made = ledger.produce("L-9", "10");
  const auto moved = ledger.move("entry.correct", "MAKER", {{kAnhydride, "L-9", "site:S-MAKER", "produced", 10 * kKg},
                                                            {kAnhydride, "L-9", "produced", "site:S-MAKER", 9 * kKg}});
  ledger.add(Correction{"000000000" + std::to_string(made), moved});
  ledger.move("storage.move", "MAKER", {{kAnhydride, "L-9", "site:S-MAKER", "site:S-BUYER", 1}});
  const Trace trace = forwards(ledger, "L-9");
  REQUIRE(trace.edges.size() == 4);
  CHECK(trace.edges[0].corrected_by == moved);
  CHECK(trace.edges[1].type == "entry.correct");
  CHECK(trace.edges[3].corrected_by == kNone);
}

TEST_CASE("trace: nothing comes of a lot that never moved", "[tracing]") {
  Ledger ledger;
  trade(ledger);
  CHECK(forwards(ledger, "").nodes.empty());
  CHECK(forwards(ledger, "NO-SUCH").nodes.empty());
  CHECK(backwards(ledger, "L-1", "S-BUYER").nodes.empty());
  CHECK(trace_consignment(*ledger.read(), "NO-SUCH", {}).nodes.empty());
}

TEST_CASE("trace: a whole graph gives the same answers, and grows with the log", "[tracing]") {
  Ledger ledger;
  ledger.produce("IN-1", "10");
  MoveGraph graph;
  graph.load_all(*ledger.read());
  ledger.produce("OUT-1", "25", line("IN-1", "10"));
  ledger.move("storage.move", "MAKER", {{kAnhydride, "OUT-1", "site:S-MAKER", "site:S-BUYER", 1}});
  graph.load_all(*ledger.read());
  CHECK(graph.edges() == 5);
  for (const TraceDirection direction : {TraceDirection::forwards, TraceDirection::backwards}) {
    TraceLimits limits;
    limits.direction = direction;
    for (const std::string lot : {"IN-1", "OUT-1"}) {
      const auto reader = ledger.read();
      const Trace whole = trace_lot(*reader, lot, limits, {}, &graph), small = trace_lot(*reader, lot, limits);
      CHECK(places(whole) == places(small));
      CHECK(whole.edges.size() == small.edges.size());
    }
  }
}
