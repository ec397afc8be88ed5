#include <catch2/catch.hpp>
#include <functional>

#include "crypto/digest.h"
#include "crypto/encoding.h"
#include "goods.h"
#include "registry/steps/border_link.h"
#include "registry/steps/border_states.h"

using namespace goods;

namespace {

constexpr std::string_view kSecret = "11223344556677889900aabbccddeeff11223344556677889900aabbccddeeff";

/// One letter for each state, in their order.
constexpr std::string_view kLetters = "nrtsNolcdaCw";

/// The states after each event, in their order; a point where the event has no place.
std::string row_of(BorderDirection direction, BorderState state) {
  std::string out;
  for (std::size_t event = 0; event < std::size(EnumNames<BorderEvent>::names); ++event) {
    const auto to = state_after(direction, state, static_cast<BorderEvent>(event));
    out += to ? kLetters[static_cast<std::size_t>(*to)] : '.';
  }
  return out;
}

std::string notice(const Members& changes = {}) {
  return payload({{"border_case", "'PEN-1'"},
                  {"direction", "'export'"},
                  {"party", "'EXPORTER'"},
                  {"country", "'SG'"},
                  {"authority", "'Central Narcotics Bureau'"},
                  {"exporter_name", "'萍乡出口'"},
                  {"exporter_address", "'安源区一号'"},
                  {"importer_name", "'Lim Pte'"},
                  {"importer_address", "'1 Quay'"},
                  {"end_use", "'acetylation'"},
                  {"substance", "'CN2-02'"},
                  {"quantity", quantity("40 kg")},
                  {"mode", "'sea'"},
                  {"port_exit", "'Shanghai'"},
                  {"port_entry", "'Singapore'"},
                  {"dispatch_on", "'2026-03-20'"},
                  {"reply_by", "'2026-03-17'"}},
                 changes);
}

std::string foreign_notice(const Members& changes = {}) {
  Members all = {{"direction", "'import'"}, {"party", "'IMPORTER'"}, {"country", "'DE'"}};
  for (const auto& [name, value] : changes) all[name] = value;
  return notice(all);
}

std::string answer(std::string_view word, const Members& changes = {}) {
  return payload({{"border_case", "'PEN-1'"},
                  {"answer", "'" + std::string(word) + "'"},
                  {"channel", "'pen'"},
                  {"officer_reference", "'CNB/2026/17'"}},
                 changes);
}

std::string licence(const Members& changes = {}) {
  return payload({{"permit", "'EX-9'"},
                  {"kind", "'EXP'"},
                  {"holder", "'EXPORTER'"},
                  {"lines", "[{'substance':'CN2-02','quantity':" + quantity("40 kg") + "}]"},
                  {"valid_from", "'2026-03-02'"},
                  {"valid_to", "'2026-06-30'"},
                  {"purpose", "'出口'"},
                  {"border_case", "'PEN-1'"}},
                 changes);
}

std::string release(const Members& changes = {}) {
  return payload({{"border_case", "'PEN-1'"},
                  {"declaration", "'2202-17'"},
                  {"quantity", quantity("40 kg")},
                  {"office", "'2202'"},
                  {"released_on", "'2026-03-02'"}},
                 changes);
}

std::string departure(const Members& changes = {}) {
  return payload({{"site", "'S-EXPORTER'"},
                  {"lot", "'L-9'"},
                  {"quantity", quantity("40 kg")},
                  {"permit", "'EX-9'"},
                  {"country", "'SG'"},
                  {"consignee", "'Lim Pte'"},
                  {"declaration", "'2202-17'"},
                  {"departed_on", "'2026-03-02'"}},
                 changes);
}

std::string arrival(const Members& changes = {}) {
  return payload({{"site", "'S-IMPORTER'"},
                  {"lot", "'I-9'"},
                  {"substance", "'CN2-02'"},
                  {"quantity", quantity("40 kg")},
                  {"permit", "'IM-9'"},
                  {"country", "'DE'"},
                  {"exporter", "'Chemie GmbH'"},
                  {"declaration", "'2202-17'"},
                  {"received_on", "'2026-03-02'"}},
                 changes);
}

std::string confirmation(std::string_view amount, const Members& changes = {}) {
  return payload({{"border_case", "'PEN-1'"},
                  {"channel", "'letter'"},
                  {"quantity", quantity(amount)},
                  {"arrived_on", "'2026-03-02'"},
                  {"officer_reference", "'CNB/2026/18'"}},
                 changes);
}

std::string link(const Members& changes = {}) {
  return payload({{"border_case", "'PEN-1'"},
                  {"link", "'K-1'"},
                  {"purpose", "'answer'"},
                  {"secret_hash", "'" + link_secret_hash(kSecret) + "'"},
                  {"expires", "'2026-03-17T00:00:00.000Z'"}},
                 changes);
}

std::string through_link(std::string_view word, const Members& changes = {}) {
  Members all = {{"channel", "'link'"}, {"link", "'K-1'"}, {"secret", "'" + std::string(kSecret) + "'"}};
  for (const auto& [name, value] : changes) all[name] = value;
  return answer(word, all);
}

/// An exporter with 100 kg of acetic anhydride, an importer, commerce, public security and customs.
World port() {
  World w = market();
  w.unit("EXPORTER", "exporter", "360302");
  w.site("S-EXPORTER", "EXPORTER", "360302");
  w.unit("IMPORTER", "importer", "360302");
  w.site("S-IMPORTER", "IMPORTER", "360302", "port");
  w.agency("CO-JX", "CO", "P", "360000");
  w.agency("PS-JX", "PS", "P", "360000");
  w.agency("PS-CITY", "PS", "C", "360300");
  w.agency("CU-SH", "CU", "C", "310000");
  w.unit("registry", "registry", "360000");
  stock(w, "S-EXPORTER", "L-9", kAnhydride, 100 * kKg);
  return w;
}

/// port() with the case led so far: "notified", "no_objection", "licensed", "cleared", "departed".
World led_to(std::string_view where) {
  World w = port();
  const std::pair<std::string_view, std::function<std::string()>> ways[] = {
      {"notified", [&] { return does(w, "border.notify", "CO-JX", notice()); }},
      {"no_objection", [&] { return does(w, "border.reply", "CO-JX", answer("no_objection")); }},
      {"licensed", [&] { return does(w, "permit.issue", "CO-JX", licence()); }},
      {"cleared", [&] { return does(w, "border.clear", "CU-SH", release()); }},
      {"departed", [&] { return does(w, "export.depart", "EXPORTER", departure()); }}};
  for (const auto& [name, go] : ways) {
    const std::string said = go();
    INFO(name << ": " << said);
    REQUIRE(said == "ok");
    if (name == where) break;
  }
  return w;
}

World import_led_to(std::string_view where) {
  World w = port();
  paper(w, "IM-9", "IMP", "IMPORTER", kAnhydride, 100 * kKg);
  REQUIRE(does(w, "border.notify", "PS-JX", foreign_notice({{"licence", "'IM-9'"}})) == "ok");
  if (where == "read") return w;
  REQUIRE(w.row<Obligation>("answer-notice:border_case:PEN-1")->party == "PS-JX");
  REQUIRE(does(w, "border.reply", "PS-JX", answer("no_objection", {{"channel", "'own'"}})) == "ok");
  REQUIRE(w.row<Obligation>("answer-notice:border_case:PEN-1")->closed != kNone);
  if (where == "licensed") return w;
  REQUIRE(does(w, "border.clear", "CU-SH", release()) == "ok");
  return w;
}

BorderCase the_case(const World& w) { return *w.row<BorderCase>("PEN-1"); }
std::string state(const World& w) { return std::string(name_of(the_case(w).state)); }

}  // namespace

