#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "crypto/digest.h"
#include "registry/log/receipt.h"
#include "registry/steps/border_link.h"
#include "tests/api/city.h"

using namespace city;

namespace {

/// A city with a commerce agency, customs, and an exporter that holds 100 kg of acetic anhydride.
struct Port {
  City city;
  Person commerce{City::kLedger, "co-jx", "commerce"}, customs{City::kLedger, "cu-sh", "customs"},
      exporter{City::kLedger, "exporter-1", "exporter"};

  Port() {
    agency(commerce, "CO", "P", "360000");
    agency(customs, "CU", "C", "310000");
    city.must(exporter, "party.register",
              {{"name", "萍乡出口"},
               {"kinds", Json::array({"exporter"})},
               {"uscc", "91360313MA6F7N3202"},
               {"region", "360302"},
               {"address", "安源区一号"},
               {"key", exporter.key_json()}});
    city.must(city.police, "party.verify", {{"party", "exporter-1"}, {"method", "in-person"}});
    city.must(exporter, "site.add",
              {{"site", "S-exporter-1"}, {"name", "一号库"}, {"kind", "port"}, {"region", "360302"}, {"address", "-"}});
    city.must(exporter, "stock.open",
              {{"site", "S-exporter-1"},
               {"lines", Json::array({{{"lot", "LOT-9"}, {"substance", "CN2-02"}, {"quantity", quantity("100")}}})}});
  }

  void agency(Person& who, const char* role, const char* level, const char* region) {
    city.must(city.operator_, "agency.enrol",
              {{"agency", who.party()},
               {"name", who.party()},
               {"role", role},
               {"level", level},
               {"region", region},
               {"key", who.key_json()}},
              {&who});
  }

  void notify(const std::string& number) {
    city.must(commerce, "border.notify",
              {{"border_case", number},
               {"direction", "export"},
               {"party", "exporter-1"},
               {"country", "SG"},
               {"authority", "Central Narcotics Bureau"},
               {"exporter_name", "萍乡出口"},
               {"exporter_address", "安源区一号"},
               {"importer_name", "Lim Pte"},
               {"importer_address", "1 Quay"},
               {"end_use", "acetylation"},
               {"substance", "CN2-02"},
               {"quantity", quantity("40")},
               {"mode", "sea"},
               {"port_exit", "Shanghai"},
               {"port_entry", "Singapore"},
               {"dispatch_on", "2026-03-20"},
               {"reply_by", "2026-03-17"}});
  }

  /// The address a partner authority gets.
  std::string link(const std::string& number, const std::string& id, const char* purpose = "answer",
                   const char* expires = "2026-03-17T00:00:00.000Z") {
    const std::string secret = crypto::sha256(id).hex();
    city.must(commerce, "border.link",
              {{"border_case", number},
               {"link", id},
               {"purpose", purpose},
               {"secret_hash", registry::link_secret_hash(secret)},
               {"expires", expires}});
    return address(number, id, secret);
  }
  static std::string address(const std::string& number, const std::string& id, const std::string& secret) {
    return "/v1/border-cases/" + number + "/partner/" + id + "." + secret;
  }

  Answer answer(const std::string& at, const Json& body) { return city.link().post(at, body.dump()); }
  Json the_case(const std::string& number) { return city.get("/v1/border-cases/" + number).json(); }
};

Json no_objection() { return {{"answer", "no_objection"}, {"officer_reference", "CNB/2026/17"}}; }

}  // namespace

