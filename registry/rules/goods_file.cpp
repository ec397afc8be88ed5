#include <algorithm>
#include <charconv>

#include "registry/rules/csv.h"
#include "registry/rules/goods.h"
#include "registry/rules/pack_parts.h"

namespace registry {
namespace {

constexpr std::int64_t kTenThousand = 10'000;

RuleSource read_source(const JsonNode& node) {
  const RuleHead head = read_rule_head(node);
  return {node.text("rule"), head.article, head.confidence, head.valid_from, head.valid_to};
}

GoodsScope read_scope(const JsonNode& node, const std::vector<Substance>& substances) {
  GoodsScope scope{node.texts_or_none("classes"), node.texts_or_none("substances"), read_pharma(node)};
  if (scope.classes.empty() == scope.substances.empty()) node.fail("needs classes or substances, not both");
  for (const std::string& code : scope.substances)
    if (std::none_of(substances.begin(), substances.end(), [&](const Substance& s) { return s.code == code; }))
      node.fail("no substance " + code);
  return scope;
}

Act read_act(const JsonNode& node, const std::string& text) {
  if (text == "in") return Act::in;
  if (text == "out") return Act::out;
  if (text == "use") return Act::use;
  if (text == "count") return Act::count;
  if (text == "destroy") return Act::destroy;
  node.fail("no act " + text);
}

/// Reads the parts of one file.
class GoodsFile {
 public:
  GoodsFile(const JsonNode& node, const std::vector<Substance>& substances) : node_(node), substances_(substances) {}

  std::vector<TwoPersons> two_persons() const {
    return list<TwoPersons>("two_persons", [&](const JsonNode& node) {
      node.only({"rule", "acts", "classes", "substances", "pharma", "article", "confidence", "valid_from", "valid_to"});
      TwoPersons out{read_source(node), read_scope(node, substances_), {}};
      for (const std::string& act : node.texts("acts")) out.acts.push_back(read_act(node, act));
      return out;
    });
  }

  std::vector<Approval> approvals() const {
    return list<Approval>("approvals", [&](const JsonNode& node) {
      node.only({"rule", "steps", "first", "second", "classes", "substances", "pharma", "article", "confidence",
                 "valid_from", "valid_to"});
      return Approval{read_source(node), read_scope(node, substances_), node.texts("steps"), node.texts("first"),
                      node.texts("second")};
    });
  }

  std::vector<PrescriptionLimit> limits() const {
    return list<PrescriptionLimit>("prescription_limits", [&](const JsonNode& node) {
      node.only({"rule", "classes", "substances", "pharma", "forms", "patients", "days_max", "doses_max", "inside_only",
                 "reason_extends", "article", "confidence", "valid_from", "valid_to"});
      PrescriptionLimit out{read_source(node), read_scope(node, substances_), node.texts_or_none("forms"),
                            node.texts_or_none("patients")};
      out.days_max = node.integer_or("days_max", 0);
      out.doses_max = node.integer_or("doses_max", 0);
      out.inside_only = node.flag_or("inside_only", false);
      out.reason_extends = node.flag_or("reason_extends", false);
      return out;
    });
  }

  std::vector<Retention> retentions() const {
    return list<Retention>("retention", [&](const JsonNode& node) {
      node.only({"rule", "document", "name", "name_zh", "years", "from_expiry", "classes", "substances", "pharma",
                 "article", "confidence", "valid_from", "valid_to"});
      Retention out{read_source(node), read_scope(node, substances_), node.text("document"), node.text("name"),
                    node.text("name_zh")};
      out.years = static_cast<int>(node.integer("years"));
      out.from_expiry = node.flag_or("from_expiry", false);
      return out;
    });
  }

  std::vector<Delivery> deliveries() const {
    return list<Delivery>("deliveries", [&](const JsonNode& node) {
      node.only({"rule", "receiver_kind", "site_kinds", "classes", "substances", "pharma", "article", "confidence",
                 "valid_from", "valid_to"});
      return Delivery{read_source(node), read_scope(node, substances_), node.text("receiver_kind"),
                      node.texts("site_kinds")};
    });
  }

