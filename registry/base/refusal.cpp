#include "registry/base/refusal.h"

namespace registry {

Refusal refuse(std::string_view rule) { return {std::string(rule), {}, {}}; }

Refusal&& Refusal::with(std::string name, std::string value) && {
  facts.emplace_back(std::move(name), std::move(value));
  return std::move(*this);
}

Refusal&& Refusal::at(std::string pointer, std::string code, std::string detail) && {
  if (code.empty()) code = rule;
  fields.push_back({std::move(pointer), std::move(code), std::move(detail)});
  return std::move(*this);
}

}  // namespace registry