TEST_CASE("two-way check: every event in every state is allowed or not, by one table", "[steps][border]") {
  // Events: reading, no_objection, objection, suspension, needs_time, licence, release, departure, arrival,
  // confirmation, withdrawal.
  const std::string both[] = {"rNost.....w", "rNost.....w", "tNost.....w", "sNost.....w",
                              "NNostl....w", "oNost.....w", "llost.c...w"};
  for (std::size_t at = 0; at < std::size(both); ++at)
    for (const auto direction : {BorderDirection::export_goods, BorderDirection::import_goods})
      CHECK(row_of(direction, static_cast<BorderState>(at)) == both[at]);
  const auto rows = [](BorderDirection direction) {
    std::string out;
    for (const auto each : {BorderState::cleared, BorderState::departed, BorderState::arrived, BorderState::confirmed,
                            BorderState::withdrawn})
      out += row_of(direction, each) + " ";
    return out;
  };
  CHECK(rows(BorderDirection::export_goods) == "ccost.cd... d........C. ........... ........... ........... ");
  CHECK(rows(BorderDirection::import_goods) == "ccost.c.a.. ........... ......c.... ........... ........... ");
}

TEST_CASE("two-way check: each state says why an event has no place in it", "[steps][border]") {
  const auto why = [](BorderState state, BorderEvent event) {
    BorderCase found;
    found.id = "PEN-1";
    found.state = state;
    found.reply_by = Date::of(2026, 3, 17);
    return why_not(found, event, Date::of(2026, 3, 2)).rule;
  };
  CHECK(why(BorderState::no_objection, BorderEvent::release) == "border-unlicensed");
  CHECK(why(BorderState::licensed, BorderEvent::licence) == "border-licensed-already");
  CHECK(why(BorderState::licensed, BorderEvent::departure) == "border-unreleased");
  CHECK(why(BorderState::cleared, BorderEvent::reading) == "border-released-already");
  CHECK(why(BorderState::departed, BorderEvent::release) == "border-moved-already");
  CHECK(why(BorderState::arrived, BorderEvent::objection) == "border-moved-already");
  CHECK(why(BorderState::withdrawn, BorderEvent::reading) == "border-case-closed");
}

