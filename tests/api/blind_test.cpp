#include <catch2/catch.hpp>
#include <cctype>

#include "crypto/encoding.h"
#include "tests/api/crawl.h"
#include "tests/api/request_signer.h"
#include "tests/api/shipped_number.h"
#include "tests/api/signed_in.h"

// The receiver counts blind: whatever it asks for before its count, in whatever role and however it signs in, the
// shipped amount is not in the answer, and nothing in the answer depends on it.
using namespace city;

namespace {

/// All other amounts are whole grams, see ShippedNumber. Both are carried with a difference within tolerance: that a
/// carrier's count did not fit is no secret, by how much it is. And all have as many digits, for lengths stand in
/// leaves.
const ShippedNumber kShipped("31.337259"), kCarried("31.400519");
const ShippedNumber kOtherShipped("33.512846");
constexpr const char* kOtherCarried = "33.579872";

constexpr std::size_t kLeaksMax = 60;
constexpr const char* kDuties[] = {"information-officer", "responsible-person", "keeper", "pharmacist", "driver"};

/// C-2 on the road to user-1, the rest of its sale cancelled: what was not sent of a sale tells what was. Gives the log
/// index of the dispatch.
std::int64_t send_on_the_road(City& city, const std::string& shipped, const std::string& carried) {
  city.open_trade();
  city.sell("SALE-2", "40");
  const std::int64_t since = city.log_size();
  city.dispatch("C-2", "SALE-2", shipped);
  const Json line{{"lot", "LOT-1"}, {"quantity", quantity(carried)}};
  city.must(city.carrier, "transfer.carry",
            {{"consignment", "C-2"}, {"vehicle", "赣J12345"}, {"seals_intact", "yes"}, {"lines", Json::array({line})}});
  city.must(city.maker, "sale.cancel", {{"sale", "SALE-2"}, {"reason", "余量不再供货"}}, {&city.user});
  return since;
}

/// A unit that uses and carries, and fetches C-3 itself from maker-1.
Person send_to_its_own_carrier(City& city) {
  Person self(City::kLedger, "self-1", "self");
  city.open_trade();
  city.must(self, "party.register",
            {{"name", "自提化工"},
             {"kinds", {"user", "carrier"}},
             {"uscc", "91360300MA35K00019"},
             {"region", "360102"},
             {"address", "安源区一号"},
             {"key", self.key_json()}});
  city.must(city.police, "party.verify", {{"party", "self-1"}, {"method", "in-person"}});
  city.must(self, "site.add",
            {{"site", "S-self-1"}, {"name", "一号库"}, {"kind", "store"}, {"region", "360102"}, {"address", "一号"}});
  const registry::Date today = registry::local_date(city.now());
  const auto permit = [&](const char* no, const char* kind, const char* holder, int months) {
    Json paper{{"permit", no},
               {"kind", kind},
               {"holder", holder},
               {"lines", Json::array({{{"substance", "CN2-02"}, {"quantity", quantity("100")}}})},
               {"valid_from", today.str()},
               {"valid_to", today.plus_months(months).plus_days(-1).str()},
               {"clean_since", today.plus_months(-13).str()},
               {"purpose", "乙酰化反应"}};
    if (std::string_view(kind) == "C2-TRAN-12")
      paper.update({{"origin", "360302"}, {"destination", "360000"}, {"consignee", "self-1"}, {"carrier", "self-1"}});
    city.must(city.police, "permit.issue", std::move(paper));
  };
  permit("B-2", "C23-BUY-N", "self-1", 6);
  permit("T-2", "C2-TRAN-12", "maker-1", 12);
  city.must(city.maker, "sale.record",
            {{"sale", "SALE-3"},
             {"buyer", "self-1"},
             {"substance", "CN2-02"},
             {"quantity", quantity("40")},
             {"permit", "B-2"},
             {"licence", "L-1"},
             {"payment", "transfer"},
             {"checks", Json::array({"copies-kept"})},
             {"sold_on", today.str()}});
  city.must(self, "sale.confirm", {{"sale", "SALE-3"}, {"quantity", quantity("40")}});
  city.must(city.maker, "transfer.dispatch",
            {{"consignment", "C-3"},
             {"receiver", "self-1"},
             {"from_site", "S-maker-1"},
             {"to_site", "S-self-1"},
             {"lines", Json::array({{{"lot", "LOT-1"}, {"quantity", quantity(kShipped.kilograms())}}})},
             {"carrier", "self-1"},
             {"vehicle", "赣J12345"},
             {"sale", "SALE-3"},
             {"permit", "T-2"}});
  return self;
}

Crawl::Ask by_token(City& city, const std::string& token) {
  return [&city, token](const std::string& target) { return city.get(target, token); };
}

/// Somebody of the receiver.
struct Reader {
  std::string name;
  Crawl::Ask ask;
};

/// All roles that a unit has; whoever holds a token of the unit, too.
struct Readers {
  std::vector<std::unique_ptr<SignedIn>> people;
  std::unique_ptr<Link> machine;
  std::vector<Reader> list;

