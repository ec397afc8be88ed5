#include <catch2/catch.hpp>
#include <chrono>
#include <iostream>

#include "registry/log/submission.h"
#include "tests/api/city.h"

using namespace city;
using namespace registry;

namespace {

template <class F>
void timed(const std::string& what, F&& f) {
  const auto start = std::chrono::steady_clock::now();
  const std::string said = f();
  const auto end = std::chrono::steady_clock::now();
  std::cout << what << ": " << std::chrono::duration_cast<std::chrono::milliseconds>(end - start).count() << " ms, "
            << said << std::endl;
}

/// One entry after another, a gram used each, some weeks long.
void use_often(City& city, int entries) {
  constexpr int kBatch = 1'000;
  for (int done = 0; done < entries; done += kBatch) {
    std::vector<std::string> lines;
    for (int i = 0; i < kBatch; ++i) {
      const Submission entry = city.maker.make(city.now(), "use.record",
                                               {{"site", "S-maker-1"},
                                                {"lot", "LOT-1"},
                                                {"quantity", quantity("1", "g")},
                                                {"purpose", "乙酰化反应"},
                                                {"used_on", local_date(city.now()).str()}});
      city.maker.stored(entry);
      lines.push_back(format_submission(entry));
    }
    for (const auto& answer : city.registry().submit_all({lines.begin(), lines.end()})) REQUIRE(answer);
    city.go_to(city.now().plus_ms(std::int64_t{6} * 60 * 60 * 1000));
  }
}

std::string asked(City& city, const std::string& path) {
  Answer answer = city.get(path);
  int tries = 1;
  for (; answer.status == 503; ++tries) answer = city.get(path);
  REQUIRE(answer.status == 200);
  return std::to_string(answer.body.size()) + " bytes" +
         (tries > 1 ? ", asked " + std::to_string(tries) + " times" : "");
}

}  // namespace

TEST_CASE("reports and the past of a log of a hundred thousand entries", "[.][speed]") {
  City city;
  city.open_trade();
  timed("100,000 entries", [&] { return use_often(city, 100'000), std::to_string(city.log_size()) + " in the log"; });
  const std::string middle = "&known_at=" + std::to_string(city.log_size() / 2);
  timed("first look back, all entries folded", [&] { return asked(city, "/v1/balances?as_of=2026-12-31"); });
  timed("balances as of a day", [&] { return asked(city, "/v1/balances?as_of=2026-03-10"); });
  timed("balances known at the middle", [&] { return asked(city, "/v1/balances?where=site" + middle); });
  timed("one permit known at the middle", [&] { return asked(city, "/v1/permits/B-1?as_of=2026-12-31" + middle); });
  const std::string of_maker = "?period=2026&party=maker-1";
  for (const char* format : {"json", "csv", "xlsx"})
    timed(std::string("annual report, ") + format,
          [&] { return asked(city, "/v1/reports/annual" + of_maker + "&format=" + format); });
  timed("annual report known at the middle", [&] { return asked(city, "/v1/reports/annual" + of_maker + middle); });
  for (const char* format : {"csv", "xlsx"})
    timed(std::string("stock ledger of every move, ") + format,
          [&] { return asked(city, "/v1/reports/stock-ledger" + of_maker + "&format=" + format); });
  timed("city report", [&] { return asked(city, "/v1/reports/city?period=2026&region=36"); });
}