TEST_CASE("two-way check: an export goes from notice to foreign confirmation", "[steps][border]") {
  World w = led_to("notified");
  CHECK(w.row<Obligation>("await-answer:border_case:PEN-1")->due == end_of(Date::of(2026, 3, 17)));
  CHECK(state(w) == "notified");
  CHECK(does(w, "border.reply", "CO-JX", answer("no_objection")) == "ok");
  CHECK(w.row<Obligation>("await-answer:border_case:PEN-1")->closed == 101);
  CHECK(does(w, "permit.issue", "CO-JX", licence()) == "ok");
  CHECK(w.row<BorderLicence>("EX-9")->border_case == "PEN-1");
  CHECK(does(w, "border.clear", "CU-SH", release()) == "ok");
  const Answer left = w.submit("export.depart", "EXPORTER", departure());
  CHECK(verdict(w, left) == "ok");
  CHECK(findings(left).empty());
  CHECK(state(w) == "departed");
  CHECK(w.row<Obligation>("confirm-export:border_case:PEN-1")->party == "CO-JX");
  const Answer there = w.submit("export.confirm", "CO-JX", confirmation("40 kg"));
  CHECK(verdict(w, there) == "ok");
  CHECK(findings(there).empty());
  CHECK(state(w) == "confirmed");
  CHECK(the_case(w).closed == 105);
  CHECK(w.row<Obligation>("confirm-export:border_case:PEN-1")->closed == 105);
  CHECK(the_case(w).documents == 6);
  CHECK(w.row<BorderDocument>("PEN-1", std::string("006"))->kind == BorderDocumentKind::confirmation);
}

TEST_CASE("two-way check: silence is never approval", "[steps][border]") {
  World w = led_to("notified");
  CHECK(does(w, "permit.issue", "CO-JX", licence()) == "refused border-unanswered /border_case");
  w.go_to("2026-03-18");
  const Members later = {{"valid_from", "'2026-03-18'"}};
  CHECK(does(w, "permit.issue", "CO-JX", licence(later)) == "refused border-no-answer /border_case");
  CHECK(does(w, "border.reply", "CO-JX", answer("needs_time", {{"reply_by", "'2026-03-18'"}})) ==
        "refused border-reply-day /reply_by");
  CHECK(does(w, "border.reply", "CO-JX", answer("needs_time", {{"reply_by", "'2026-03-25'"}})) == "ok");
  CHECK(w.row<Obligation>("await-answer:border_case:PEN-1")->due == end_of(Date::of(2026, 3, 25)));
  CHECK(does(w, "permit.issue", "CO-JX", licence(later)) == "refused border-unanswered /border_case");
  CHECK(does(w, "border.reply", "CO-JX", answer("suspended")) == "ok");
  CHECK(does(w, "permit.issue", "CO-JX", licence(later)) == "refused border-suspended /border_case");
  CHECK(does(w, "border.reply", "CO-JX", answer("objection")) == "ok");
  CHECK(does(w, "permit.issue", "CO-JX", licence(later)) == "refused border-objected /border_case");
  CHECK(does(w, "border.withdraw", "CO-JX", "{'border_case':'PEN-1','reason':'异议'}") == "ok");
  CHECK(does(w, "permit.issue", "CO-JX", licence(later)) == "refused border-case-closed /border_case");
  CHECK(does(w, "border.reply", "CO-JX", answer("no_objection")) == "refused border-case-closed /border_case");
}

