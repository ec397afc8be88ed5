#include <catch2/catch.hpp>

#include "goods.h"

using namespace goods;

namespace {

/// Lets the ledger remember an accepted entry, as the store would.
void remember(World& w, const Answer& answer, std::string_view type, std::string_view party,
              std::vector<std::string> signers = {}) {
  if (signers.empty()) signers.emplace_back(party);
  w.facts().learn_entry(answer.index, {std::string(type), std::string(party), signers, answer.outcome.moves});
}

/// A market where MAKER has opened 10 kg of L-9 by entry 100.
World opened() {
  World w = market();
  const Answer answer =
      w.submit("stock.open", "MAKER",
               "{'site':'S-MAKER','lines':[{'lot':'L-9','substance':'CN2-02','quantity':" + quantity("10 kg") + "}]}");
  ensure(answer.accepted(), "the stock is opened");
  remember(w, answer, "stock.open", "MAKER");
  return w;
}

Answer use(World& w, std::string_view amount) {
  Answer answer = w.submit("use.record", "MAKER",
                           payload({{"site", "'S-MAKER'"},
                                    {"lot", "'L-9'"},
                                    {"quantity", quantity(amount)},
                                    {"purpose", "'溶剂'"},
                                    {"used_on", "'2026-03-02'"}}));
  if (answer.accepted()) remember(w, answer, "use.record", "MAKER");
  return answer;
}

std::string corrects(World& w, std::int64_t entry, std::string_view amount, std::string_view lot = "L-9",
                     std::string_view party = "MAKER", std::vector<Signer> signers = {}) {
  return does(
      w, "entry.correct", party,
      payload({{"entry", std::to_string(entry)}, {"reason", "'录入错误'"}, {"lines", "[" + line(lot, amount) + "]"}}),
      std::move(signers));
}

}  // namespace

TEST_CASE("correction: the wrong move is reversed and the right one stated", "[steps][correct]") {
  World w = opened();
  CHECK(corrects(w, 100, "12 kg") == "ok");
  CHECK(w.balance("site:S-MAKER", kAnhydride, "L-9") == 12 * kKg);
  CHECK(w.balance("opening", kAnhydride, "L-9") == -12 * kKg);
  CHECK(w.row<Measurement>("site:S-MAKER", "L-9")->amount == 12 * kKg);
  CHECK(w.row<Correction>("0000000100")->by == 101);
  CHECK(corrects(w, 100, "11 kg") == "refused already-corrected /entry");
}

TEST_CASE("correction: to zero, when nothing of it has moved on", "[steps][correct]") {
  World w = opened();
  CHECK(corrects(w, 100, "0 kg") == "ok");
  CHECK(w.balance("site:S-MAKER", kAnhydride, "L-9") == 0);
}

TEST_CASE("correction: never takes back what has been used", "[steps][correct]") {
  World w = opened();
  REQUIRE(use(w, "6 kg").accepted());
  CHECK(corrects(w, 100, "5.999999 kg") == "refused insufficient-stock /lines");
  CHECK(corrects(w, 100, "6 kg") == "ok");
  CHECK(w.balance("site:S-MAKER", kAnhydride, "L-9") == 0);
}

TEST_CASE("correction: a use is corrected up to what is there", "[steps][correct]") {
  World w = opened();
  REQUIRE(use(w, "6 kg").accepted());
  CHECK(corrects(w, 101, "10.000001 kg") == "refused insufficient-stock /lines");
  CHECK(corrects(w, 101, "10 kg") == "ok");
  CHECK(w.balance("used", kAnhydride, "L-9") == 10 * kKg);
}

TEST_CASE("correction: by the author, with all who signed", "[steps][correct]") {
  World w = opened();
  CHECK(corrects(w, 100, "9 kg", "L-9", "BUYER") == "refused not-your-entry /entry");
  World v = opened();
  v.facts().learn_entry(90, {"destruction.record",
                             "MAKER",
                             {"MAKER", "DA-CITY"},
                             {{std::string(kAnhydride), "L-9", "site:S-MAKER", "destroyed", kKg}}});
  v.add_balance("destroyed", kAnhydride, "L-9", kKg);
  v.add_balance("opening", kAnhydride, "L-9", -11 * kKg);
  v.add(Measurement{"site:S-MAKER", "L-9", 10 * kKg, 80, v.now()});
  CHECK(corrects(v, 90, "2 kg") == "refused correction-needs-signature /entry");
  CHECK(corrects(v, 90, "2 kg", "L-9", "MAKER", {v.officer("MAKER"), v.officer("DA-CITY")}) == "ok");
}

TEST_CASE("correction: only of an entry that is there and may be corrected, lot by lot", "[steps][correct]") {
  World w = opened();
  w.facts().learn_entry(50, {"sale.record", "MAKER", {"MAKER"}, {}});
  w.facts().learn_entry(51, {"use.record", "MAKER", {"MAKER"}, {}});
  CHECK(corrects(w, 50, "1 kg") == "refused correction-not-allowed /entry");
  CHECK(corrects(w, 51, "1 kg") == "refused lot-not-in-entry /lines/0/lot");
  CHECK(corrects(w, 100, "1 kg", "L-8") == "refused correction-incomplete /entry");
  w.facts().learn_entry(999, {"use.record", "MAKER", {"MAKER"}, {}});
  CHECK(corrects(w, 999, "1 kg") == "refused unknown-entry /entry");
}

TEST_CASE("correction: not of what a later count has set right", "[steps][correct]") {
  World w = opened();
  REQUIRE(does(w, "stock.count", "MAKER",
               payload({{"site", "'S-MAKER'"},
                        {"lines", "[" + line("L-9", "8 kg") + "]"},
                        {"counted_on", "'2026-03-02'"}})) == "ok");
  CHECK(corrects(w, 100, "8 kg") == "refused counted-since /entry");
  CHECK(w.balance("site:S-MAKER", kAnhydride, "L-9") == 8 * kKg);
}