TEST_CASE("a partner authority reads a notice and answers it without an account", "[api][border]") {
  Port port;
  port.notify("PEN-1");
  const std::string at = port.link("PEN-1", "K-1");
  const auto before = port.city.log_size();
  const Answer notice = port.city.link().get(at);
  REQUIRE(notice.status == 200);
  CHECK(notice.cache == "no-store");
  const Json shown = notice.json();
  CHECK(text(shown.at("notice"), "end_use") == "acetylation");
  CHECK(text(shown.at("substance"), "cas") == "108-24-7");
  CHECK(shown.at("quantity").at("amount") == 40'000'000);
  CHECK(registry::verify_receipt(text(shown.at("proof"), "receipt"), text(shown.at("proof"), "leaf"),
                                 port.city.registry().log_key())
            .has_value());
  CHECK(port.city.log_size() == before + 1);
  CHECK(text(port.the_case("PEN-1"), "state") == "read");
  // Looking again changes nothing.
  CHECK(port.city.link().get(at).status == 200);
  CHECK(port.city.log_size() == before + 1);

  const Answer stored = port.answer(at, no_objection());
  REQUIRE(stored.status == 201);
  CHECK(registry::verify_receipt(text(stored.json(), "receipt"), text(stored.json(), "leaf"),
                                 port.city.registry().log_key())
            .has_value());
  const Json after = port.the_case("PEN-1");
  CHECK(text(after, "state") == "no_objection");
  CHECK(after.at("documents").size() == 4);
  CHECK(text(after.at("documents")[3], "party") == "registry");
  CHECK(text(after.at("links")[0], "state") == "used");
  CHECK_FALSE(after.at("links")[0].contains("secret_hash"));
}

