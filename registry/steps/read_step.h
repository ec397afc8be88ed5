#pragma once

#include <memory>
#include <utility>

#include "registry/steps/payload.h"
#include "registry/steps/step.h"

namespace registry {

/// The parse function of a step whose constructor reads its members from a PayloadReader: refuses with all faults.
template <class S>
Result<std::unique_ptr<Step>> parse_step(const nlohmann::json& payload, const RulePack&) {
  PayloadReader in(payload);
  auto step = std::make_unique<S>(in);
  TRY(in.finish());
  return std::unique_ptr<Step>(std::move(step));
}

/// The same for a step that must know the rules to say which facts it needs; it keeps a reference to them.
template <class S>
Result<std::unique_ptr<Step>> parse_with_rules(const nlohmann::json& payload, const RulePack& rules) {
  PayloadReader in(payload);
  auto step = std::make_unique<S>(in, rules);
  TRY(in.finish());
  return std::unique_ptr<Step>(std::move(step));
}

}  // namespace registry