TEST_CASE("two-way check: goods that need one have no licence and no departure without", "[steps][border]") {
  World w = port();
  CHECK(does(w, "permit.issue", "CO-JX", licence({{"border_case", ""}})) ==
        "refused border-check-missing /border_case");
  CHECK(does(w, "permit.issue", "CO-JX", licence()) == "refused unknown-border-case /border_case");
  // A licence from before the rule does not help.
  paper(w, "EX-9", "EXP", "EXPORTER", kAnhydride, 40 * kKg);
  CHECK(does(w, "export.depart", "EXPORTER", departure()) == "refused border-check-missing /permit");
  CHECK(does(w, "export.depart", "EXPORTER", departure({{"permit", ""}})) == "refused export-without-licence /permit");
}

TEST_CASE("two-way check: a departure waits for release, and an objection stops it", "[steps][border]") {
  World w = led_to("licensed");
  CHECK(does(w, "export.depart", "EXPORTER", departure()) == "refused border-unreleased /permit");
  CHECK(does(w, "permit.issue", "CO-JX", licence({{"permit", "'EX-10'"}})) ==
        "refused border-licensed-already /border_case");
  CHECK(does(w, "border.clear", "CU-SH", release()) == "ok");
  CHECK(does(w, "border.withdraw", "CO-JX", "{'border_case':'PEN-1','reason':'-'}") ==
        "refused border-cannot-withdraw /border_case");
  CHECK(does(w, "border.reply", "CO-JX", answer("suspended")) == "ok");
  CHECK(does(w, "export.depart", "EXPORTER", departure()) == "refused border-suspended /permit");
  CHECK(does(w, "border.reply", "CO-JX", answer("objection")) == "ok");
  CHECK(does(w, "export.depart", "EXPORTER", departure()) == "refused border-objected /permit");
  CHECK(does(w, "border.reply", "CO-JX", answer("no_objection")) == "ok");
  CHECK(state(w) == "cleared");
  CHECK(does(w, "export.depart", "EXPORTER", departure({{"country", "'MY'"}})) ==
        "refused border-other-country /country");
  CHECK(does(w, "export.depart", "EXPORTER", departure({{"declaration", "'2202-18'"}})) ==
        "refused border-other-declaration /declaration");
  CHECK(does(w, "export.depart", "EXPORTER", departure()) == "ok");
}

TEST_CASE("two-way check: licence, release, departure and arrival agree to the milligram", "[steps][border]") {
  {
    World w = led_to("no_objection");
    const Members more = {{"lines", "[{'substance':'CN2-02','quantity':" + quantity("40.000001 kg") + "}]"}};
    CHECK(does(w, "permit.issue", "CO-JX", licence(more)) == "refused border-more-than-notified /lines/0/quantity");
    CHECK(does(w, "permit.issue", "CO-JX", licence({{"valid_to", "'2027-04-01'"}})) ==
          "refused permit-too-long /valid_to");
    CHECK(does(w, "permit.issue", "CO-JX", licence({{"holder", "'IMPORTER'"}})) == "refused holder-wrong-kind /holder");
    w.unit("EXPORTER-2", "exporter", "360302");
    CHECK(does(w, "permit.issue", "CO-JX", licence({{"holder", "'EXPORTER-2'"}})) ==
          "refused border-licence-differs /border_case");
  }
  World w = led_to("licensed");
  const Answer released = w.submit("border.clear", "CU-SH", release({{"quantity", quantity("39 kg")}}));
  CHECK(verdict(w, released) == "ok");
  CHECK(findings(released) == "border-released-differs medium [763000,1237000] (102,103] EXPORTER");
  CHECK(does(w, "export.depart", "EXPORTER", departure({{"quantity", quantity("39.000001 kg")}})) ==
        "refused border-more-than-cleared /quantity");
  const Answer left = w.submit("export.depart", "EXPORTER", departure({{"quantity", quantity("38.999999 kg")}}));
  CHECK(verdict(w, left) == "ok");
  CHECK(findings(left) == "border-departed-differs low [-233999,234001] (103,104] EXPORTER");
  const Answer there = w.submit("export.confirm", "CO-JX", confirmation("26.999999 kg"));
  CHECK(verdict(w, there) == "ok");
  CHECK(findings(there) == "border-confirmed-differs critical [11802000,12198000] (104,105] EXPORTER");
  CHECK(does(w, "export.confirm", "CO-JX", confirmation("38.999999 kg")) ==
        "refused border-confirmed-already /border_case");
}