TEST_CASE("every abuse of a link is refused by its own rule, and stores nothing", "[api][border]") {
  Port port;
  port.notify("PEN-1");
  port.notify("PEN-2");
  const std::string good = port.link("PEN-1", "K-1");
  const std::string secret = crypto::sha256("K-1").hex();
  const auto before = port.city.log_size();
  const auto refuses = [&](const std::string& at, const std::string& says) {
    CHECK(port.city.link().get(at).says() == says);
    CHECK(port.answer(at, no_objection()).says() == says);
  };
  refuses(Port::address("PEN-1", "K-1", std::string(64, '0')), "404 border-link-tampered");
  refuses(Port::address("PEN-1", "K-7", secret), "404 border-link-tampered");
  refuses("/v1/border-cases/PEN-1/partner/nonsense", "404 border-link-tampered");
  refuses("/v1/border-cases/PEN-1/partner/K-1." + secret.substr(1), "404 border-link-tampered");
  refuses(Port::address("PEN-2", "K-1", secret), "403 border-link-wrong-case");
  refuses(Port::address("NONE", "K-1", secret), "403 border-link-wrong-case");
  CHECK(port.city.log_size() == before);

  // Bad answers name every bad field; the link stays good.
  CHECK(port.answer(good, {{"answer", "perhaps"}, {"reply_by", "soon"}}).says() ==
        "422 payload-form /officer_reference:required /reply_by:bad_date /answer:not_allowed");
  CHECK(port.answer(good, {{"answer", "needs_time"}, {"officer_reference", "x"}}).says() ==
        "422 payload-form /reply_by:required");
  Json forged = no_objection();
  forged["channel"] = "pen";
  CHECK(port.answer(good, forged).says() == "422 payload-form /channel:unknown_field");
  CHECK(port.city.link().post(good, "[]").status == 400);
  CHECK(port.city.link().post(good, "{").status == 400);
  CHECK(port.city.link().post(good, "answer=yes", "application/x-www-form-urlencoded").status == 415);
  CHECK(port.answer(good, {{"answer", "no_objection"}, {"officer_reference", "x"}, {"text", std::string(20'000, 'x')}})
            .status == 413);
  CHECK(port.city.log_size() == before);
}

TEST_CASE("a link is good once, until it expires or a newer one comes", "[api][border]") {
  Port port;
  port.notify("PEN-1");
  const std::string first = port.link("PEN-1", "K-1");
  CHECK(port.answer(first, {{"answer", "suspended"}, {"officer_reference", "CNB/1"}}).status == 201);
  CHECK(port.answer(first, no_objection()).says() == "409 border-link-used");
  CHECK(port.city.link().get(first).says() == "409 border-link-used");
  const std::string second = port.link("PEN-1", "K-2"), third = port.link("PEN-1", "K-3");
  CHECK(port.answer(second, no_objection()).says() == "410 border-link-replaced");
  port.city.go_to(*registry::UtcTime::parse("2026-03-17T00:00:00.000Z"));
  CHECK(port.answer(third, no_objection()).says() == "410 border-link-expired");
  CHECK(port.city.link().get(third).says() == "410 border-link-expired");
  CHECK(text(port.the_case("PEN-1"), "state") == "suspended");
}

TEST_CASE("an export is led through and its arrival confirmed by a second link", "[api][border]") {
  Port port;
  port.notify("PEN-1");
  CHECK(port.answer(port.link("PEN-1", "K-1"), no_objection()).status == 201);
  port.city.must(port.commerce, "permit.issue",
                 {{"permit", "EX-1"},
                  {"kind", "EXP"},
                  {"holder", "exporter-1"},
                  {"lines", Json::array({{{"substance", "CN2-02"}, {"quantity", quantity("40")}}})},
                  {"valid_from", "2026-03-02"},
                  {"valid_to", "2026-06-01"},
                  {"purpose", "出口"},
                  {"border_case", "PEN-1"}});
  port.city.must(port.customs, "border.clear",
                 {{"border_case", "PEN-1"},
                  {"declaration", "2202-17"},
                  {"quantity", quantity("40")},
                  {"office", "2202"},
                  {"released_on", "2026-03-02"}});
  port.city.must(port.exporter, "export.depart",
                 {{"site", "S-exporter-1"},
                  {"lot", "LOT-9"},
                  {"quantity", quantity("40")},
                  {"permit", "EX-1"},
                  {"country", "SG"},
                  {"consignee", "Lim Pte"},
                  {"declaration", "2202-17"},
                  {"departed_on", "2026-03-02"}});
  const std::string at = port.link("PEN-1", "K-2", "confirm");
  CHECK(text(port.city.link().get(at).json(), "purpose") == "confirm");
  CHECK(port.answer(at, no_objection()).says() ==
        "422 payload-form /quantity:required /arrived_on:required /answer:unknown_field");
  CHECK(port.answer(at, {{"quantity", quantity("38")}, {"arrived_on", "2026-03-02"}, {"officer_reference", "CNB/2"}})
            .status == 201);
  const Json after = port.the_case("PEN-1");
  CHECK(text(after, "state") == "confirmed");
  CHECK(after.at("differences")[0].at("missing").at("amount") == 2'000'000);
  CHECK(text(after.at("findings")[0], "kind") == "border-confirmed-differs");
  CHECK(port.city.get("/v1/border-cases?standing=mismatched").json().at("data").size() == 1);
  CHECK(port.city.get("/v1/border-cases?standing=open").json().at("data").empty());
  CHECK(port.city.get("/v1/border-cases?direction=import").json().at("data").empty());
  // The trace of the lot says by which two-way check it left.
  const Json trace = port.city.get("/v1/trace/lots/LOT-9").json();
  CHECK(trace.dump().find("\"border_case\":\"PEN-1\"") != std::string::npos);
}

TEST_CASE("who is silent is listed, and others see no cases of a unit", "[api][border]") {
  Port port;
  port.notify("PEN-1");
  CHECK(port.city.get("/v1/border-cases?standing=silent").json().at("data").empty());
  port.city.go_to(*registry::UtcTime::parse("2026-03-18T02:00:00.000Z"));
  const Json silent = port.city.get("/v1/border-cases?standing=silent").json().at("data");
  REQUIRE(silent.size() == 1);
  CHECK(silent[0].at("no_answer") == true);
  CHECK(silent[0].at("answered_at").is_null());
  CHECK(port.city.get("/v1/border-cases", "officer-other-1").json().at("data").empty());
  CHECK(port.city.get("/v1/border-cases/PEN-1", "officer-other-1").says() == "404 not-found");
  CHECK(port.city.get("/v1/border-cases?party=exporter-1", "officer-other-1").says() == "404 not-found");
  CHECK(port.city.get("/v1/border-cases/NONE").says() == "404 not-found");
  CHECK(port.city.get("/v1/border-cases", "").status == 401);
  CHECK(port.city.get("/v1/border-cases?standing=nowhere").status == 400);
}
