#include <iostream>
#include <map>

#include "tools/cli/table.h"
#include "tools/demo_city/report.h"

namespace tools {
namespace {

struct Kind {
  std::string title;
  std::size_t open = 0, overdue = 0;
  std::string next;
};

std::map<std::string, Kind> open_kinds(Reading& api) {
  std::map<std::string, Kind> out;
  for (const Json& row : api.all("/v1/obligations?state=open")) {
    Kind& kind = out[row.value("kind", "")];
    if (row.at("title_zh").is_string()) kind.title = row.at("title_zh").get<std::string>();
    ++kind.open;
    kind.overdue += row.value("overdue", false);
    const std::string due = row.value("due", "");
    if (kind.next.empty() || due < kind.next) kind.next = due;
  }
  return out;
}

}  // namespace

void show_duties(Reading& api, Broken& broken) {
  heading("Open duties 待办");
  const auto kinds = open_kinds(api);
  Table table({"kind", "待办", "open", "overdue", "next due"});
  for (const auto& [name, kind] : kinds)
    table.add({name, kind.title, std::to_string(kind.open), std::to_string(kind.overdue),
               kind.next.empty() ? "-" : local_time(Json(kind.next))});
  table.print(std::cout);
  for (const char* kind : {"annual-report", "count-month", "monthly-report-np", "renew", "quarter-feedback"})
    broken.unless(kinds.contains(kind), std::string("somebody owes ") + kind);
  broken.unless(!kinds.contains("onboard") || kinds.at("onboard").open <= 4, "the city's own vehicles are registered");
}

}  // namespace tools