TEST_CASE("two-way check: facts out of turn are recorded and found", "[steps][border]") {
  {
    World w = led_to("notified");
    const Answer early = w.submit("border.clear", "CU-SH", release());
    CHECK(verdict(w, early) == "ok");
    CHECK(findings(early) == "border-released-unlicensed critical [-40000000,-40000000] (100,101] ");
    CHECK(state(w) == "notified");
  }
  {
    World w = led_to("licensed");
    CHECK(does(w, "border.reply", "CO-JX", answer("objection")) == "ok");
    const Answer against = w.submit("border.clear", "CU-SH", release());
    CHECK(verdict(w, against) == "ok");
    CHECK(findings(against).starts_with("border-released-objected critical"));
    CHECK(does(w, "export.depart", "EXPORTER", departure()) == "refused border-objected /permit");
  }
  {
    World w = led_to("cleared");
    const Answer never = w.submit("export.confirm", "PS-JX", confirmation("40 kg"));
    CHECK(verdict(w, never) == "ok");
    CHECK(findings(never) == "border-confirmed-undeparted critical [-40000000,-40000000] (-1,104] EXPORTER");
  }
  {
    World w = led_to("departed");
    const Answer late = w.submit("border.reply", "CO-JX", answer("objection"));
    CHECK(verdict(w, late) == "ok");
    CHECK(findings(late) == "border-objected-late critical [0,0] (104,105] EXPORTER");
    CHECK(state(w) == "departed");
    const Answer other = w.submit("border.clear", "CU-SH", release({{"office", "'2210'"}}));
    CHECK(verdict(w, other) == "ok");
    CHECK(findings(other).find("border-other-office medium") != std::string::npos);
  }
}

TEST_CASE("two-way check: an import is answered by us, and its arrival matched", "[steps][border]") {
  World w = import_led_to("cleared");
  const Answer less = w.submit("import.receive", "IMPORTER", arrival({{"quantity", quantity("39.5 kg")}}));
  CHECK(verdict(w, less) == "ok");
  CHECK(findings(less) == "border-arrived-differs medium [261500,738500] (102,103] IMPORTER");
  CHECK(state(w) == "arrived");
  CHECK(the_case(w).moved == 39'500'000);
}

TEST_CASE("two-way check: what does not fit an import is found", "[steps][border]") {
  const auto found = [](std::string_view where, const Members& changes, std::string_view before = "") {
    World w = import_led_to(where);
    if (!before.empty()) CHECK(does(w, "border.reply", "PS-JX", answer(before, {{"channel", "'own'"}})) == "ok");
    const Answer answer = w.submit("import.receive", "IMPORTER", arrival(changes));
    CHECK(verdict(w, answer) == "ok");
    return findings(answer);
  };
  CHECK(found("cleared", {}).empty());
  CHECK(found("read", {}).starts_with("border-arrived-out-of-turn critical [-40000000,-40000000] (100,101]"));
  CHECK(found("licensed", {}).starts_with("border-arrived-out-of-turn critical"));
  CHECK(found("cleared", {}, "objection").starts_with("border-arrived-objected critical"));
  CHECK(found("cleared", {{"country", "'FR'"}}).starts_with("border-country-differs high"));
  CHECK(found("cleared", {{"declaration", "'X'"}}).starts_with("border-declaration-differs high"));
}

