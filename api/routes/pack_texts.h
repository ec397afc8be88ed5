#pragma once

#include "api/http/refusal_texts.h"
#include "registry/rules/pack.h"

namespace api {

/// The rule pack's sentences for the gateway. Borrows the pack.
class PackTexts : public RefusalTexts {
 public:
  explicit PackTexts(const registry::RulePack& rules) : rules_(rules) {}
  std::optional<RefusalText> find(std::string_view rule) const override;
  std::optional<FieldText> find_field(std::string_view code) const override;

 private:
  const registry::RulePack& rules_;
};

}  // namespace api
