#pragma once

#include <optional>
#include <string>
#include <vector>

#include "city.h"

namespace property {

/// One kind of step of the generator: how often, what somebody would hand in now, and what follows from its acceptance.
/// A step of goods that is new gets a line in one of the lists below.
struct Operation {
  const char* name;
  int weight;
  /// Nothing when there is nothing to do it with.
  std::optional<Submission> (*make)(City&);
  void (*accepted)(City&, const Submission&) = nullptr;
};

std::vector<Operation> stock_operations();
std::vector<Operation> trade_operations();
std::vector<Operation> hospital_operations();

}  // namespace property
