#include <iostream>

#include "tools/cli/table.h"
#include "tools/demo_city/report.h"
#include "tools/demo_city/two_way.h"

namespace tools {

void show_two_way(Reading& api, Broken& broken) {
  heading("Two-way checks at the border 进出口双向核查");
  for (const std::string id : {kExportCase, kImportCase}) {
    const Json one = api.get("/v1/border-cases/" + id);
    std::cout << "  " << id << " " << one.value("direction", "") << ", " << one.value("country", "") << ", state "
              << one.value("state", "") << '\n';
    Table table({"entry", "document", "by", "amount", "answer"});
    for (const Json& document : one.at("documents"))
      table.add({std::to_string(document.at("seq").get<std::int64_t>()), document.value("kind", ""),
                 document.value("party", ""), amount_text(document.at("amount")), document.value("answer", "")});
    table.print(std::cout);
    const bool is_export = id == kExportCase;
    broken.unless(one.value("state", "") == (is_export ? "confirmed" : "arrived") && one.at("differences").empty() &&
                      one.at("findings").empty(),
                  "the two-way check " + id + " ends without a difference");
  }
}

}  // namespace tools
