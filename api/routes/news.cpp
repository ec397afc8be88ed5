#include "api/routes/news.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "api/access/own.h"
#include "api/http/text.h"
#include "registry/base/ensure.h"
#include "registry/views/movements.h"
#include "registry/views/select.h"

namespace api {
namespace {

using namespace registry;
using nlohmann::json;

/// A row of `table` tells of the thing `kind` that its column names.
struct Source {
  std::string_view table, kind, column;
};
constexpr Source kSources[] = {{"party", "party", "id"},
                               {"officer", "party", "party"},
                               {"site", "site", "id"},
                               {"key", "key", "id"},
                               {"permit", "permit", "no"},
                               {"permit_line", "permit", "permit"},
                               {"application", "application", "id"},
                               {"application_line", "application", "application"},
                               {"sale", "sale", "id"},
                               {"consignment", "consignment", "id"},
                               {"consignment_line", "consignment", "consignment"},
                               {"handover", "consignment", "consignment"},
                               {"obligation", "obligation", "id"},
                               {"finding", "finding", "id"},
                               {"finding_note", "finding", "finding"},
                               {"stop", "stop", "id"},
                               {"inspection", "inspection", "id"},
                               {"seizure", "seizure", "id"},
                               {"border_case", "border-case", "id"},
                               {"border_document", "border-case", "border_case"},
                               {"report", "report", "party"}};

struct KindOf {
  std::string_view kind, resource;
};
constexpr KindOf kResources[] = {{"site", "party"}, {"seizure", "inspection"}};

/// Kind and id, and whether the entry made it.
using Named = std::map<std::pair<std::string, std::string>, bool>;

void name(Named& out, std::string_view kind, const std::string& id, bool is_new) {
  const auto [at, first] = out.emplace(std::pair(std::string(kind), id), is_new);
  if (!first) at->second = at->second || is_new;
}

void name_rows(Named& out, const json& outcome, const char* section) {
  const auto tables = outcome.find(section);
  if (tables == outcome.end()) return;
  for (const Source& source : kSources) {
    const auto rows = tables->find(source.table);
    if (rows == tables->end()) continue;
    const bool is_new = section == std::string_view("put") && source.table == source.kind;
    for (const json& row : *rows) name(out, source.kind, row.at(source.column).get<std::string>(), is_new);
  }
}

/// Goods at a site are its stock; quota is the permit's.
void name_accounts(Named& out, const json& outcome) {
  const auto moves = outcome.find("moves");
  if (moves == outcome.end()) return;
  for (const json& move : *moves)
    for (const char* end : {"from", "to"}) {
      const std::string account = move.at(end).get<std::string>();
      const auto colon = account.find(':');
      if (colon == std::string::npos || account.starts_with("transit:")) continue;
      name(out, account.starts_with("site:") ? "stock" : "permit", account.substr(colon + 1), false);
    }
}

/// Fills in whom things concern; remembers where parties are.
class Describer {
 public:
  explicit Describer(Reader& reader) : reader_(reader) {}

  /// False for what is not there any more.
  bool describe(Thing& thing) {
    if (thing.kind == "party") return of_party(thing, thing.id);
    if (thing.kind == "report") return of_party(thing, thing.id);
    if (thing.kind == "site" || thing.kind == "stock") return by_row<Site>(thing, &Site::party);
    if (thing.kind == "key") return by_row<Key>(thing, &Key::party);
    if (thing.kind == "seizure") return by_row<Seizure>(thing, &Seizure::agency, &Seizure::party);
    if (thing.kind == "inspection") return by_row<Inspection>(thing, &Inspection::agency, &Inspection::party);
    if (thing.kind == "stop")
      return by_row<Stop>(thing, &Stop::agency) && (thing.regions.push_back(stop_region_), true);
    if (thing.kind == "permit") return by_parties<Permit>(thing);
    if (thing.kind == "application") return by_parties<Application>(thing);
    if (thing.kind == "sale") return by_parties<Sale>(thing);
    if (thing.kind == "border-case") return by_parties<BorderCase>(thing);
    if (thing.kind == "consignment") return of_consignment(thing, thing.id);
    if (thing.kind == "obligation") return of_obligation(thing);
    return of_finding(thing);
  }

 private:
  bool of_party(Thing& thing, const std::string& party) {
    if (party.empty()) return false;
    if (std::find(thing.parties.begin(), thing.parties.end(), party) != thing.parties.end()) return true;
    thing.parties.push_back(party);
    if (const std::string& region = region_of(party); !region.empty()) thing.regions.push_back(region);
    return true;
  }

  template <class T, class... Member>
  bool by_row(Thing& thing, Member... member) {
    const auto row = find_row<T>(reader_, thing.id);
    if (!row) return false;
    (of_party(thing, (*row).*member), ...);
    if constexpr (std::is_same_v<T, Stop>) stop_region_ = row->region;
    return true;
  }

