#include <catch2/catch.hpp>
#include <functional>

#include "tests/api/rights_cells.h"
#include "tests/api/signed_in.h"

// Who may read what: role by resource by relation, over every route, against the real server. What is expected comes
// from the table as it stands in the file, read anew here.
using namespace city;

namespace {

/// A thing of the near party: where it is asked for, and what its answer holds. Of a list, an answer without it hides
/// the thing; of anything else, "not found" does.
struct Probe {
  std::string path, mark;
  bool is_list = false;
};

/// Somebody who asks. The things of the test are near: the party's own, carried by it, in the agency's region.
struct Asker {
  std::string role, name, party;
  bool near, bounded;
  std::function<Answer(const std::string&)> get;
};

/// A city in which there is something of each resource, all about maker-1, and carried by carrier-1.
struct MatrixCity {
  City city;
  Person near_agency, far_agency;
  std::string finding, own_entry;
  std::vector<std::unique_ptr<SignedIn>> people;
  std::vector<Asker> askers;

  MatrixCity() : near_agency(agency(city, "ps-px", "C", "360300")), far_agency(agency(city, "ps-jj", "C", "360400")) {
    trade();
    oversee();
    own_entry = std::to_string(must_be_maker_entry());
    finding = city.get("/v1/findings?party=maker-1").json()["data"].at(0)["id"].get<std::string>();
    ask_with_tokens();
    ask_with_keys();
  }

  void trade() {
    city.open_trade();
    city.sell("SALE-1", "20");
    city.dispatch("C-1", "SALE-1", "20");
    city.must(city.carrier, "transfer.carry",
              {{"consignment", "C-1"},
               {"vehicle", "赣J12345"},
               {"seals_intact", "yes"},
               {"lines", Json::array({{{"lot", "LOT-1"}, {"quantity", quantity("20")}}})}});
    city.must(city.maker, "permit.apply",
              {{"application", "A-9"},
               {"agency", "ps-px"},
               {"kind", "C23-BUY-1"},
               {"lines", Json::array({{{"substance", "CN2-02"}, {"quantity", quantity("7")}}})},
               {"purpose", "乙酰化反应"}});
    city.must(city.maker, "report.file",
              {{"kind", "stop"},
               {"about", "L-1"},
               {"happened_on", "2026-03-01"},
               {"hash", std::string(64, 'a')},
               {"at_index", 3}});
  }

  void oversee() {
    city.must(near_agency, "checkpoint.stop",
              {{"stop", "T-RED"},
               {"vehicle", "赣J00T09"},
               {"place", "东出口"},
               {"region", "360302"},
               {"paper", "not-needed"},
               {"consignment", "C-1"},
               {"lines", Json::array({{{"substance", "CN2-02"}, {"lot", "LOT-1"}, {"quantity", quantity("15")}}})}});
    city.must(city.police, "inspection.record",
              {{"inspection", "I-1"}, {"site", "S-maker-1"}, {"inspected_on", "2026-03-02"}, {"access", "given"}});
    city.must(city.police, "seizure.record",
              {{"seizure", "Z-1"},
               {"site", "S-maker-1"},
               {"lines", Json::array({{{"lot", "LOT-1"}, {"quantity", quantity("3")}}})},
               {"seized_on", "2026-03-02"},
               {"reason", "查扣"}});
    city.must(city.maker, "stock.count",
              {{"site", "S-maker-1"},
               {"lines", Json::array({{{"lot", "LOT-1"}, {"quantity", quantity("440")}}})},
               {"counted_on", "2026-03-02"}});
    city.open_border();
  }

  std::int64_t must_be_maker_entry() {
    const Json row = city.get("/v1/entries?party=maker-1&type=stock.count").json()["data"].at(0);
    return row["index"].get<std::int64_t>();
  }

