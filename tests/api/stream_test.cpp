#include <catch2/catch.hpp>
#include <set>
#include <thread>

#include "crypto/encoding.h"
#include "tests/api/city.h"
#include "tests/api/listener.h"

// What changes is told as it changes, to those whom it concerns.
using namespace city;

namespace {

constexpr std::int64_t kMinute = 60'000;
using std::chrono::milliseconds;

/// The token of a new session.
std::string session_of(City& city, const Person& who) {
  Link link(city.port());
  link.set_header("Sec-Fetch-Site", "same-origin");
  const Json challenge = link.post("/v1/session/challenges", Json{{"key", who.key_id()}}.dump()).json();
  const std::string signature = crypto::to_base64(who.key().sign(text(challenge, "text")));
  const Answer session =
      link.post("/v1/session", Json{{"challenge", challenge["challenge"]}, {"signature", signature}}.dump());
  REQUIRE(session.status == 201);
  return session.cookie.substr(0, session.cookie.find(';'));
}

Listener::Fields with_cookie(const std::string& cookie) {
  return {{"Cookie", cookie}, {"Sec-Fetch-Site", "same-origin"}};
}

/// All that is told by now, as names.
std::set<std::string> told(City& city, const std::string& token) {
  Listener listener(city.port(), "/v1/stream?from=0&follow=no", token);
  std::set<std::string> out;
  while (const auto event = listener.next())
    if (event->name == "change")
      for (const auto& thing : event->data["changed"]) out.insert(text(thing, "kind") + " " + text(thing, "id"));
  CHECK(listener.ended());
  return out;
}

/// Where a thing of the kind is asked for; empty where it is only listed.
std::string path_of(const std::string& name) {
  static const std::map<std::string, std::string> paths{{"party", "/v1/parties/"},
                                                        {"site", "/v1/sites/"},
                                                        {"key", "/v1/keys/"},
                                                        {"permit", "/v1/permits/"},
                                                        {"sale", "/v1/sales/"},
                                                        {"application", "/v1/applications/"},
                                                        {"consignment", "/v1/consignments/"},
                                                        {"finding", "/v1/findings/"},
                                                        {"border-case", "/v1/border-cases/"}};
  const auto space = name.find(' ');
  const auto path = paths.find(name.substr(0, space));
  return path == paths.end() ? std::string() : path->second + name.substr(space + 1);
}

std::string ready(Listener& listener) {
  const auto event = listener.next();
  return event ? event->name + " " + event->data.dump() : "nothing";
}

}  // namespace