  Readers(City& city, Person& unit) : machine(std::make_unique<Link>(city.port())) {
    const std::string token = "officer-" + unit.party();
    if (city.get("/v1/permits", token).status == 200) list.push_back({"token", by_token(city, token)});
    for (const char* duty : kDuties) {
      people.push_back(std::make_unique<SignedIn>(city, unit, duty));
      list.push_back({duty, [&city, this, person = people.back().get()](const std::string& target) {
                        return by_session_and_signature(city, *person, target);
                      }});
    }
  }

  /// What a signed request is answered stands behind the head of the other answer.
  Answer by_session_and_signature(City& city, SignedIn& person, const std::string& target) const {
    Answer answer = person.get(target);
    // A session is no matter of a signed request.
    if (answer.status != 200 || target == "/v1/session") return answer;
    RequestSigner::of(city, person.person().key()).sign(*machine, "GET", target);
    const Answer signed_answer = machine->get(target);
    if (signed_answer.status != 200) throw std::runtime_error(target + " by signature: " + signed_answer.body);
    answer.head += signed_answer.head + signed_answer.body;
    return answer;
  }
};

std::vector<std::string> told(const std::string& where, const std::string& text) {
  std::vector<std::string> out;
  for (const ShippedNumber* each : {&kShipped, &kCarried})
    for (const std::string& number : each->told_by(text)) out.push_back(where + " holds " + number);
  return out;
}

/// Without what is random or a hash of what is hidden: long runs of letters, digits and the signs of base64.
std::string without_random(const std::string& text) {
  constexpr std::size_t kRandomMin = 20;
  std::string out, run;
  const auto end_run = [&] {
    out += run.size() < kRandomMin ? run : "#";
    run.clear();
  };
  for (const char c : text) {
    const bool goes_on =
        std::isalnum(static_cast<unsigned char>(c)) || std::string_view("+/=_-").find(c) != std::string_view::npos;
    if (goes_on) {
      run += c;
    } else {
      end_run();
      out += c;
    }
  }
  end_run();
  return out;
}

/// Without the lines of the head, and the member of a refusal, that number the request or tell the time.
std::string without_ids(std::string text) {
  for (const auto& [begin, end] :
       {std::pair("X-Request-Id: ", '\n'), std::pair("Date: ", '\n'), std::pair("\"instance\":\"", '"')})
    for (auto at = text.find(begin); at != text.npos; at = text.find(begin, at)) {
      const auto from = at + std::string_view(begin).size();
      text.erase(at, std::min(text.find(end, from), text.size()) - at);
    }
  return text;
}

struct Crawled {
  std::vector<std::string> leaks;
  std::set<std::string> visited, unknown;
  std::size_t asked = 0;
};

Crawled crawl(City& city, std::int64_t since, const Crawl::Ask& ask) {
  Crawled out;
  Crawl crawl(city, since, ask, [&](const Visit& visit) {
    for (auto& leak : told(visit.target, visit.answer.head + visit.answer.body)) out.leaks.push_back(std::move(leak));
    // Some tell enough.
    return out.leaks.size() < kLeaksMax;
  });
  crawl.run();
  out.visited = crawl.visited();
  out.unknown = crawl.unknown();
  out.asked = crawl.asked();
  return out;
}

std::set<std::string> operations_that_read(City& city) {
  std::set<std::string> out;
  const Json document = city.get("/openapi.json").json();
  for (const auto& [path, methods] : document["paths"].items())
    if (methods.contains("get")) out.insert(text(methods["get"], "operationId"));
  return out;
}

}  // namespace