  std::vector<GoodsRule> rules(std::string_view name) const {
    return list<GoodsRule>(name, [&](const JsonNode& node) {
      node.only(
          {"rule", "forms", "classes", "substances", "pharma", "article", "confidence", "valid_from", "valid_to"});
      return GoodsRule{read_source(node), read_scope(node, substances_), node.texts_or_none("forms")};
    });
  }

  PrescriptionValidity validity() const {
    const JsonNode node = node_.member("prescription_validity");
    node.only({"rule", "days", "days_max", "article", "confidence", "valid_from", "valid_to"});
    return {read_source(node), node.integer("days"), node.integer("days_max")};
  }

  NumberRule number(std::string_view name) const {
    const JsonNode node = node_.member(name);
    node.only({"rule", "value", "article", "confidence", "valid_from", "valid_to"});
    return {read_source(node), node.integer("value")};
  }

 private:
  template <class T, class F>
  std::vector<T> list(std::string_view name, F&& read) const {
    std::vector<T> out;
    for (const JsonNode& node : node_.elements(name)) out.push_back(read(node));
    return out;
  }

  const JsonNode& node_;
  const std::vector<Substance>& substances_;
};

std::int64_t read_number(const CsvTable& table, std::size_t row, std::string_view column) {
  const std::string& text = table.at(row, column);
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number <= 0)
    table.fail(row, std::string(column) + " is no number");
  return number;
}

/// The factor follows from the weights, which are rounded to a hundredth themselves: off by more than one in its last
/// digit, one of the three is wrong.
void check_factor(const CsvTable& table, std::size_t row, const Salt& salt) {
  const std::int64_t base = read_number(table, row, "bases") * read_number(table, row, "base_weight");
  const std::int64_t whole = read_number(table, row, "salt_weight");
  const std::int64_t computed = (base * kTenThousand + whole / 2) / whole;
  if (computed - salt.factor > 1 || salt.factor - computed > 1)
    table.fail(row, "the factor is not that of the weights");
}

std::vector<Salt> load_salts(const std::vector<Substance>& substances) {
  const CsvTable table = CsvTable::load("data/salts.csv");
  std::vector<Salt> out;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    Salt salt{table.at(row, "substance"),        table.at(row, "salt"),
              table.at(row, "name_en"),          table.at(row, "name_zh"),
              read_number(table, row, "factor"), table.at(row, "confidence")};
    if (std::none_of(substances.begin(), substances.end(),
                     [&](const Substance& s) { return s.code == salt.substance; }))
      table.fail(row, "no substance " + salt.substance);
    for (const Salt& other : out)
      if (other.substance == salt.substance && other.code == salt.code) table.fail(row, "a second row for this salt");
    check_factor(table, row, salt);
    out.push_back(std::move(salt));
  }
  return out;
}

}  // namespace

GoodsRules load_goods(const JsonNode& node, const std::vector<Substance>& substances) {
  node.only({"two_persons", "approvals", "prescription_limits", "prescription_validity", "retention", "deliveries",
             "empties", "pharmacist", "never_retail", "not_to_minors", "residue_pieces_max", "instrument_ppm_max"});
  const GoodsFile file(node, substances);
  GoodsRules out;
  out.salts = load_salts(substances);
  out.two_persons = file.two_persons();
  out.approvals = file.approvals();
  out.prescription_limits = file.limits();
  out.prescription_validity = file.validity();
  out.retentions = file.retentions();
  out.deliveries = file.deliveries();
  out.empties = file.rules("empties");
  out.pharmacist = file.rules("pharmacist");
  out.never_retail = file.rules("never_retail");
  out.not_to_minors = file.rules("not_to_minors");
  out.residue_pieces_max = file.number("residue_pieces_max");
  out.instrument_ppm_max = file.number("instrument_ppm_max");
  return out;
}

}  // namespace registry
