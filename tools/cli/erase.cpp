#include <nlohmann/json.hpp>

#include "tools/cli/options.h"
#include "tools/cli/submit.h"

namespace tools {

using Json = nlohmann::json;

int run_erase(const EraseOptions& options) {
  Json payload = {{"entry", options.entry}, {"ground", options.ground}, {"values", Json::array()}};
  if (!options.remark.empty()) payload["remark"] = options.remark;
  for (const std::int64_t n : options.values) payload["values"].push_back({{"n", n}});
  SubmitOptions submit = options.as;
  submit.type = "personal.erase";
  return submit_payload(submit, payload);
}

}  // namespace tools
