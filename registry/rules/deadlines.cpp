#include "registry/rules/pack_parts.h"

namespace registry {
namespace {

Period read_period(const JsonNode& node) {
  const std::string word = node.text_or("period", "none");
  if (word == "none") return Period::none;
  if (word == "month") return Period::month;
  if (word == "quarter") return Period::quarter;
  if (word == "year") return Period::year;
  node.fail("no period " + word);
}

Deadline read_deadline(const JsonNode& node) {
  node.only({"rule", "name", "name_zh", "days", "working_days", "months", "period", "month", "day", "rolls", "article",
             "confidence", "valid_from", "valid_to", "note"});
  const RuleHead head = read_rule_head(node);
  Deadline out;
  out.rule = node.text("rule");
  out.name_en = node.text("name");
  out.name_zh = node.text("name_zh");
  out.days = static_cast<int>(node.integer_or("days", 0));
  out.working_days = node.flag_or("working_days", false);
  out.months = static_cast<int>(node.integer_or("months", 0));
  out.period = read_period(node);
  out.month = static_cast<int>(node.integer_or("month", 0));
  out.day = static_cast<int>(node.integer_or("day", 0));
  out.rolls = node.flag_or("rolls", false);
  out.article = head.article;
  out.confidence = head.confidence;
  out.valid_from = head.valid_from;
  out.valid_to = head.valid_to;
  return out;
}

/// A row says one thing: days, or months, or a day of a period.
void check_shape(const Deadline& d, const JsonNode& node) {
  const bool is_period = d.period != Period::none;
  const bool counts = d.days != 0 || d.months != 0 || d.working_days;
  if (d.days != 0 && d.months != 0) node.fail("days or months, not both");
  if (d.months != 0 && d.working_days) node.fail("months have no working days");
  if (is_period == (d.day == 0)) node.fail("a period and a day belong together");
  if (is_period && counts) node.fail("a day of a period, or days after an event");
  if ((d.period == Period::year) != (d.month != 0)) node.fail("a month belongs to a year");
  if (!is_period && !node.has("days") && !node.has("months")) node.fail("no time at all");
}

}  // namespace

void add_deadlines(const JsonNode& file, std::vector<Deadline>& out) {
  for (const JsonNode& node : file.elements("deadlines")) {
    out.push_back(read_deadline(node));
    check_shape(out.back(), node);
    check_versions(out, &Deadline::rule, node);
  }
}

}  // namespace registry