  void ask_with_tokens() {
    const auto add = [&](const char* role, const std::string& token, bool near, bool bounded) {
      askers.push_back(
          {role, token, "", near, bounded, [this, token](const std::string& path) { return city.get(path, token); }});
    };
    for (const char* role : {"regulator", "bureau", "auditor", "operator"}) add(role, role, true, false);
    for (const char* role : {"regulator", "bureau"}) {
      add(role, std::string(role) + "-360300", true, true);
      add(role, std::string(role) + "-360400", false, true);
    }
  }

  void add_person(const char* role, std::unique_ptr<SignedIn> who, const std::string& party, bool near) {
    people.push_back(std::move(who));
    askers.push_back({role, std::string(role) + " of " + party, party, near, true,
                      [person = people.back().get()](const std::string& path) { return person->get(path); }});
  }

  void ask_with_keys() {
    const std::pair<const char*, const char*> of_units[] = {{"information-officer", "officer"},
                                                            {"responsible-person", "responsible"},
                                                            {"keeper", "keeper"},
                                                            {"pharmacist", "pharmacist"}};
    for (const auto& [duty, role] : of_units)
      for (Person* admin : {&city.maker, &city.other})
        add_person(role, std::make_unique<SignedIn>(city, *admin, duty), admin->party(), admin == &city.maker);
    for (Person* admin : {&city.carrier, &city.other})
      add_person("driver", std::make_unique<SignedIn>(city, *admin, "driver"), admin->party(), admin == &city.carrier);
    for (const char* duty : {"inspector", "issuer", "approver"})
      for (Person* admin : {&near_agency, &far_agency})
        add_person(duty, std::make_unique<SignedIn>(city, *admin, duty), admin->party(), admin == &near_agency);
  }

