#include "registry/rules/goods.h"

#include <algorithm>

namespace registry {
namespace {

bool contains(const std::vector<std::string>& list, std::string_view value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

/// One of the codes, which commas join, is `code`.
bool has_code(std::string_view codes, std::string_view code) {
  for (std::size_t from = 0; from <= codes.size();) {
    const std::size_t comma = std::min(codes.find(',', from), codes.size());
    if (codes.substr(from, comma - from) == code) return true;
    from = comma + 1;
  }
  return false;
}

bool allows(const std::vector<std::string>& list, std::string_view value) {
  return list.empty() || contains(list, value);
}

}  // namespace

bool GoodsScope::takes(const Substance& substance) const {
  if (!substances.empty()) return contains(substances, substance.code);
  return contains(classes, substance.cls) && (pharma.empty() || (pharma == "yes") == substance.pharma);
}

bool GoodsRules::needs_two_persons(const Substance& substance, Act act) const {
  return std::any_of(two_persons.begin(), two_persons.end(), [&](const TwoPersons& rule) {
    return rule.scope.takes(substance) && std::find(rule.acts.begin(), rule.acts.end(), act) != rule.acts.end();
  });
}

bool GoodsRules::needs_two_persons(const Substance& substance) const {
  return std::any_of(two_persons.begin(), two_persons.end(),
                     [&](const TwoPersons& rule) { return rule.scope.takes(substance); });
}

const Approval* GoodsRules::approval(const Substance& substance, std::string_view step, Date on) const {
  for (const Approval& rule : approvals)
    if (rule.source.in_force(on) && rule.scope.takes(substance) && contains(rule.steps, step)) return &rule;
  return nullptr;
}

const Salt* GoodsRules::salt(std::string_view substance, std::string_view code) const {
  const auto at = std::find_if(salts.begin(), salts.end(),
                               [&](const Salt& salt) { return salt.substance == substance && salt.code == code; });
  return at == salts.end() ? nullptr : &*at;
}

const PrescriptionLimit* GoodsRules::prescription_limit(const Substance& substance, std::string_view form,
                                                        std::string_view patient, Date on) const {
  for (const PrescriptionLimit& limit : prescription_limits)
    if (limit.source.in_force(on) && limit.scope.takes(substance) && allows(limit.forms, form) &&
        allows(limit.patients, patient))
      return &limit;
  return nullptr;
}

const Delivery* GoodsRules::delivery(const Substance& substance, std::string_view receiver_kinds, Date on) const {
  for (const Delivery& rule : deliveries)
    if (rule.source.in_force(on) && rule.scope.takes(substance) && has_code(receiver_kinds, rule.receiver_kind))
      return &rule;
  return nullptr;
}

const Retention* GoodsRules::retention(const Substance& substance, std::string_view document, Date on) const {
  for (const Retention& rule : retentions)
    if (rule.document == document && rule.source.in_force(on) && rule.scope.takes(substance)) return &rule;
  return nullptr;
}

const GoodsRule* GoodsRules::find(const std::vector<GoodsRule>& rules, const Substance& substance,
                                  std::string_view form, Date on) {
  for (const GoodsRule& rule : rules)
    if (rule.source.in_force(on) && rule.scope.takes(substance) && allows(rule.forms, form)) return &rule;
  return nullptr;
}

}  // namespace registry