TEST_CASE("A movement is told to those who have a part in it, within a second, and to nobody else") {
  City city;
  city.open_trade();
  city.sell("SALE-1", "20");
  Listener sender(city.port(), "/v1/stream", "officer-maker-1"), receiver(city.port(), "/v1/stream", "officer-user-1"),
      carrier(city.port(), "/v1/stream", "officer-carrier-1"), regulator(city.port(), "/v1/stream", "regulator"),
      bureau(city.port(), "/v1/stream", "bureau"), bystander(city.port(), "/v1/stream", "officer-other-1");
  const std::string start = std::to_string(city.log_size());
  for (Listener* each : {&sender, &receiver, &carrier, &regulator, &bureau, &bystander})
    CHECK(ready(*each) == "ready {\"next\":" + start + "}");
  city.dispatch("C-1", "SALE-1", "20");
  CHECK(receiver.change(milliseconds{1'000}) == "consignment C-1+, obligation receive:consignment:C-1+, sale SALE-1");
  const std::string all = regulator.change(milliseconds{1'000});
  CHECK(all.find("consignment C-1+") != all.npos);
  CHECK(all.find("stock S-maker-1") != all.npos);
  CHECK(sender.change(milliseconds{1'000}).find("stock S-maker-1") != std::string::npos);
  CHECK(carrier.change(milliseconds{1'000}).find("consignment C-1+") != std::string::npos);
  CHECK(bureau.change(milliseconds{1'000}).find("permit ") != std::string::npos);
  city.count("C-1", "12.5");
  // Whose half does not fit sees the finding: the sender, the carrier, the receiver, and the authority.
  for (Listener* each : {&sender, &receiver, &carrier, &regulator}) {
    const std::string change = each->change(milliseconds{1'000});
    INFO(change);
    const auto at = change.find("finding F-");
    REQUIRE(at != change.npos);
    const std::string id = change.substr(at + 8, change.find('+', at) - at - 8);
    const char* token = each == &sender ? "officer-maker-1" : each == &carrier ? "officer-carrier-1" : "officer-user-1";
    CHECK(city.get("/v1/findings/" + id, each == &regulator ? "regulator" : token).status == 200);
    CHECK(city.get("/v1/findings/" + id, "officer-other-1").status == 404);
  }
  CHECK(bystander.change(milliseconds{300}).empty());
  // It is moved on all the same, and asks for none of it again.
  CHECK(bystander.last_id() == std::to_string(city.log_size() - 1));
}

TEST_CASE("What is told can be asked for, and what is not told cannot") {
  City& city = traded_city();
  const std::set<std::string> everything = told(city, "regulator");
  CHECK(everything.size() > 20);
  for (const char* token : {"officer-maker-1", "officer-user-1", "officer-carrier-1", "officer-other-1", "bureau"}) {
    const std::set<std::string> known = told(city, token);
    std::size_t asked = 0;
    for (const std::string& name : everything) {
      const std::string path = path_of(name);
      if (path.empty()) continue;
      INFO(token << " " << path);
      CHECK((city.get(path, token).status == 200) == known.contains(name));
      ++asked;
    }
    CHECK(asked > 10);
    for (const std::string& name : known) CHECK(everything.contains(name));
  }
}

TEST_CASE("A finding is listed for everybody who has a part in the goods, and for nobody else") {
  City city;
  city.open_trade();
  city.sell("SALE-1", "20");
  city.dispatch("C-1", "SALE-1", "20");
  city.count("C-1", "12.5");
  const auto subjects = [&](const char* token) {
    std::string out;
    const Json page = city.get("/v1/findings", token).json();
    for (const Json& row : page["data"]) out += text(row, "subject") + " ";
    return out;
  };
  for (const char* token : {"officer-maker-1", "officer-user-1", "officer-carrier-1", "regulator"}) {
    INFO(token);
    CHECK_THAT(subjects(token), Catch::Contains("consignment:C-1 "));
  }
  CHECK_THAT(subjects("officer-other-1"), !Catch::Contains("consignment:C-1"));
}

TEST_CASE("Whoever comes back with the last id misses nothing and gets nothing twice") {
  City city;
  city.open_trade();
  std::vector<std::string> live;
  {
    Listener listener(city.port(), "/v1/stream", "regulator");
    ready(listener);
    city.sell("SALE-1", "5");
    live.push_back(listener.next()->id);
  }
  for (int i = 2; i < 9; ++i) city.sell("SALE-" + std::to_string(i), "1");
  Listener again(city.port(), "/v1/stream", "regulator", {{"Last-Event-ID", live.back()}});
  CHECK(ready(again) == "ready {\"next\":" + std::to_string(std::stoll(live.back()) + 1) + "}");
  city.sell("SALE-9", "1");
  for (std::int64_t index = std::stoll(live.back()) + 1; index < city.log_size(); ++index) {
    const auto event = again.next();
    REQUIRE(event);
    CHECK(event->id == std::to_string(index));
    CHECK(event->data["index"] == index);
  }
  CHECK(again.change(milliseconds{300}).empty());
}

TEST_CASE("A long past is told in slices, one event for each entry that changed something") {
  City& city = traded_city();
  Listener listener(city.port(), "/v1/stream?from=3&follow=no", "auditor");
  CHECK(ready(listener) == R"(ready {"next":3})");
  std::int64_t last = 2;
  while (const auto event = listener.next()) {
    CHECK(event->data["index"].get<std::int64_t>() > last);
    last = event->data["index"].get<std::int64_t>();
  }
  CHECK(listener.ended());
  CHECK(listener.last_id() == std::to_string(city.log_size() - 1));
}

TEST_CASE("An id from beyond the end begins at the end, and one that is none does not count") {
  City& city = traded_city();
  const std::string size = std::to_string(city.log_size());
  for (const char* id : {"999999", "-4", "four", "99999999999999999999"}) {
    Listener listener(city.port(), "/v1/stream", "regulator", {{"Last-Event-ID", id}});
    INFO(id);
    CHECK(ready(listener) == "ready {\"next\":" + size + "}");
  }
  CHECK(city.get("/v1/stream?from=x").says() == "400 bad-parameter query/from:bad_integer");
  CHECK(city.get("/v1/stream?follow=maybe").status == 400);
  CHECK(city.get("/v1/stream", "").says() == "401 unauthenticated");
  CHECK(city.get("/v1/stream", "operator").says() == "403 forbidden");
}

TEST_CASE("A stream ends with its session") {
  City city;
  SECTION("signed out") {
    const std::string cookie = session_of(city, city.maker);
    Listener listener(city.port(), "/v1/stream", "", with_cookie(cookie));
    ready(listener);
    Link link(city.port());
    for (const auto& [name, value] : with_cookie(cookie)) link.set_header(name, value);
    CHECK(link.remove("/v1/session").status == 204);
    CHECK(ready(listener) == R"(end {"why":"session-ended"})");
    CHECK(!listener.next());
    CHECK(listener.ended());
  }
  SECTION("idle: listening is no sign that somebody sits there") {
    const std::string cookie = session_of(city, city.maker);
    Listener listener(city.port(), "/v1/stream", "", with_cookie(cookie));
    ready(listener);
    city.go_to(city.now().plus_ms(9 * kMinute));
    Listener second(city.port(), "/v1/stream", "", with_cookie(cookie));
    ready(second);
    city.go_to(city.now().plus_ms(2 * kMinute));
    CHECK(ready(listener) == R"(end {"why":"session-ended"})");
    CHECK(ready(second) == R"(end {"why":"session-ended"})");
  }
  SECTION("the key may no longer act") {
    Listener listener(city.port(), "/v1/stream", "", with_cookie(session_of(city, city.maker)));
    ready(listener);
    city.must(city.police, "party.suspend", {{"party", "maker-1"}, {"reason", "停业"}});
    CHECK(ready(listener) == R"(end {"why":"session-ended"})");
  }
}

TEST_CASE("A page that reads again by itself keeps no session awake") {
  City city;
  const std::string cookie = session_of(city, city.maker);
  Link page(city.port());
  for (const auto& [name, value] : with_cookie(cookie)) page.set_header(name, value);
  page.set_header("Tallystick-Unattended", "?1");
  city.go_to(city.now().plus_ms(6 * kMinute));
  CHECK(page.get("/v1/parties/maker-1").status == 200);
  city.go_to(city.now().plus_ms(6 * kMinute));
  CHECK(page.get("/v1/parties/maker-1").says() == "401 session-ended");
}

TEST_CASE("One stream too many of a session ends its oldest; too many of an address are refused with a time to wait") {
  City& city = traded_city();
  std::vector<std::unique_ptr<Listener>> listeners;
  for (int i = 0; i < 5; ++i) {
    listeners.push_back(std::make_unique<Listener>(city.port(), "/v1/stream", "regulator"));
    ready(*listeners.back());
  }
  CHECK(ready(*listeners.front()) == R"(end {"why":"replaced"})");
  CHECK(!listeners.back()->next(milliseconds{200}));
  CHECK(!listeners.back()->ended());
  listeners.clear();
  std::vector<std::string> cookies;
  for (int i = 0; i < 12; ++i)
    for (const Person* who : {&city.maker, &city.user, &city.carrier}) cookies.push_back(session_of(city, *who));
  int refused = 0;
  for (std::size_t i = 0; i < 140; ++i) {
    listeners.push_back(
        std::make_unique<Listener>(city.port(), "/v1/stream", "", with_cookie(cookies[i % cookies.size()])));
    refused += listeners.back()->status() == 429 ? 1 : 0;
  }
  CHECK(refused == 12);
  const Answer answer = city.get("/v1/stream");
  CHECK(answer.says() == "429 too-many-streams");
  CHECK(answer.retry_after == "30");
}