  /// For each operation that is not open. `subject` is whose things are asked for.
  std::map<std::string, Probe> probes(const std::string& subject) const {
    const std::string party = "/v1/parties/" + subject, site = "S-" + subject;
    const Person& owner = subject == "carrier-1" ? city.carrier : city.maker;
    return {{"listParties", {"/v1/parties", "\"" + subject + "\"", true}},
            {"getParty", {party, subject}},
            {"listSites", {party + "/sites", site}},
            {"getSite", {"/v1/sites/" + site, site}},
            {"listKeys", {party + "/keys", owner.key_id()}},
            {"listChains", {party + "/chains", owner.chain()}},
            {"getChain", {"/v1/chains/" + owner.chain(), subject}},
            {"getKey", {"/v1/keys/" + owner.key_id(), subject}},
            {"listPermits", {"/v1/permits", "\"L-1\"", true}},
            {"getPermit", {"/v1/permits/T-1", "T-1"}},
            {"getPermitStatement", {"/v1/permits/T-1/statement", "T-1"}},
            {"getPermitBundle", {"/v1/permits/T-1/bundle", "T-1"}},
            {"listApplications", {"/v1/applications", "A-9", true}},
            {"getApplication", {"/v1/applications/A-9", "A-9"}},
            {"listLots", {"/v1/lots", "LOT-1", true}},
            {"getLot", {"/v1/lots/LOT-1", "LOT-1"}},
            {"listBalances", {"/v1/balances", "LOT-1", true}},
            {"listConsignments", {"/v1/consignments", "\"C-1\"", true}},
            {"getConsignment", {"/v1/consignments/C-1", "C-1"}},
            {"matchPaper", {"/v1/consignments/C-1/paper-match", "C-1"}},
            {"listSales", {"/v1/sales", "SALE-1", true}},
            {"getSale", {"/v1/sales/SALE-1", "SALE-1"}},
            {"listEntries", {"/v1/entries?type=stock.count", "stock.count", true}},
            {"getEntry", {"/v1/entries/" + own_entry, "stock.count"}},
            {"getEntryPart", {"/v1/entries/" + own_entry + "/receipt", "tlog-proof"}},
            {"listObligations", {"/v1/obligations", "\"" + subject + "\"", true}},
            {"listFindings", {"/v1/findings", finding, true}},
            {"getFinding", {"/v1/findings/" + finding, finding}},
            {"getCaseBoard", {"/v1/case-board?party=maker-1", "\"count\""}},
            {"localiseFinding", {"/v1/findings/" + finding + "/localisation", "{"}},
            {"listStops", {"/v1/stops", "T-RED", true}},
            {"listInspections", {"/v1/inspections", "I-1", true}},
            {"listSeizures", {"/v1/seizures", "Z-1", true}},
            {"listBorderCases", {"/v1/border-cases", "PEN-1", true}},
            {"getBorderCase", {"/v1/border-cases/PEN-1", "PEN-1"}},
            {"traceLot", {"/v1/trace/lots/LOT-1", "LOT-1"}},
            {"getLotBundle", {"/v1/trace/lots/LOT-1/bundle", "LOT-1"}},
            {"traceConsignment", {"/v1/trace/consignments/C-1", "LOT-1"}},
            {"listMassBalances", {"/v1/mass-balance?party=maker-1", "CN2-02"}},
            {"getReport", {"/v1/reports/stock-ledger?party=maker-1&period=2026-03", "LOT-1"}},
            {"listReports", {"/v1/reports", "\"stop\"", true}},
            {"getCoverage", {"/v1/coverage?region=3603", "3603"}},
            {"listNamed", {"/v1/named?known=all", "\"region\"", true}},
            {"listAccesses", {"/v1/access-log", "\"" + subject + "\"", true}},
            {"getAccessLogHead", {"/v1/access-log/head", "hash"}},
            {"getStatus", {"/v1/status", "size"}},
            {"getMetrics", {"/metrics", "tallystick_"}}};
  }
};

/// By the relation of a cell, whether the asker sees what is near those who are near.
bool is_shown(const std::string& relation, const Asker& asker, const std::string& operation) {
  // Size and hash of the whole log of reads are nobody's data.
  if (operation == "getAccessLogHead") return true;
  return relation == "any" || asker.near || (relation == "region" && !asker.bounded);
}

/// What is wrong with the answer; empty when it is as the table says.
std::string fault_of(const Answer& answer, const Probe& probe, const std::string& relation, bool shown) {
  const std::string is = answer.says() + " for " + probe.path;
  const bool has_mark = answer.body.find(probe.mark) != std::string::npos;
  if (relation == "none") return answer.says() == "403 forbidden" ? "" : "not refused: " + is;
  if (shown) return answer.status == 200 && has_mark ? "" : "not shown: " + is;
  if (probe.is_list) return answer.status == 200 && !has_mark ? "" : "not left out: " + is;
  return answer.says() == "404 not-found" ? "" : "not hidden: " + is;
}

std::set<std::string> reads(City& city) {
  std::set<std::string> out;
  const Json document = city.get("/openapi.json").json();
  for (const auto& [path, methods] : document["paths"].items())
    for (const auto& [method, operation] : methods.items()) out.insert(text(operation, "operationId"));
  return out;
}

/// Who near things of the resource belong to, of those that a role of one party may see.
std::string subject_of(const std::string& role) { return role == "driver" ? "carrier-1" : "maker-1"; }

}  // namespace

