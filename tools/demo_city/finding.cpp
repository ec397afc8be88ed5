#include <functional>
#include <iostream>
#include <map>

#include "tools/cli/table.h"
#include "tools/demo_city/report.h"

namespace tools {
namespace {

/// What the month leaves open, and nothing else.
const std::map<std::string, int> kExpected{{"loss-in-transit", 1}, {"loss-reported", 1}, {"seal-broken", 1}};

std::string joined(const Json& list, const std::function<std::string(const Json&)>& text) {
  std::string out;
  for (const Json& each : list) (out += out.empty() ? "" : ", ") += text(each);
  return out.empty() ? "-" : out;
}

std::string custodian_text(const Json& custodian) {
  return custodian.value("party", "") + " (" + custodian.value("role", "") +
         (custodian.value("liable", false) ? ", had the goods 保管人)" : ")");
}

std::string seal_text(const Json& seal) {
  const std::string numbers = seal.value("seals", "");
  return seal.value("state", "") + " by " + seal.value("party", "") + (numbers.empty() ? "" : " [" + numbers + "]");
}

void print_measurements(const Json& measurements) {
  std::vector<std::vector<std::string>> rows{{"entry", "time", "step", "signed by", "amount", "agrees"}};
  for (const Json& each : measurements)
    rows.push_back({std::to_string(each.at("index").get<std::int64_t>()), local_time(each.at("rtime")),
                    each.value("type", ""), each.value("party", ""), amount_text(each.at("amount")),
                    each.at("agrees").get<bool>() ? "yes" : "NO"});
  for (const std::size_t column : {0u, 4u}) align_right(rows, column);
  Table table(rows.front());
  for (std::size_t i = 1; i < rows.size(); ++i) table.add(rows[i]);
  table.print(std::cout);
}

std::string entry_time(Reading& api, const Json& index) {
  return local_time(api.get("/v1/entries/" + std::to_string(index.get<std::int64_t>())).at("rtime"));
}

void print_interval(Reading& api, const Json& where) {
  const Json &from = where.at("from_index"), &to = where.at("to_index");
  const auto party = [](const Json& each) { return each.get<std::string>(); };
  std::cout << "  interval 区间    after entry " << from << " (" << entry_time(api, from) << "), not after entry " << to
            << " (" << entry_time(api, to) << ")\n"
            << "  missing 短缺     " << amount_text(where.at("missing")) << ", between " << amount_text(where.at("lo"))
            << " and " << amount_text(where.at("hi")) << " by the tolerances of both scales\n"
            << "  custody 保管     " << joined(where.at("custodians"), custodian_text) << '\n'
            << "  vehicle 车辆     " << where.value("vehicle", "-") << '\n'
            << "  seals 封签       " << joined(where.at("seals"), seal_text) << '\n'
            << "  papers 证件      " << joined(where.at("permits"), party) << '\n';
}

std::map<std::string, int> kinds_of(const std::vector<Json>& findings) {
  std::map<std::string, int> kinds;
  for (const Json& finding : findings) ++kinds[finding.value("kind", "")];
  return kinds;
}

void print_all(const std::vector<Json>& findings) {
  Table table({"finding", "kind", "severity", "about", "what"});
  for (const Json& finding : findings)
    table.add({finding.value("id", ""), finding.value("kind", ""), finding.value("severity", ""),
               finding.value("subject", ""), finding.value("title_zh", "")});
  table.print(std::cout);
}

}  // namespace

void show_finding(Reading& api, const Story& story, Broken& broken) {
  heading("3. Findings of the month 异常, and where the goods went missing 流失定位");
  const auto findings = api.all("/v1/findings");
  print_all(findings);
  broken.unless(kinds_of(findings) == kExpected, "the month has the three findings of the theft and no other");
  for (const Json& finding : findings) {
    if (finding.value("kind", "") != "loss-in-transit") continue;
    const Json where = api.get("/v1/findings/" + finding.value("id", "") + "/localisation");
    std::cout << "\n  " << finding.value("id", "") << " about " << finding.value("subject", "") << '\n';
    print_measurements(where.at("measurements"));
    print_interval(api, where);
    broken.unless(where.value("subject", "") == "consignment:" + story.waybill &&
                      where.at("missing").at("amount").get<std::int64_t>() == 1'200'000,
                  "1.2 kg are missing in the consignment of the story");
  }
}

}  // namespace tools
