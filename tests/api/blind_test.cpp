#include <catch2/catch.hpp>
#include <deque>
#include <set>

#include "tests/api/city.h"

// The receiver counts blind: whatever it asks for before its count, the shipped amount is not in the answer.
using namespace city;

namespace {

/// Every id that occurs in an answer, for the routes with a parameter.
void collect(const Json& json, std::set<std::string>& ids) {
  if (json.is_string() && json.get_ref<const std::string&>().size() <= 64) ids.insert(json.get<std::string>());
  if (json.is_number_integer() && json >= 0 && json < 1'000) ids.insert(std::to_string(json.get<std::int64_t>()));
  if (json.is_structured())
    for (const Json& each : json) collect(each, ids);
}

bool is_plain(const std::string& id) {
  return !id.empty() &&
         id.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-") == id.npos;
}

/// Asks every GET route with every id that any answer names, and gives the paths whose answers hold one of `words`.
class Crawl {
 public:
  Crawl(City& city, std::string token, std::vector<std::string> words)
      : city_(city), token_(std::move(token)), words_(std::move(words)) {}

  std::vector<std::string> leaks() {
    const Json document = city_.get("/openapi.json").json();
    for (const auto& [path, methods] : document["paths"].items())
      // A stream has no end: it is asked below for what it has told by now.
      if (methods.contains("get") && path != "/v1/stream") templates_.push_back(path);
    for (const char* id : {"C-2", "LOT-1", "SALE-2", "B-1", "T-1", "user-1", "maker-1", "carrier-1", "S-user-1",
                           "S-maker-1", "bundle", "receipt", "F-1-1"})
      ids_.insert(id);
    for (int index = 0; index < city_.log_size(); ++index) ids_.insert(std::to_string(index));
    for (int round = 0; round < 2; ++round) {
      const std::set<std::string> known = ids_;
      for (const std::string& path : templates_) ask_all(path, known);
    }
    for (const char* path :
         {"/v1/balances?where=transit", "/v1/balances?where=transit&place=C-2", "/v1/entries?type=transfer.dispatch",
          "/v1/obligations?state=closed", "/log/tile/entries/000.p/20", "/log/tile/0/000.p/20",
          "/v1/stream?from=0&follow=no"})
      ask(path);
    return leaks_;
  }
  std::size_t asked() const { return asked_.size(); }

 private:
  void ask_all(const std::string& path, const std::set<std::string>& ids) {
    const auto open = path.find('{');
    if (open == path.npos) return ask(path);
    const auto close = path.find('}', open);
    if (path.find('{', close) != path.npos) {
      for (const char* part : {"receipt", "bundle"})
        for (const std::string& id : ids)
          if (is_plain(id)) ask("/v1/entries/" + id + "/" + part);
      return;
    }
    for (const std::string& id : ids)
      if (is_plain(id)) ask(path.substr(0, open) + id + path.substr(close + 1));
  }

  void ask(const std::string& path) {
    if (!asked_.insert(path).second) return;
    const Answer answer = city_.get(path, token_);
    const std::string body = without_request_id(answer.body);
    for (const std::string& word : words_)
      if (body.find(word) != std::string::npos) leaks_.push_back(path + " holds " + word);
    // Code tables lead nowhere; everything else may name something to ask for.
    if (path.starts_with("/v1/re") || path.starts_with("/v1/ru") || path.starts_with("/v1/su") ||
        path == "/openapi.json")
      return;
    if (answer.status == 200) collect(answer.json(), ids_);
  }

  /// The number of the request counts up, past every word.
  static std::string without_request_id(std::string body) {
    constexpr std::string_view kMember = "\"instance\":\"";
    const auto at = body.find(kMember);
    if (at != body.npos) body.erase(at, body.find('"', at + kMember.size()) - at);
    return body;
  }

  City& city_;
  std::string token_;
  std::vector<std::string> words_, templates_, leaks_;
  std::set<std::string> ids_, asked_;
};

const std::vector<std::string>& words() {
  // 31.337259 kg shipped, 500 less that left at the sender's, 100 less that left of the transport paper, 40 less that
  // of the sale; 31.400519 kg by the carrier. In kilograms, grams and milligrams, to the last digit: fewer digits stand
  // by chance in a hash now and then.
  static const std::vector<std::string> all{"31337259",   "31.337259", "31337.259", "468662741", "468.662741",
                                            "468662.741", "68662741",  "68.662741", "68662.741", "8662741",
                                            "8.662741",   "8662.741",  "31400519",  "31.400519", "31400.519"};
  return all;
}

}  // namespace

TEST_CASE("Before its count the receiver finds the shipped amount nowhere") {
  City city;
  city.open_trade();
  city.sell("SALE-2", "40");
  city.dispatch("C-2", "SALE-2", "31.337259");
  const Json line{{"lot", "LOT-1"}, {"quantity", quantity("31.400519")}};
  city.must(city.carrier, "transfer.carry",
            {{"consignment", "C-2"}, {"vehicle", "赣J12345"}, {"seals_intact", "yes"}, {"lines", Json::array({line})}});

  // What was not sent of a sale tells what was.
  city.must(city.maker, "sale.cancel", {{"sale", "SALE-2"}, {"reason", "余量不再供货"}}, {&city.user});

  Crawl receiver(city, "officer-user-1", words());
  CHECK(receiver.leaks() == std::vector<std::string>{});
  CHECK(receiver.asked() > 300);
  Crawl nobody(city, "", words());
  CHECK(nobody.leaks() == std::vector<std::string>{});
  Crawl bystander(city, "officer-other-1", words());
  CHECK(bystander.leaks() == std::vector<std::string>{});
  // The crawl does find it for those who may know.
  CHECK(Crawl(city, "officer-maker-1", words()).leaks().size() > 3);
  CHECK(Crawl(city, "regulator", words()).leaks().size() > 5);

  const Json consignment = city.get("/v1/consignments/C-2", "officer-user-1").json();
  CHECK(consignment["blind"] == true);
  CHECK(consignment["lines"][0]["shipped"].is_null());
  CHECK(consignment["lines"][0]["lot"] == "LOT-1");
  CHECK(city.get("/v1/sales/SALE-2", "officer-user-1").json()["dispatched"].is_null());
  const Json dispatch = city.get("/v1/entries/" + consignment["dispatched"].dump(), "officer-user-1").json();
  CHECK(dispatch["hidden_until_counted"] == true);
  CHECK(dispatch["payload"].is_null());
  CHECK(dispatch["outcome"].is_null());
}

TEST_CASE("A cancelled rest is shown to the receiver after its count") {
  City city;
  city.open_trade();
  city.sell("SALE-2", "40");
  city.dispatch("C-2", "SALE-2", "31.337");
  city.must(city.maker, "sale.cancel", {{"sale", "SALE-2"}, {"reason", "余量不再供货"}}, {&city.user});
  CHECK(city.get("/v1/permits/B-1", "officer-user-1").json()["amounts"][0]["left"].is_null());
  CHECK(city.get("/v1/permits/B-1").json()["amounts"][0]["left"]["text"] == "68.663 kg");
  city.count("C-2", "31.337");
  CHECK(city.get("/v1/permits/B-1", "officer-user-1").json()["amounts"][0]["left"]["text"] == "68.663 kg");
}

TEST_CASE("With its count the receiver learns what was shipped") {
  City city;
  city.open_trade();
  city.sell("SALE-2", "40");
  city.dispatch("C-2", "SALE-2", "31.337");
  city.count("C-2", "31.3");
  const Json consignment = city.get("/v1/consignments/C-2", "officer-user-1").json();
  CHECK(consignment["blind"] == false);
  CHECK(consignment["lines"][0]["shipped"]["text"] == "31.337 kg");
  CHECK(city.get("/v1/sales/SALE-2", "officer-user-1").json()["dispatched"]["text"] == "31.337 kg");
  const Json dispatch = city.get("/v1/entries/" + consignment["dispatched"].dump(), "officer-user-1").json();
  CHECK(dispatch["payload"]["lines"][0]["quantity"]["value"] == "31.337");
}