TEST_CASE("Every cell of the rights, of each role by each resource, is as the table says on every route") {
  MatrixCity matrix;
  const Cells cells;
  // The border case is an exporter's: whoever is near by party is that exporter's own.
  Person exporter(City::kLedger, "exporter-1", "exporter");
  SignedIn at_the_border(matrix.city, exporter);
  std::set<std::pair<std::string, std::string>> tested;
  std::vector<std::string> faults;
  for (const std::string& operation : reads(matrix.city)) {
    // A stream never ends; what of it is shown to whom stands in its own test.
    if (cells.open.contains(operation) || operation == "streamChanges") continue;
    REQUIRE(cells.resource_of.contains(operation));
    const std::string& resource = cells.resource_of.at(operation);
    for (const Asker& asker : matrix.askers) {
      const auto probes = matrix.probes(subject_of(asker.role));
      INFO(operation);
      REQUIRE(probes.contains(operation));
      const Probe& probe = probes.at(operation);
      const std::string relation = cells.of(asker.role, resource);
      const bool is_exporters = resource == "border-case" && asker.near && !asker.party.empty() && relation == "own";
      const Answer answer = is_exporters ? at_the_border.get(probe.path) : asker.get(probe.path);
      const std::string fault = fault_of(answer, probe, relation, is_shown(relation, asker, operation));
      if (!fault.empty()) faults.push_back(operation + ", " + asker.name + " (" + relation + "): " + fault);
      tested.emplace(asker.role, resource);
    }
    CHECK(matrix.city.get(matrix.probes("maker-1").at(operation).path, "").says() == "401 unauthenticated");
  }
  CHECK(faults == std::vector<std::string>{});
  // Every role by every resource; what of "personal" is shown stands in the test of entries.
  std::set<std::string> roles;
  for (const auto& [cell, relation] : cells.relation) roles.insert(cell.first);
  for (const std::string& role : roles)
    for (const std::string& resource : cells.resources) {
      INFO(role << " " << resource);
      CHECK((resource == "personal" || resource == "stream" || tested.contains({role, resource})));
    }
}

namespace {

constexpr const char* kAgencies[] = {"PS", "DA", "MR", "HC", "EM", "CO", "CU"};

/// Somebody of an agency of the kind, for the region of maker-1.
struct Official {
  std::string kind, role;
  Person office;
  std::unique_ptr<SignedIn> person;

  Official(City& city, const char* agency_kind)
      : kind(agency_kind),
        // At a safety bureau everybody looks up.
        role(kind == "EM" ? "bureau" : "inspector"),
        office(agency(city, "office-" + kind, "C", "360300", kind)),
        person(std::make_unique<SignedIn>(city, office, "inspector")) {}
};

/// Shown whatever the goods are: they tell of units, keys and the work of agencies; and of findings that are about no
/// goods, which the case board counts too.
bool is_without_goods(const std::string& operation) {
  static const std::set<std::string> kOperations{
      "listParties", "getParty",    "listSites",       "getSite",     "listKeys",  "listChains",      "getChain",
      "getKey",      "listReports", "listObligations", "getCoverage", "listNamed", "listInspections", "getCaseBoard"};
  return kOperations.contains(operation);
}

/// The things of the matrix are of a precursor and of a producer, and its papers are for purchase and transport.
bool is_answered_for(const OfficeCell& office, const std::string& operation, const std::string& resource) {
  if (operation == "getCoverage" || operation == "listNamed") return true;
  if (office.has_units) return false;
  if (office.has_papers && (resource == "permit" || resource == "application")) return false;
  return is_without_goods(operation) || office.goods.contains("precursor");
}

std::string fault_of_office(const Answer& answer, const Probe& probe, bool has_part, bool shown) {
  const std::string is = answer.says() + " for " + probe.path;
  const bool has_mark = answer.status == 200 && answer.body.find(probe.mark) != std::string::npos;
  if (!has_part) return answer.says() == "403 forbidden" ? "" : "not refused: " + is;
  if (shown) return has_mark ? "" : "not shown: " + is;
  return answer.says() == "404 not-found" || (answer.status == 200 && !has_mark) ? "" : "not hidden: " + is;
}

}  // namespace

TEST_CASE("Every kind of agency sees of every resource what the table gives its office, on every route") {
  MatrixCity matrix;
  const Cells cells;
  const auto probes = matrix.probes("maker-1");
  std::set<std::pair<std::string, std::string>> tested;
  std::vector<std::string> faults;
  for (const char* kind : kAgencies) {
    const Official who(matrix.city, kind);
    for (const auto& [operation, probe] : probes) {
      const std::string& resource = cells.resource_of.at(operation);
      const OfficeCell* office = cells.office_of(kind, resource);
      const bool has_part = office && cells.of(who.role, resource) != "none";
      const bool shown = has_part && is_answered_for(*office, operation, resource);
      const std::string fault = fault_of_office(who.person->get(probe.path), probe, has_part, shown);
      if (!fault.empty()) faults.push_back(operation + ", " + kind + ": " + fault);
      tested.emplace(kind, resource);
    }
  }
  CHECK(faults == std::vector<std::string>{});
  for (const auto& [cell, office] : cells.office) {
    INFO(cell.first << " " << cell.second);
    CHECK((cell.second == "personal" || cell.second == "stream" || tested.contains(cell)));
  }
}

