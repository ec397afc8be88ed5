#include "tests/api/crawl.h"

#include <algorithm>

#include "api/http/percent.h"
#include "registry/reports/make_report.h"

namespace city {
namespace {

constexpr std::size_t kTextMax = 64, kPagesMax = 40, kKeptMax = 20'000, kIdDigits = 64, kRandomMin = 20;

bool is_plain(const std::string& id) {
  return !id.empty() &&
         id.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-") == id.npos;
}

/// Parameters whose values no answer names.
std::map<std::string, std::set<std::string>> first_values(City& city, std::int64_t since) {
  std::map<std::string, std::set<std::string>> out{
      {"part", {"receipt", "bundle", "private"}},
      {"token", {border_token()}},
      {"cas", {"108-24-7"}},
      {"rule", {"not-found", "not-counted"}},
      {"code", {"CN2-02"}},
      {"key", {city.user.key_id(), city.maker.key_id()}},
      {"chain", {city.user.chain(), city.maker.chain()}},
      {"name", {"萍乡", "醋酸酐", "maker"}},
      {"period", {"2026", "2026-H1", "2026-Q1", "2026-03", "2026-03-01/2026-03-31"}},
      {"as_of", {"2026-03-02", "2026-03-02T02:00:00.000Z"}},
      {"hops", {"1", "64"}},
      {"prove", {"0", "1"}},
      {"limit", {"1", "500"}},
      // Of pages, see ask_pages; one that was made for somebody else is none.
      {"cursor", {"AAAA"}},
      {"class", {"2"}},
      {"region", {"36", "3603", "360302", "360102"}},
      {"case_no", {"赣公立字1号"}},
      {"country", {"SG"}},
      {"vehicle", {"赣J12345"}},
      {"party", {"user-1", "self-1", "maker-1"}},
      {"agency", {"ps-jx", "co-jx"}},
      {"place", {"S-user-1", "S-maker-1", "C-2", "C-3"}},
      {"substance", {"CN2-02"}},
      {"lot", {"LOT-1"}},
      {"number", {"B-", "T-"}},
      {"at", {"0", "20"}}};
  for (const auto name : registry::EnumNames<registry::ReportKind>::names) out["report"].emplace(name);
  for (std::int64_t index = 0; index <= city.log_size(); ++index)
    for (const char* each : {"index", "from", "to", "size"}) out[each].insert(std::to_string(index));
  for (std::int64_t index = std::max<std::int64_t>(since - 1, 0); index < std::min(since + 5, city.log_size()); ++index)
    out["known_at"].insert(std::to_string(index));
  // Days of a mass balance.
  for (const char* day : {"2026-03-01", "2026-03-02", "2026-03-03"})
    for (const char* each : {"from", "to"}) out[each].insert(day);
  for (std::int64_t size = 1; size <= city.log_size(); ++size)
    for (const char* level : {"0", "entries"})
      out["tile"].insert("tile/" + std::string(level) + "/000.p/" + std::to_string(size));
  return out;
}

/// In a query and in a path that is no tile.
bool is_many(const std::string& name) { return name == "known_at" || name == "as_of"; }

std::string joined(const std::string& target, const std::string& name, const std::string& value) {
  return target + (target.find('?') == target.npos ? "?" : "&") + name + "=" + api::percent_encode(value);
}

/// "by-id" goes with the id of an entry, and an index with one of its parts.
bool is_pair(const std::string& target) {
  if (!target.starts_with("/v1/entries/")) return true;
  const auto last = target.size() - target.rfind('/') - 1;
  return (target.find("/by-id/") != target.npos) == (last == kIdDigits);
}

}  // namespace

Values::Values(City& city, std::int64_t since) : by_name_(first_values(city, since)) {
  for (const char* id : {"C-2",       "C-3",      "LOT-1",  "SALE-2",  "SALE-3",    "B-1",    "B-2",     "T-1",
                         "T-2",       "L-1",      "user-1", "maker-1", "carrier-1", "self-1", "other-1", "S-user-1",
                         "S-maker-1", "S-self-1", "CN2-02", "F-1-1",   "PEN-1",     "A-1"})
    ids_.insert(id);
}

void Values::learn(const Json& answer) {
  if (!answer.is_structured()) return;
  for (const auto& [member, value] : answer.items()) {
    if (answer.is_object()) learn_member(member, value);
    learn(value);
  }
}

void Values::learn_member(const std::string& member, const Json& value) {
  // Numbers are asked for as they stand in first_values: every one that an answer names would be asked for ever.
  if (!value.is_string() || value.get_ref<const std::string&>().size() > kTextMax) return;
  const auto& text = value.get_ref<const std::string&>();
  static const std::set<std::string> kTimes{"as_of", "known_at", "from", "to", "at", "period"};
  if (!kTimes.contains(member)) by_name_[member].insert(text);
  if (is_plain(text) && text.size() < kRandomMin) ids_.insert(text);
}

void Values::add(std::set<std::string>& out, const std::string& name) const {
  if (const auto named = by_name_.find(name); named != by_name_.end())
    out.insert(named->second.begin(), named->second.end());
}

/// Ids stand under the name of what they are of, under "id", or elsewhere in answers; those of keys, chains and entries
/// only where such a one is asked for.
std::vector<std::string> Values::of(const Json& parameter) const {
  const Json& schema = parameter["schema"];
  if (schema.contains("enum")) return schema["enum"].get<std::vector<std::string>>();
  const auto name = parameter["name"].get<std::string>();
  std::set<std::string> out;
  if (parameter["in"] != "path") {
    add(out, name);
    return {out.begin(), out.end()};
  }
  add(out, name == "kind" ? "report" : name);
  static const std::set<std::string> kOthers{"kind", "tile", "part", "token", "index", "key", "chain", "rule", "code"};
  if (!kOthers.contains(name)) out.insert(ids_.begin(), ids_.end());
  // An entry is found by its index, or by its id.
  if (name == "index") out.insert("by-id");
  if (name == "part") add(out, "entry_id");
  return {out.begin(), out.end()};
}

Crawl::Crawl(City& city, std::int64_t since, Ask ask, Look look)
    : ask_(std::move(ask)), look_(std::move(look)), document_(city.get("/openapi.json").json()), values_(city, since) {}

void Crawl::run() {
  for (int round = 0; round < 2; ++round)
    for (const auto& [path, methods] : document_["paths"].items())
      if (methods.contains("get") && !is_over_) ask_operation(path, methods["get"]);
}

void Crawl::ask_operation(const std::string& path, const Json& operation) {
  const auto name = text(operation, "operationId");
  visited_.insert(name);
  const Json parameters = operation.value("parameters", Json::array());
  for (const std::string& target : targets(path, parameters)) {
    // A stream has no end: it is asked for what it has told by now.
    if (name == "streamChanges") {
      ask(target + "?from=0&follow=no", name);
      continue;
    }
    const Answer answer = ask(target, name);
    if (answer.status == 200 || answer.rule() == "bad-parameter") ask_with_query(target, name, parameters);
  }
}

/// The path with every value of each of its parameters.
std::vector<std::string> Crawl::targets(const std::string& path, const Json& parameters) {
  std::vector<std::string> out{path};
  for (const Json& parameter : parameters) {
    if (parameter["in"] != "path") continue;
    const std::string mark = "{" + text(parameter, "name") + "}";
    const auto values = values_.of(parameter);
    if (values.empty()) unknown_.insert(path + " " + mark);
    std::vector<std::string> longer;
    for (const std::string& each : out)
      for (const std::string& value : values) {
        std::string target = each;
        // A tile's name has slashes.
        target.replace(target.find(mark), mark.size(), mark == "{tile}" ? value.substr(5) : api::percent_encode(value));
        longer.push_back(std::move(target));
      }
    out = std::move(longer);
  }
  std::erase_if(out, [&](const std::string& target) { return path.ends_with("/{part}") && !is_pair(target); });
  return out;
}

void Crawl::ask_with_query(const std::string& target, const std::string& operation, const Json& parameters) {
  const bool is_report = operation == "getReport";
  for (const std::string& period :
       is_report ? values_.of({{"name", "period"}, {"in", "query"}, {"schema", {}}}) : std::vector<std::string>{""}) {
    const std::string base = period.empty() ? target : joined(target, "period", period);
    if (!period.empty()) ask(base, operation);
    for (const Json& parameter : parameters) {
      if (parameter["in"] != "query" || parameter["name"] == "cursor") continue;
      const auto values = values_.of(parameter);
      const std::string name = text(parameter, "name");
      if (values.empty()) unknown_.insert(operation + " " + name);
      for (const std::string& value : values) {
        if (is_report && is_many(name) && period != "2026") continue;
        ask(joined(base, name, value), operation);
      }
      if (name == "limit") ask_pages(base, operation);
    }
  }
}

void Crawl::ask_pages(const std::string& target, const std::string& operation) {
  std::string cursor;
  for (std::size_t page = 0; page < kPagesMax; ++page) {
    const std::string one = joined(target, "limit", "1");
    const Json answer = ask(cursor.empty() ? one : joined(one, "cursor", cursor), operation).json();
    if (!answer.is_object() || !answer.value("has_more", false)) return;
    cursor = text(answer, "next_cursor");
  }
}

Answer Crawl::ask(const std::string& target, const std::string& operation) {
  if (is_over_) return {};
  if (const auto at = asked_.find(target); at != asked_.end()) return at->second;
  const Answer answer = ask_(target);
  is_over_ = !look_({target, answer});
  // Code tables lead nowhere; everything else may name something to ask for.
  static const std::set<std::string> kTables{"listRegions", "listRules",       "listSubstances", "getOpenApi",
                                             "getEditions", "listPermitKinds", "listPartyKinds"};
  if (answer.status == 200) {
    answered_.insert(operation);
    if (!kTables.contains(operation)) values_.learn(answer.json());
  }
  // Bodies are many, and only refusals and pages are looked at again.
  Answer& kept = asked_[target] = answer;
  if (kept.body.size() > kKeptMax) kept.body.clear();
  return kept;
}

std::set<std::string> operations_that_write(City& city) {
  std::set<std::string> out;
  const Json document = city.get("/openapi.json").json();
  for (const auto& [path, methods] : document["paths"].items())
    for (const auto& [method, operation] : methods.items())
      if (method != "get") out.insert(text(operation, "operationId"));
  return out;
}

}  // namespace city