TEST_CASE("two-way check: an import is answered by public security, an export by the other side", "[steps][border]") {
  World w = import_led_to("read");
  CHECK(does(w, "border.reply", "PS-JX", answer("no_objection")) == "refused border-wrong-channel /channel");
  CHECK(does(w, "border.reply", "CO-JX", answer("no_objection", {{"channel", "'own'"}})) ==
        "refused not-competent header/party");
  CHECK(does(w, "border.reply", "PS-CITY", answer("no_objection", {{"channel", "'own'"}})) ==
        "refused not-competent header/party");
  CHECK(does(w, "export.confirm", "CO-JX", confirmation("1 kg")) == "refused border-wrong-channel /border_case");
  CHECK(does(w, "border.clear", "CO-JX", release()) == "refused not-competent header/party");
  CHECK(does(w, "border.notify", "EXPORTER", notice({{"border_case", "'PEN-2'"}})) ==
        "refused not-an-agency header/party");
}

TEST_CASE("two-way check: bad notices name every bad field and store nothing", "[steps][border]") {
  World w = port();
  CHECK(does(w, "border.notify", "CO-JX",
             notice({{"country", "'sg'"},
                     {"mode", "'mule'"},
                     {"reply_by", "'soon'"},
                     {"licence", "'EX-9'"},
                     {"transit", "['MY','X']"},
                     {"quantity", ""},
                     {"extra", "1"}})) ==
        "refused payload-form /country:bad_country /quantity:required /reply_by:bad_date /licence:not_wanted "
        "/mode:not_allowed /transit/1:bad_country /extra:unknown_field");
  CHECK(does(w, "border.notify", "CO-JX",
             notice({{"country", "'CN'"}, {"reply_by", "'2026-03-02'"}, {"substance", "'NONE'"}})) ==
        "refused border-own-country /country /reply_by:border-reply-day /substance:unknown-substance");
  CHECK(does(w, "border.notify", "CO-JX", notice({{"party", "'BUYER'"}})) == "refused border-wrong-party /party");
  CHECK(does(w, "border.notify", "CO-JX", notice()) == "ok");
  CHECK(does(w, "border.notify", "CO-JX", notice()) == "refused id-taken /border_case");
}

TEST_CASE("two-way check: a licence serves one import", "[steps][border]") {
  World w = import_led_to("licensed");
  CHECK(does(w, "border.notify", "PS-JX", foreign_notice({{"border_case", "'PEN-2'"}, {"licence", "'IM-9'"}})) ==
        "refused border-licence-taken /licence");
}

TEST_CASE("border link: the partner authority reads and answers through it, once", "[steps][border]") {
  World w = led_to("notified");
  CHECK(does(w, "border.link", "CO-JX", link()) == "ok");
  CHECK(does(w, "border.read", "CO-JX", "{'border_case':'PEN-1','link':'K-1'}") ==
        "refused registry-only header/party");
  CHECK(does(w, "border.read", "registry", "{'border_case':'PEN-1','link':'K-1'}") == "ok");
  CHECK(state(w) == "read");
  CHECK(does(w, "border.read", "registry", "{'border_case':'PEN-1','link':'K-1'}") ==
        "refused border-link-opened-already /link");
  CHECK(does(w, "border.reply", "CO-JX", through_link("no_objection")) == "refused registry-only header/party");
  CHECK(does(w, "border.reply", "registry", through_link("no_objection")) == "ok");
  CHECK(state(w) == "no_objection");
  CHECK(does(w, "border.reply", "registry", through_link("objection")) == "refused border-link-used");
}

TEST_CASE("border link: tampered, of another case, expired, replaced, for another purpose", "[steps][border]") {
  World w = led_to("notified");
  CHECK(does(w, "border.notify", "CO-JX", notice({{"border_case", "'PEN-2'"}})) == "ok");
  CHECK(does(w, "border.link", "CO-JX", link()) == "ok");
  const std::string other(64, '0');
  CHECK(does(w, "border.reply", "registry", through_link("no_objection", {{"secret", "'" + other + "'"}})) ==
        "refused border-link-tampered");
  CHECK(does(w, "border.reply", "registry", through_link("no_objection", {{"link", "'K-7'"}})) ==
        "refused border-link-tampered");
  CHECK(does(w, "border.reply", "registry", through_link("no_objection", {{"border_case", "'PEN-2'"}})) ==
        "refused border-link-wrong-case");
  const Members confirms = {{"channel", "'link'"}, {"link", "'K-1'"}, {"secret", "'" + std::string(kSecret) + "'"}};
  CHECK(does(w, "export.confirm", "registry", confirmation("40 kg", confirms)) == "refused border-link-purpose /link");
  CHECK(does(w, "border.link", "CO-JX", link({{"link", "'K-2'"}})) == "ok");
  CHECK(does(w, "border.reply", "registry", through_link("no_objection")) == "refused border-link-replaced");
  w.go_to("2026-03-18");
  CHECK(does(w, "border.reply", "registry", through_link("no_objection", {{"link", "'K-2'"}})) ==
        "refused border-link-expired");
  CHECK(state(w) == "notified");
}