TEST_CASE("The search for the shipped amount finds it in every guise") {
  const ShippedNumber number("31.337259");
  for (const char* text : {"31.337259 kg", "31337.259 g", "31337259", "31,337,259 mg", "31,337.259", "[5,31337259,7]",
                           "\"468.662741\"", "68662741", "31.34 kg", "31.337", "已发 31.337259 千克", "500.337259"}) {
    INFO(text);
    CHECK(!number.told_by(text).empty());
    CHECK(!number.told_by("{\"payload\":\"" + crypto::to_base64(std::string("{\"value\":\"") + text + "\"}") + "\"}")
               .empty());
  }
  for (const char* text : {"31 kg", "500.000", "a31337259", "31337259f0", "2026-03-02T02:00:00.000Z", "31.5", "40"}) {
    INFO(text);
    CHECK(number.told_by(text).empty());
  }
}

TEST_CASE("Before its count no role of the receiver is told the shipped amount, however it signs in") {
  City city;
  const auto since = send_on_the_road(city, kShipped.kilograms(), kCarried.kilograms());
  city.open_border();
  const Readers readers(city, city.user);
  CHECK(readers.list.size() == 6);
  for (const Reader& reader : readers.list) {
    const Crawled before = crawl(city, since, reader.ask);
    INFO(reader.name << " asked " << before.asked);
    CHECK(before.leaks == std::vector<std::string>{});
    CHECK(before.unknown == std::set<std::string>{});
    CHECK(before.visited == operations_that_read(city));
  }
  // Nor somebody else, nor whoever runs the machine and reads its log.
  for (const char* token : {"", "officer-other-1", "operator"})
    CHECK(crawl(city, since, by_token(city, token)).leaks == std::vector<std::string>{});
  CHECK(city.get("/metrics", "operator").status == 200);
  CHECK(city.log_text().size() > 10'000);
  CHECK(told("the log", city.log_text()) == std::vector<std::string>{});
  // The same crawl does find it for those who may know.
  for (const char* token : {"officer-maker-1", "regulator"})
    CHECK(crawl(city, since, by_token(city, token)).leaks.size() >= kLeaksMax);

  city.count("C-2", "31.337");
  for (const Reader& reader : readers.list) {
    const bool sees_goods = reader.name != "driver";
    const Crawled after = crawl(city, since, reader.ask);
    INFO(reader.name << " asked " << after.asked);
    CHECK(after.leaks.empty() != sees_goods);
  }
}

TEST_CASE("A receiver that fetches goods itself is blind too, its driver among them") {
  City city;
  Person self = send_to_its_own_carrier(city);
  const auto since = city.log_size() - 1;
  const Readers readers(city, self);
  CHECK(readers.list.size() == 5);
  for (const Reader& reader : readers.list) {
    INFO(reader.name);
    CHECK(crawl(city, since, reader.ask).leaks == std::vector<std::string>{});
  }
  CHECK(readers.people.back()->get("/v1/consignments/C-3").json()["blind"] == true);
  city.must(self, "transfer.count",
            {{"consignment", "C-3"},
             {"lines", Json::array({{{"lot", "LOT-1"}, {"quantity", quantity("31.337")}}})},
             {"seals_intact", "none"}});
  for (const Reader& reader : readers.list) {
    INFO(reader.name);
    CHECK(crawl(city, since, reader.ask).leaks != std::vector<std::string>{});
  }
}

namespace {

/// Answers by target, without what is random, counts requests or is a hash of what is hidden.
std::map<std::string, std::string> transcript(City& city, std::int64_t since, const std::string& token) {
  std::map<std::string, std::string> out;
  const auto look = [&](const Visit& visit) {
    // Hashes in a sheet change how well it is packed.
    const bool is_sheet = visit.target.find("format=xlsx") != std::string::npos;
    const bool is_binary = visit.answer.type == "application/octet-stream";
    const std::string text = is_sheet    ? unzipped(visit.answer.body)
                             : is_binary ? visit.answer.head + std::to_string(visit.answer.body.size())
                                         : visit.answer.head + visit.answer.body;
    // Cursors are sealed, and ids of entries hash a nonce: both differ by chance.
    if (visit.target.find("cursor=") == std::string::npos && visit.target.find("/by-id/") == std::string::npos)
      out[visit.target] = without_random(without_ids(text));
    return true;
  };
  Crawl(city, since, by_token(city, token), look).run();
  return out;
}

/// Of `a`, some text around the first place where it is not `b`.
std::string from_difference(const std::string& a, const std::string& b) {
  constexpr std::size_t kBefore = 80, kShown = 160;
  const auto at = static_cast<std::size_t>(std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin());
  return a.substr(at - std::min(at, kBefore), kShown);
}

std::vector<std::string> differences(const std::map<std::string, std::string>& a,
                                     const std::map<std::string, std::string>& b) {
  std::vector<std::string> out;
  for (const auto& [target, text] : a) {
    const auto at = b.find(target);
    if (at == b.end())
      out.push_back(target + " is asked for once only");
    else if (at->second != text)
      out.push_back(target + ": " + from_difference(text, at->second) + " is not " + from_difference(at->second, text));
  }
  return out;
}

}  // namespace

TEST_CASE("Nothing that the receiver is told before its count depends on the shipped amount") {
  City one, two;
  const auto since = send_on_the_road(one, kShipped.kilograms(), kCarried.kilograms());
  send_on_the_road(two, kOtherShipped.kilograms(), kOtherCarried);
  const auto told_one = transcript(one, since, "officer-user-1"), told_two = transcript(two, since, "officer-user-1");
  CHECK(told_one.size() > 500);
  CHECK(differences(told_one, told_two) == std::vector<std::string>{});
  CHECK(differences(told_two, told_one) == std::vector<std::string>{});
  // Of what the sender is told a lot does.
  CHECK(one.get("/v1/consignments/C-2", "officer-maker-1").body !=
        two.get("/v1/consignments/C-2", "officer-maker-1").body);
}

namespace {

/// Entries of the receiver that may be refused for what they say, or for what is on the road.
std::vector<std::pair<std::string, Json>> attempts(const std::string& amount) {
  const Json line{{"lot", "LOT-1"}, {"quantity", quantity(amount)}}, lines = Json::array({line});
  const Json in_litres = Json::array({{{"lot", "LOT-1"}, {"quantity", quantity(amount, "l")}}});
  const Json too_fine = Json::array({{{"lot", "LOT-1"}, {"quantity", quantity("31.3372591")}}});
  return {
      {"transfer.accept", {{"consignment", "C-2"}}},
      {"transfer.count", {{"consignment", "C-2"}, {"lines", in_litres}, {"seals_intact", "none"}}},
      {"transfer.count", {{"consignment", "C-2"}, {"lines", too_fine}, {"seals_intact", "none"}}},
      {"transfer.count", {{"consignment", "C-9"}, {"lines", lines}, {"seals_intact", "none"}}},
      {"transfer.dispatch",
       {{"consignment", "C-4"},
        {"receiver", "maker-1"},
        {"from_site", "S-user-1"},
        {"to_site", "S-maker-1"},
        {"lines", lines},
        {"returns", "C-2"}}},
      {"transfer.cancel", {{"consignment", "C-2"}, {"reason", "未到货"}}},
      {"transfer.handover",
       {{"consignment", "C-2"}, {"to", "other-1"}, {"lines", lines}, {"vehicle", "赣J12345"}, {"seals_intact", "yes"}}},
      {"transfer.carry", {{"consignment", "C-2"}, {"vehicle", "赣J12345"}, {"seals_intact", "yes"}, {"lines", lines}}},
      {"use.record",
       {{"site", "S-user-1"},
        {"lines", lines},
        {"permit", "B-1"},
        {"purpose", "乙酰化反应"},
        {"used_on", "2026-03-02"}}},
      {"destruction.record",
       {{"site", "S-user-1"}, {"lines", lines}, {"method", "焚烧"}, {"destroyed_on", "2026-03-02"}}},
      {"sale.cancel", {{"sale", "SALE-2"}, {"reason", "不要了"}}},
      {"sale.confirm", {{"sale", "SALE-2"}, {"quantity", quantity(amount)}}},
      {"permit.close", {{"permit", "B-1"}, {"reason", "用完"}}},
      {"permit.close", {{"permit", "T-1"}, {"reason", "用完"}}},
      {"package.split", {{"site", "S-user-1"}, {"lot", "LOT-1"}, {"into", lines}}},
      {"finding.explain", {{"finding", "F-1-1"}, {"cause", "leakage"}, {"statement", "不详"}}}};
}

/// Each operation that is no read, as the receiver may try it before its count.
std::map<std::string, std::vector<Answer>> refused_writes(City& city) {
  std::map<std::string, std::vector<Answer>> out;
  Link link(city.port());
  for (const char* amount : {"1", "31", "32", "40", "68", "69", "100", "9000"})
    for (const auto& [type, payload] : attempts(amount)) {
      const auto entry = city.user.make(city.now(), type, payload);
      out["submitEntry"].push_back(city.send(entry));
      out["submitEntries"].push_back(
          link.post("/v1/entries:batch", registry::format_submission(entry), "application/x-ndjson"));
    }
  out["askChallenge"] = {link.post("/v1/session/challenges", Json{{"key", city.user.key_id()}}.dump()),
                         link.post("/v1/session/challenges", "{}")};
  out["signIn"] = {link.post("/v1/session", "{}"),
                   link.post("/v1/session", Json{{"challenge", "C-2"}, {"signature", "AAAA"}}.dump())};
  out["signOut"] = {link.remove("/v1/session")};
  out["answerBorderNotice"] = {link.post("/v1/border-cases/PEN-1/partner/" + border_token(), "{}"),
                               link.post("/v1/border-cases/C-2/partner/" + border_token(), "{}")};
  return out;
}

std::set<std::string> names_of(const std::map<std::string, std::vector<Answer>>& answers) {
  std::set<std::string> out;
  for (const auto& [operation, list] : answers) out.insert(operation);
  return out;
}

/// Status and text of each, without the port of the server.
std::string heard(City& city, const std::vector<Answer>& answers) {
  std::string out;
  for (const Answer& each : answers) out += std::to_string(each.status) + " " + each.body + "\n";
  const std::string port = ":" + std::to_string(city.port());
  for (auto at = out.find(port); at != out.npos; at = out.find(port)) out.erase(at, port.size());
  return without_random(without_ids(out));
}

}  // namespace

TEST_CASE("No refusal tells the receiver what was shipped, and none depends on it") {
  City one, two;
  send_on_the_road(one, kShipped.kilograms(), kCarried.kilograms());
  send_on_the_road(two, kOtherShipped.kilograms(), kOtherCarried);
  const auto size = one.log_size();
  const auto first = refused_writes(one), second = refused_writes(two);
  CHECK(names_of(first) == operations_that_write(one));
  // None of them is a fact: all were refused.
  CHECK(one.log_size() == size);
  for (const auto& [operation, answers] : first) {
    INFO(operation);
    CHECK(told(operation, heard(one, answers)) == std::vector<std::string>{});
    CHECK(heard(one, answers) == heard(two, second.at(operation)));
    for (const Answer& each : answers) CHECK(each.status < 500);
  }
  CHECK(first.at("submitEntry").front().rule() == "not-counted");
}

TEST_CASE("Before its count the receiver is shown of a consignment what it must know, and no amount") {
  City city;
  send_on_the_road(city, kShipped.kilograms(), kCarried.kilograms());
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
