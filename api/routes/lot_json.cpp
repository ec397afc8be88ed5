#include "api/routes/lot_json.h"

#include <nlohmann/json.hpp>

#include "api/routes/row_json.h"
#include "registry/domain/quantity.h"
#include "registry/rules/goods.h"
#include "registry/views/select.h"
#include "registry/views/stock.h"

namespace api {

using namespace registry;

namespace {

__extension__ typedef unsigned __int128 Wide;

constexpr std::int64_t kMillion = 1'000'000;
constexpr std::size_t kPpmDigits = 6;

/// amount * ppm / 1,000,000 in decimals, nothing rounded.
std::string exact_share(std::int64_t amount, std::int64_t ppm) {
  const Wide product = static_cast<Wide>(amount) * static_cast<Wide>(ppm);
  std::string rest = std::to_string(static_cast<std::uint64_t>(product % kMillion));
  rest.insert(0, kPpmDigits - rest.size(), '0');
  while (!rest.empty() && rest.back() == '0') rest.pop_back();
  const std::string whole = std::to_string(static_cast<std::uint64_t>(product / kMillion));
  return rest.empty() ? whole : whole + "." + rest;
}

/// Null while it cannot be told: the lot has no expiry, or nothing moved it yet.
Json keep_until(const Retention& rule, const Lot& lot, const std::optional<Date>& last) {
  if (rule.from_expiry && lot.expiry == Date{}) return {};
  if (!rule.from_expiry && !last) return {};
  return (rule.from_expiry ? lot.expiry : *last).plus_months(12 * rule.years).str();
}

}  // namespace

const char* const kPackSchema =
    R"({"type":["object","null"],"properties":{"form":{"type":"string"},"salt":{"type":"string"},"strength":{"type":"object"},"factor":{"type":"integer","description":"Base by salt, ten-thousandths."},"piece":{"type":"object"},"per_strip":{"type":["integer","null"]},"per_box":{"type":["integer","null"]},"code":{"type":"string"}}})";
const char* const kRetentionSchema =
    R"({"type":"array","items":{"type":"object","properties":{"document":{"type":"string"},"name":{"type":"string"},"name_zh":{"type":"string"},"rule":{"type":"string"},"article":{"type":"string"},"confidence":{"type":"string"},"years":{"type":"integer"},"from":{"type":"string","enum":["expiry","last-entry"]},"keep_until":{"type":["string","null"],"format":"date"}}}})";
const char* const kPureSchema =
    R"({"type":"object","properties":{"value":{"type":"string"},"unit":{"type":"string","enum":["mg","ug"]}}})";

Json pack_json(Reader& reader, const Lot& lot, const RulePack& rules) {
  const auto pack = find_row<Pack>(reader, lot.id);
  if (!pack) return {};
  const auto level = [](std::int64_t pieces) { return pieces > 0 ? Json(pieces) : Json(); };
  return {{"form", pack->form},
          {"salt", pack->salt},
          {"strength", amount_json(pack->strength, rules, lot.substance)},
          {"factor", pack->factor},
          {"piece", amount_json(lot.piece, rules, lot.substance)},
          {"per_strip", level(lot.strip)},
          {"per_box", level(lot.box)},
          {"code", pack->code}};
}

Json retention_json(Reader& reader, const Lot& lot, const RulePack& rules, Date today) {
  Json out = Json::array();
  const Substance* substance = rules.substance(lot.substance);
  if (!substance) return out;
  const auto last = last_moved_on(reader, lot.id);
  for (const char* document : {"ledger", "sales-ledger", "register"}) {
    const Retention* rule = rules.goods().retention(*substance, document, today);
    if (!rule) continue;
    out.push_back({{"document", rule->document},
                   {"name", rule->name_en},
                   {"name_zh", rule->name_zh},
                   {"rule", rule->source.rule},
                   {"article", rule->source.article},
                   {"confidence", rule->source.confidence},
                   {"years", rule->years},
                   {"from", rule->from_expiry ? "expiry" : "last-entry"},
                   {"keep_until", keep_until(*rule, lot, last)}});
  }
  return out;
}

Json pure_json(std::int64_t amount, const Lot& lot, const RulePack& rules) {
  const Substance* substance = rules.substance(lot.substance);
  const BaseUnit unit = substance ? substance->unit : BaseUnit::mg;
  return {{"value", exact_share(amount, lot.purity_ppm)}, {"unit", registry::name(unit)}};
}

}  // namespace api