namespace {

/// A lot of each kind of goods: of narcotics in a hospital, all others at maker-1.
struct KindOfGoods {
  std::string kind, lot, substance;
  bool in_hospital = false;
};
const std::vector<KindOfGoods>& goods() {
  static const std::vector<KindOfGoods> all{{"precursor", "LOT-1", "CN2-02"},
                                            {"pharma-precursor", "LOT-PHARMA", "CN1-09"},
                                            {"medicine", "LOT-MEDICINE", "N-01", true},
                                            {"non-medical", "LOT-NP", "NP-001"}};
  return all;
}

void store(City& city, Person& owner, SignedIn& second, const KindOfGoods& each, const char* unit) {
  city.must(
      owner, "stock.open",
      {{"site", "S-" + owner.party()},
       {"lines", Json::array({{{"lot", each.lot}, {"substance", each.substance}, {"quantity", quantity("2", unit)}}})}},
      {&second.person()});
}

/// All kinds of goods in one region; the count of each finds half of it missing.
void fill_with_all_goods(City& city) {
  city.open_trade();
  Person hospital(City::kLedger, "hospital-1", "hospital");
  city.must(hospital, "party.register",
            {{"name", "萍乡医院"},
             {"kinds", Json::array({"hospital"})},
             {"uscc", "91360300MA35K00029"},
             {"region", "360302"},
             {"address", "安源区一号"},
             {"key", hospital.key_json()}});
  city.must(city.police, "party.verify", {{"party", "hospital-1"}, {"method", "in-person"}});
  city.must(hospital, "site.add",
            {{"site", "S-hospital-1"}, {"name", "药库"}, {"kind", "store"}, {"region", "360302"}, {"address", "一号"}});
  SignedIn second(city, city.maker, "keeper"), nurse(city, hospital, "keeper");
  for (const KindOfGoods& each : goods()) {
    Person& owner = each.in_hospital ? hospital : city.maker;
    SignedIn& other = each.in_hospital ? nurse : second;
    const bool weighed_in_kg = each.kind.ends_with("precursor");
    if (each.lot != "LOT-1") store(city, owner, other, each, weighed_in_kg ? "kg" : "g");
    city.must(owner, "stock.count",
              {{"site", "S-" + owner.party()},
               {"lines", Json::array({{{"lot", each.lot}, {"quantity", quantity("1", weighed_in_kg ? "kg" : "g")}}})},
               {"counted_on", "2026-03-02"}},
              {&other.person()});
  }
}

/// Ids of the rows of a list, asked for one row a page.
std::set<std::string> paged(SignedIn& who, const std::string& path, const char* member) {
  std::set<std::string> out;
  std::string cursor;
  for (int page = 0; page < 50; ++page) {
    const Json answer = who.get(path + "?limit=1" + (cursor.empty() ? "" : "&cursor=" + cursor)).json();
    // A page is never empty while there is another: what is not shown was cut away before the page was.
    CHECK((answer["data"].size() == 1 || !answer["has_more"].get<bool>()));
    for (const Json& row : answer["data"]) out.insert(text(row, member));
    if (!answer["has_more"].get<bool>()) break;
    cursor = text(answer, "next_cursor");
  }
  return out;
}

}  // namespace