  template <class T>
  bool by_parties(Thing& thing) {
    const auto row = find_row<T>(reader_, thing.id);
    if (!row) return false;
    for (const std::string_view party : parties_of(*row)) of_party(thing, std::string(party));
    of_goods(thing, *row);
    return true;
  }

  template <class T>
  void of_goods(Thing& thing, const T& row) {
    if constexpr (requires { row.substance; }) {
      if (!row.substance.empty()) thing.goods.push_back(row.substance);
    } else {
      for (std::string_view rest = row.substances; !rest.empty();) thing.goods.emplace_back(cut(rest, ','));
      thing.paper = row.kind;
    }
  }

  bool of_consignment(Thing& thing, std::string_view id) {
    const auto row = find_row<Consignment>(reader_, id);
    if (!row) return false;
    for (const std::string* party : {&row->sender, &row->receiver, &row->carrier, &row->custodian})
      of_party(thing, *party);
    for (const std::string* party : {&row->carrier, &row->custodian})
      if (!party->empty()) thing.carriers.push_back(*party);
    const auto goods = find_consignment(reader_, row->id);
    for (const ConsignmentLine& line : goods->lines) thing.goods.push_back(line.substance);
    return true;
  }

  bool of_obligation(Thing& thing) {
    const auto row = find_row<Obligation>(reader_, thing.id);
    if (!row) return false;
    of_party(thing, row->party);
    if (row->party.empty()) thing.regions.push_back(row->region.empty() ? region_of(row->subject) : row->region);
    return true;
  }

  bool of_finding(Thing& thing) {
    const auto row = find_row<Finding>(reader_, thing.id);
    if (!row) return false;
    const std::string_view subject = row->subject;
    constexpr std::string_view kConsignment = "consignment:";
    for (const std::string_view party : parties_of(*row)) of_party(thing, std::string(party));
    if (!row->substance.empty()) thing.goods.push_back(row->substance);
    // Whoever has a part in the goods may read it; agencies go by whom it is about.
    auto regions = thing.regions;
    if (subject.starts_with(kConsignment)) of_consignment(thing, subject.substr(kConsignment.size()));
    thing.regions = std::move(regions);
    return true;
  }

  const std::string& region_of(const std::string& party) {
    const auto [at, is_first] = regions_.emplace(party, "");
    if (!is_first) return at->second;
    if (const auto row = find_row<Party>(reader_, party)) at->second = row->region;
    return at->second;
  }

  Reader& reader_;
  std::string stop_region_;
  std::map<std::string, std::string> regions_;
};

EntryNews news_of_entry(const EntryRow& entry, Describer& describer) {
  EntryNews out{entry.index, entry.rtime, {}};
  const json outcome = json::parse(entry.outcome);
  Named named;
  name_rows(named, outcome, "put");
  name_rows(named, outcome, "set");
  name_accounts(named, outcome);
  for (const auto& [key, is_new] : named) {
    Thing thing{key.first, key.second, is_new, {}, {}, {}, {}, {}};
    if (describer.describe(thing)) out.things.push_back(std::move(thing));
  }
  return out;
}

bool has(const std::vector<std::string>& list, const std::string& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

}  // namespace

std::vector<EntryNews> news_of(Reader& reader, std::int64_t from, std::size_t count) {
  Describer describer(reader);
  std::vector<EntryNews> out;
  const std::int64_t end = reader.state().folded;
  for (const EntryRow& entry : reader.entries(from, count))
    if (entry.index < end) out.push_back(news_of_entry(entry, describer));
  return out;
}

std::string_view resource_of_kind(std::string_view kind) {
  for (const KindOf& each : kResources)
    if (each.kind == kind) return each.resource;
  return kind;
}

namespace {

/// Whether the caller's agency answers for it; true for whoever is of none.
bool answers_for(const Thing& thing, const Caller& caller, const Rights& rights) {
  if (!caller.agency()) return true;
  const auto bounds = rights.office(caller.agency()->role, resource_of_kind(thing.kind));
  if (!bounds || (!thing.paper.empty() && !bounds->has_paper(thing.paper))) return false;
  return thing.goods.empty() || std::any_of(thing.goods.begin(), thing.goods.end(),
                                            [&](const std::string& each) { return bounds->has_goods(each); });
}

}  // namespace

bool may_know(const Thing& thing, const Caller& caller, const Rights& rights) {
  if (!answers_for(thing, caller, rights)) return false;
  switch (rights.may(caller.role_names(), resource_of_kind(thing.kind))) {
    case Relation::none:
      return false;
    case Relation::carried:
      return has(thing.carriers, caller.party());
    case Relation::own:
      return has(thing.parties, caller.party());
    case Relation::region: {
      const std::string prefix = caller.region_prefix();
      return prefix.empty() || std::any_of(thing.regions.begin(), thing.regions.end(),
                                           [&](const std::string& region) { return region.starts_with(prefix); });
    }
    case Relation::any:
      return true;
  }
  return false;
}

}  // namespace api