TEST_CASE("border link: issued by the agency, while an answer is awaited, for a bounded time", "[steps][border]") {
  World w = led_to("notified");
  CHECK(does(w, "border.link", "EXPORTER", link()) == "refused not-an-agency header/party");
  CHECK(does(w, "border.link", "PS-CITY", link()) == "refused not-competent header/party");
  CHECK(does(w, "border.link", "CO-JX", link({{"expires", "'2026-03-01T00:00:00.000Z'"}})) ==
        "refused border-link-life /expires");
  CHECK(does(w, "border.link", "CO-JX", link({{"expires", "'2026-06-01T00:00:00.000Z'"}})) ==
        "refused border-link-life /expires");
  CHECK(does(w, "border.link", "CO-JX", link({{"purpose", "'confirm'"}})) ==
        "refused border-link-not-awaited /purpose");
  CHECK(does(w, "border.link", "CO-JX", link({{"secret_hash", "'XY'"}})) ==
        "refused payload-form /secret_hash:bad_hex");
  World left = led_to("departed");
  CHECK(does(left, "border.link", "CO-JX", link()) == "refused border-link-not-awaited /purpose");
  CHECK(does(left, "border.link", "CO-JX", link({{"purpose", "'confirm'"}})) == "ok");
}

TEST_CASE("border link: a partner may sign its answer with a key of its own", "[steps][border]") {
  World w = led_to("notified");
  w.add(Setting{"ledger", "registry.example/1", 0});
  const auto key = crypto::PrivateKey::from_seed(crypto::Suite::ed25519_sha256, crypto::sha256("partner").view());
  const std::string text = "ledger.border-answer/v1\nregistry.example/1\nPEN-1\nno_objection\nCNB/2026/17\n";
  const Members good = {
      {"partner_key", "{'spki':'" + crypto::to_base64(key.public_key().spki()) + "','suite':'ed25519-sha256'}"},
      {"partner_signature", "'" + crypto::to_base64(key.sign(text)) + "'"}};
  Members bad = good;
  bad["officer_reference"] = "'CNB/2026/19'";
  CHECK(does(w, "border.reply", "CO-JX", answer("no_objection", bad)) ==
        "refused border-partner-signature /partner_signature");
  Members half = good;
  half["partner_key"] = "";
  CHECK(does(w, "border.reply", "CO-JX", answer("no_objection", half)) ==
        "refused payload-form /partner_signature:required");
  CHECK(does(w, "border.reply", "CO-JX", answer("no_objection", good)) == "ok");
}

TEST_CASE("two-way check: the time that the other country takes does not count for the licence", "[steps][border]") {
  World w = port();
  Application asked;
  asked.id = "A-1";
  asked.applicant = "EXPORTER";
  w.add(asked);
  Obligation duty;
  duty.id = "decide-permit:application:A-1";
  duty.due = end_of(Date::of(2026, 3, 22));
  w.add(duty);
  const auto due = [&] { return local_date(w.row<Obligation>("decide-permit:application:A-1")->due.plus_ms(-1)); };
  CHECK(does(w, "border.notify", "CO-JX", notice({{"application", "'A-2'"}})) ==
        "refused border-application /application");
  CHECK(does(w, "border.notify", "CO-JX", notice({{"application", "'A-1'"}})) == "ok");
  // Fifteen days until the answer is due.
  CHECK(due() == Date::of(2026, 4, 6));
  w.go_to("2026-03-16");
  CHECK(does(w, "border.reply", "CO-JX", answer("needs_time", {{"reply_by", "'2026-03-27'"}})) == "ok");
  CHECK(due() == Date::of(2026, 4, 16));
  w.go_to("2026-03-20");
  CHECK(does(w, "border.reply", "CO-JX", answer("no_objection")) == "ok");
  CHECK(due() == Date::of(2026, 4, 9));
  CHECK(does(w, "border.reply", "CO-JX", answer("objection")) == "ok");
  CHECK(due() == Date::of(2026, 4, 9));
}
