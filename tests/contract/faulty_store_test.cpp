#include "tests/contract/faulty_store.h"

#include <catch2/catch.hpp>

#include "tests/contract/maker.h"
#include "tests/contract/samples.h"

using namespace registry;
using namespace contract;

namespace {

/// Begin, state, entry, move, balance, lot, checkpoint, advance, commit: what appending one entry does to a store.
int operations_of_an_append() {
  const auto place = make_place("sqlite");
  const auto store = place->create();
  SampleLog log(*store);
  FaultyStore counting(*store, 0, Strike::before);
  SampleLog(counting).append(1);
  return counting.count();
}

}  // namespace

TEST_CASE("whichever operation fails, an entry is there whole or not at all, and the store goes on") {
  const int operations = operations_of_an_append();
  CHECK(operations > 8);
  const auto strike = GENERATE(Strike::before, Strike::after);
  for (int n = 1; n <= operations; ++n) {
    INFO("operation " << n);
    const auto place = make_place("sqlite");
    const auto store = place->create();
    SampleLog(*store).append(2);
    FaultyStore faulty(*store, n, strike);
    CHECK_THROWS_AS((SampleLog(faulty).append(1), SampleLog(faulty).append(1)), StoreFault);
    const auto size = store->begin_read()->state().size;
    CHECK((size == 2 || (strike == Strike::after && size == 3) || n == operations));
    CHECK(store->begin_read()->entries(0, 10).size() == static_cast<std::size_t>(size));
    CHECK(store->begin_read()->checkpoint()->size == size);
    SampleLog(*store).append(1);
    CHECK(store->check_integrity() == std::vector<std::string>{});
  }
}
