#include <algorithm>

#include "registry/rules/pack_parts.h"

namespace registry {
namespace {

constexpr int kFriday = 5;

Deadline read_deadline(const JsonNode& node) {
  node.only({"rule", "name", "name_zh", "days", "working_days", "article", "confidence", "valid_from", "valid_to"});
  const RuleHead head = read_rule_head(node);
  Deadline out;
  out.rule = node.text("rule");
  out.name_en = node.text("name");
  out.name_zh = node.text("name_zh");
  out.days = static_cast<int>(node.integer("days"));
  out.working_days = node.flag_or("working_days", false);
  out.article = head.article;
  out.confidence = head.confidence;
  out.valid_from = head.valid_from;
  out.valid_to = head.valid_to;
  return out;
}

std::vector<Date> read_days(const JsonNode& node, std::string_view name) {
  std::vector<Date> out;
  for (const std::string& text : node.texts(name)) {
    const auto date = Date::parse(text);
    if (!date) node.fail("no date " + text);
    out.push_back(*date);
  }
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace

std::vector<Deadline> load_deadlines(const JsonNode& pack) {
  std::vector<Deadline> out;
  for (const JsonNode& node : pack.elements("deadlines")) {
    out.push_back(read_deadline(node));
    for (std::size_t i = 0; i + 1 < out.size(); ++i)
      if (out[i].rule == out.back().rule) node.fail("a second deadline " + out[i].rule);
  }
  return out;
}

WorkCalendar load_calendar(const JsonNode& pack) {
  const JsonNode node = pack.member("calendar");
  node.only({"closed", "worked", "article", "confidence", "valid_from", "valid_to"});
  read_rule_head(node);
  return {read_days(node, "closed"), read_days(node, "worked")};
}

bool WorkCalendar::is_working(Date day) const {
  if (std::binary_search(closed.begin(), closed.end(), day)) return false;
  return day.weekday() <= kFriday || std::binary_search(worked.begin(), worked.end(), day);
}

}  // namespace registry
