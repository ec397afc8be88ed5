#include <catch2/catch.hpp>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <iostream>
#include <random>

#include "ledger.h"
#include "registry/tracing/localisation.h"
#include "registry/tracing/mass_balance.h"
#include "registry/tracing/trace.h"
#include "registry/tracing/walk.h"

using namespace tracing_test;

namespace {

template <class F>
void timed(const std::string& what, F&& f) {
  const auto start = std::chrono::steady_clock::now();
  const std::clock_t busy = std::clock();
  const std::string said = f();
  const std::clock_t used = std::clock() - busy;
  const auto end = std::chrono::steady_clock::now();
  std::cout << what << ": " << used * 1'000'000 / CLOCKS_PER_SEC << " us busy, "
            << std::chrono::duration_cast<std::chrono::microseconds>(end - start).count() << " us in all, " << said
            << std::endl;
}

std::string size_of(const Trace& trace) {
  return std::to_string(trace.nodes.size()) + " nodes, " + std::to_string(trace.edges.size()) + " edges" +
         (trace.truncated ? ", truncated" : "");
}

/// Lots of 50 moves each among 2,000 sites; each is made from the one before, fifty in a row.
std::vector<std::vector<Move>> world(std::int64_t moves) {
  std::mt19937 random(7);
  const auto site = [&] { return "site:S-" + std::to_string(random() % 2'000); };
  std::vector<std::vector<Move>> out;
  std::string before, place;
  for (std::int64_t lot = 0; static_cast<std::int64_t>(out.size()) < moves; ++lot) {
    const std::string id = "L-" + std::to_string(lot);
    std::vector<Move> birth;
    if (lot % 50 != 0) birth.push_back({kAnhydride, before, place, "used", 1'000});
    place = lot % 50 != 0 ? place : site();
    birth.push_back({kAnhydride, id, "produced", place, 1'000'000});
    out.push_back(birth);
    for (int i = 0; i < 24; ++i) {
      const std::string road = "transit:C-" + std::to_string(out.size()), next = site();
      out.push_back({{kAnhydride, id, place, road, 500'000}});
      out.push_back({{kAnhydride, id, road, next, 500'000}});
      if (i % 6 == 5) out.push_back({{kAnhydride, id, next, "counted", 1'000}});
    }
    before = id;
  }
  return out;
}

}  // namespace

// Run by hand, optimised: MOVES=1000000 unit_tracing "[.speed]"
TEST_CASE("speed: a million moves", "[.speed]") {
  Ledger ledger;
  for (int i = 0; i < 2'000; ++i) ledger.site("S-" + std::to_string(i), "P-" + std::to_string(i % 500), "360302");
  timed("fill", [&] {
    ledger.quick_moves("SELLER", world(std::getenv("MOVES") ? std::atoll(std::getenv("MOVES")) : 1'000'000));
    return std::to_string(ledger.size()) + " entries";
  });
  // One commit of that size leaves a log that is slow to read; no server makes one.
  ledger.store().maintain();
  const auto reader = ledger.read();
  rules();
  MoveGraph graph;
  timed("load whole graph", [&] {
    graph.load_all(*reader);
    return std::to_string(graph.nodes()) + " nodes, " + std::to_string(graph.edges()) + " edges";
  });
  TraceLimits limits;
  for (const std::string lot : {"L-0", "L-10000", "L-19000"}) {
    timed("trace of " + lot + " by queries", [&] { return size_of(trace_lot(*reader, lot, limits)); });
    timed("trace of " + lot + " on the graph", [&] { return size_of(trace_lot(*reader, lot, limits, {}, &graph)); });
    limits.direction = TraceDirection::backwards;
  }
  for (const std::size_t nodes_max : {std::size_t{20'000}, std::size_t{10'000'000}}) {
    TraceLimits wide;
    wide.nodes_max = nodes_max;
    wide.edges_max = 10'000'000;
    timed("walk alone", [&] {
      Walk walk(graph, wide, [](const auto&) { return true; }, [](std::int64_t) { return true; });
      for (int lot = 0; lot < (nodes_max < 100'000 ? 400 : 20'000); ++lot)
        for (const auto node : graph.nodes_of("L-" + std::to_string(lot)))
          if (graph.is_outside(node)) walk.seed(node);
      walk.run();
      return std::to_string(walk.nodes().size()) + " nodes, " + std::to_string(walk.edges().size()) + " edges";
    });
  }
  const UtcTime late = ledger.now().plus_ms(-1'000'000);
  const auto balance = [&](const std::string& what, const MassBalanceQuery& query) {
    timed("balance " + what, [&] {
      return std::to_string(mass_balance(*reader, rules(), query).lines.size()) + " lines";
    });
  };
  balance("of a party", {BalanceScope::party, "P-7", {}, late});
  balance("of every party", {BalanceScope::party, {}, {}, late});
  balance("of every party, unproved", {BalanceScope::party, {}, {}, late, {INT64_MAX}, false});
  balance("of the ledger", {BalanceScope::ledger, {}, {}, late});
  for (const std::string site : {"S-7", "S-8"})
    timed("localise at " + site, [&] {
      return std::to_string(localise_stock(*reader, rules(), site, "L-7").has_value());
    });
  const std::string first = reader->moves(20, 1).front().move.from;
  timed("localise at " + first, [&] {
    const auto place = localise_stock(*reader, rules(), first.substr(first.find(':') + 1), "L-0");
    return place ? std::to_string(place->measurements.size()) + " measurements" : std::string("nothing");
  });
}