TEST_CASE("A kind of agency sees the goods of its office and no others, in lists, one by one and in traces") {
  City city;
  fill_with_all_goods(city);
  const Cells cells;
  CHECK(cells.kinds_of_goods.size() == goods().size());
  for (const char* kind : kAgencies) {
    const Official who(city, kind);
    const OfficeCell* office = cells.office_of(kind, "stock");
    const bool has_part = office && cells.of(who.role, "stock") != "none";
    std::set<std::string> lots, substances;
    for (const KindOfGoods& each : goods()) {
      INFO(kind << " and " << each.kind);
      const bool shown = has_part && office->goods.contains(each.kind) && (!office->has_units || each.in_hospital);
      const std::string expected = shown ? "200 " : has_part ? "404 not-found" : "403 forbidden";
      CHECK(who.person->get("/v1/lots/" + each.lot).says() == expected);
      CHECK(who.person->get("/v1/trace/lots/" + each.lot).says() == expected);
      if (shown) lots.insert(each.lot), substances.insert(each.substance);
    }
    if (!has_part) continue;
    INFO(kind);
    CHECK(paged(*who.person, "/v1/lots", "id") == lots);
    CHECK(paged(*who.person, "/v1/balances", "lot") == lots);
    std::set<std::string> of_findings = paged(*who.person, "/v1/findings", "lot");
    // One that is about no goods is everybody's.
    of_findings.erase("");
    CHECK(of_findings == lots);
    const Json board = who.person->get("/v1/case-board").json();
    std::set<std::string> missing;
    for (const Json& sum : board["missing"]) missing.insert(text(sum, "substance"));
    CHECK(missing == substances);
    for (const KindOfGoods& each : goods()) {
      const std::string party = each.in_hospital ? "hospital-1" : "maker-1";
      const std::string report =
          who.person->get("/v1/reports/stock-ledger?period=2026-03&format=csv&party=" + party).body;
      CHECK((report.find(each.lot) != std::string::npos) == lots.contains(each.lot));
    }
  }
}

TEST_CASE("Who names an open case of the agency sees what it touches elsewhere, until it is closed") {
  City city;
  city.open_trade();
  city.sell("SALE-1", "20");
  city.dispatch("C-1", "SALE-1", "20");
  city.count("C-1", "15");
  Person office = agency(city, "ps-px", "C", "360300"), elsewhere = agency(city, "ps-jj", "C", "360400");
  SignedIn who(city, office, "inspector"), stranger(city, elsewhere, "inspector");
  const Json finding = who.get("/v1/findings").json()["data"].at(0);
  const std::string id = text(finding, "id");
  const auto shown = [](SignedIn& reader, const std::string& purpose) {
    reader.link().set_header("Tallystick-Purpose", purpose);
    return reader.get("/v1/parties/user-1").status == 200;
  };
  // user-1 is in another city, and as long as the agency has not taken the matter up it is no case of its.
  CHECK_FALSE(shown(who, "routine"));
  CHECK_FALSE(shown(who, "case " + id));
  city.must(office, "finding.close",
            {{"finding", id}, {"verdict", "transferred"}, {"statement", "立案侦查"}, {"case", "PX-2026-7"}});
  CHECK(shown(who, "case " + id));
  CHECK(shown(who, "case PX-2026-7"));
  CHECK(paged(who, "/v1/parties", "id").contains("user-1"));
  CHECK_FALSE(shown(who, "case PX-2026-8"));
  CHECK_FALSE(shown(who, "inspection PX-2026-7"));
  CHECK_FALSE(paged(who, "/v1/parties", "id").contains("user-1"));
  CHECK_FALSE(shown(stranger, "case PX-2026-7"));
  // Only what the case touches.
  who.link().set_header("Tallystick-Purpose", "case PX-2026-7");
  CHECK(who.get("/v1/parties/em-jx").says() == "404 not-found");
  CHECK(who.get("/v1/trace/lots/LOT-1").status == 200);
  CHECK(who.get("/v1/consignments/C-1").status == 200);
  city.must(city.user, "finding.explain", {{"finding", id}, {"cause", "leakage"}, {"statement", "桶盖渗漏"}});
  city.must(office, "finding.close", {{"finding", id}, {"verdict", "accepted"}, {"statement", "经核实"}});
  CHECK_FALSE(shown(who, "case " + id));
  CHECK_FALSE(shown(who, "case PX-2026-7"));
}
