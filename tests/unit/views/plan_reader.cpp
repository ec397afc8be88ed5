#include "tests/unit/views/plan_reader.h"

namespace views {

std::string PlanReader::plan() const {
  std::string out;
  for (const std::string& step : plan_) out += step + "\n";
  return out;
}

std::string PlanReader::slow_steps() {
  std::string out;
  for (const std::string& step : plan_) {
    // A walk along an index that begins at the page's key ends with the page.
    const bool scans = step.starts_with("SCAN ") && step.find("USING INDEX") == step.npos;
    if (scans || step.find("TEMP B-TREE") != step.npos) out += step + "\n";
  }
  plan_.clear();
  return out;
}

}  // namespace views
