#include <catch2/catch.hpp>
#include <chrono>
#include <thread>

#include "tests/contract/child.h"
#include "tests/contract/maker.h"
#include "tests/contract/samples.h"

using namespace registry;
using namespace contract;

// Run by the tests below, in a process of their own.

TEST_CASE("child: opens for writing", "[.child-open]") {
  const auto place = place_at("sqlite", Child::folder());
  try {
    place->open();
    Child::say("opened");
  } catch (const StoreFault& fault) {
    Child::say(fault.error() == StoreError::unavailable ? "refused" : fault.what());
  }
  place->open_read_only()->begin_read()->state();
  Child::say("read");
}

TEST_CASE("child: commits until it is killed", "[.child-commit]") {
  const auto store = place_at("sqlite", Child::folder())->open();
  SampleLog log(*store);
  for (;;) {
    log.append(3);
    Child::say(std::to_string(log.size()));
  }
}

TEST_CASE("a second process may read a store but not write to it") {
  const auto place = make_place("sqlite");
  auto store = place->create();
  {
    Child child("[.child-open]", place->folder());
    CHECK(child.line() == "refused");
    CHECK(child.line() == "read");
  }
  store.reset();
  Child child("[.child-open]", place->folder());
  CHECK(child.line() == "opened");
}

TEST_CASE("a process killed while it commits loses no commit that it spoke of and leaves none half done") {
  const auto place = make_place("sqlite");
  place->create().reset();
  std::int64_t size = 0;
  for (int cycle = 0; cycle < 8; ++cycle) {
    Child child("[.child-commit]", place->folder());
    for (int i = 0; i < 3; ++i) CHECK(child.line() != "");
    std::this_thread::sleep_for(std::chrono::milliseconds(cycle * 3));
    const auto said = child.kill();
    const auto store = place->open();
    const auto state = store->begin_read()->state();
    CHECK(state.size >= size + 9 + 3 * static_cast<std::int64_t>(said.empty() ? 0 : said.size() - 1));
    CHECK(state.size % 3 == 0);
    CHECK(store->begin_read()->checkpoint()->size == state.size);
    CHECK(store->begin_read()->index_of(sample_entry(state.size - 1).id) == state.size - 1);
    CHECK(store->check_integrity() == std::vector<std::string>{});
    size = state.size;
  }
}
