#include <catch2/catch.hpp>
#include <cctype>
#include <functional>
#include <map>
#include <random>
#include <set>

#include "tests/api/signed_in.h"

// Whoever puts other ids into a path gets nothing of others: not by their ids, not by ids that nearly are theirs.
using namespace city;

namespace {

/// Ids of things of others, by what the path calls them; a bystander takes part in none.
std::map<std::string, std::vector<std::string>> ids_of_others(City& city) {
  std::map<std::string, std::vector<std::string>> out{
      {"party", {"maker-1", "user-1", "carrier-1", "exporter-1"}},
      {"site", {"S-maker-1", "S-user-1", "S-carrier-1", "S-exporter-1"}},
      {"permit", {"L-1", "B-1", "T-1"}},
      {"application", {"A-1"}},
      {"lot", {"LOT-1"}},
      {"consignment", {"C-1", "C-2"}},
      {"sale", {"SALE-1", "SALE-2"}},
      {"border_case", {"PEN-1"}},
      {"key", {city.maker.key_id(), city.user.key_id(), city.police.key_id()}},
      {"chain", {city.maker.chain(), city.user.chain()}},
      {"part", {"receipt", "bundle", "private"}},
      {"kind", {"stock-ledger", "annual", "sales-ledger", "write-offs"}}};
  const Json findings = city.get("/v1/findings").json();
  for (const Json& row : findings["data"]) out["finding"].push_back(text(row, "id"));
  for (std::int64_t i = 0; i < city.log_size(); ++i) out["index"].push_back(std::to_string(i));
  return out;
}

std::vector<std::string> parameters_of(const std::string& path) {
  std::vector<std::string> out;
  for (auto open = path.find('{'); open != path.npos; open = path.find('{', open + 1))
    out.push_back(path.substr(open + 1, path.find('}', open) - open - 1));
  return out;
}

std::string filled(std::string path, const std::string& parameter, const std::string& id) {
  const std::string hole = "{" + parameter + "}";
  return path.replace(path.find(hole), hole.size(), id);
}

std::string escaped(const std::string& id) {
  std::string out;
  constexpr char kHex[] = "0123456789ABCDEF";
  for (const char c : id) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) || c == '-' || c == '.' || c == '_')
      out += c;
    else
      (((out += '%') += kHex[byte >> 4]) += kHex[byte & 15]);
  }
  return out;
}

/// Spellings that a careless look-up might take for the id.
std::vector<std::string> mutations(const std::string& id, std::mt19937& dice) {
  std::string other_case = id, flipped = id;
  for (char& c : other_case) c = static_cast<char>(std::isupper(c) ? std::tolower(c) : std::toupper(c));
  flipped[dice() % flipped.size()] ^= static_cast<char>(1 << dice() % 6);
  return {other_case,    flipped,
          " " + id,      id + " ",
          id + "%",      "%",
          "*",           id + "'",
          "' OR '1'='1", id + "\xEF\xBC\x81",
          id.substr(1),  id + id,
          id + ";",      "_" + id.substr(1),
          "0" + id,      "other-1/" + id,
          id + "-",      "\"" + id + "\"",
          "-1",          "1e0"};
}

class Fuzz {
 public:
  Fuzz(City& city, std::function<Answer(const std::string&)> ask) : ids_(ids_of_others(city)), ask_(std::move(ask)) {
    const Json document = city.get("/openapi.json").json();
    for (const auto& [path, methods] : document["paths"].items())
      if (methods.contains("get") && path.find('{') != path.npos && methods["get"]["security"].size() != 0)
        templates_.push_back(path);
  }

  /// What came back that is another's.
  std::vector<std::string> leaks() {
    for (const std::string& path : templates_) fill(path);
    return leaks_;
  }
  /// What is the asker's own.
  void allow(std::set<std::string> own) { own_ = std::move(own); }
  std::size_t asked() const { return asked_; }
  const std::vector<std::string>& unknown() const { return unknown_; }

 private:
  void fill(const std::string& path) {
    const auto parameters = parameters_of(path);
    if (parameters.empty()) return ask(path);
    const std::string& parameter = parameters.front();
    if (!ids_.contains(parameter)) return unknown_.push_back(path);
    for (const std::string& id : ids_.at(parameter)) {
      fill(filled(path, parameter, id));
      if (parameter == "index" || parameter == "part" || parameter == "kind") continue;
      for (const std::string& each : mutations(id, dice_))
        if (!each.empty()) fill(filled(path, parameter, escaped(each)));
    }
  }

  void ask(const std::string& path) {
    ++asked_;
    const bool is_report = path.find("/reports/") != path.npos;
    const Answer answer = ask_(is_report ? path + "?period=2026-03&party=maker-1" : path);
    // A role that may not ask at all is told so before any id is looked at.
    if (answer.status == 404 || answer.status == 400 || answer.status == 422 || answer.says() == "403 forbidden")
      return;
    // An entry of one's own stands in the log too.
    if (answer.status == 200 && answer.body.find("\"other-1\"") != answer.body.npos &&
        answer.body.find("\"maker-1\"") == answer.body.npos)
      return;
    if (answer.status == 200 && own_.contains(path)) return;
    leaks_.push_back(path + ": " + answer.says());
  }

  std::map<std::string, std::vector<std::string>> ids_;
  std::function<Answer(const std::string&)> ask_;
  std::vector<std::string> templates_, leaks_, unknown_;
  std::set<std::string> own_;
  std::size_t asked_ = 0;
  std::mt19937 dice_{20260302};
};

/// Receipts and proofs of the entries that a party itself wrote name no party.
std::set<std::string> own_entries(City& city, const std::string& party) {
  std::set<std::string> out;
  const Json written = city.get("/v1/entries?limit=200&party=" + party).json();
  for (const Json& row : written["data"])
    for (const char* part : {"", "/receipt", "/bundle", "/private"})
      out.insert("/v1/entries/" + row["index"].dump() + part);
  return out;
}

}  // namespace

TEST_CASE("No id of others, nor one that nearly is, shows a bystander anything") {
  City& city = traded_city();
  Fuzz bystander(city, [&](const std::string& path) { return city.get(path, "officer-other-1"); });
  bystander.allow(own_entries(city, "other-1"));
  CHECK(bystander.leaks() == std::vector<std::string>{});
  // A new route with a new kind of id wants ids here.
  CHECK(bystander.unknown() == std::vector<std::string>{});
  CHECK(bystander.asked() > 1'000);
}

TEST_CASE("Nor an inspector of another city") {
  City city;
  city.open_trade();
  city.sell("SALE-1", "20");
  city.dispatch("C-1", "SALE-1", "20");
  Person away = agency(city, "ps-jj", "C", "360400");
  SignedIn inspector(city, away, "inspector");
  Fuzz fuzz(city, [&](const std::string& path) { return inspector.get(path); });
  fuzz.allow(own_entries(city, "ps-jj"));
  CHECK(fuzz.leaks() == std::vector<std::string>{});
  CHECK(fuzz.asked() > 500);
}
