#include "registry/rules/trade_rules.h"

#include <catch2/catch.hpp>

#include "shared_pack.h"

using namespace registry;

namespace {

const Date kDay = Date::of(2026, 3, 2);

const Substance& of(std::string_view code) { return *pack().substance(code); }

std::string ban(std::string_view code, std::string_view kinds, Date on = kDay) {
  const BuyerBan* found = pack().trade().buyer_ban(of(code), kinds, on);
  return found ? found->id : "";
}

std::string payment(std::string_view code, std::string_view how, std::string_view kinds) {
  const PaymentBan* found = pack().trade().payment_ban(of(code), how, kinds, kDay);
  return found ? found->id : "";
}

}  // namespace

TEST_CASE("trade rules: individuals buy no class 1, no class 2, no medicines", "[rules][trade]") {
  CHECK(ban("CN1-03", "person") == "445-16.2");
  CHECK(ban("CN2-02", "person") == "445-16.2");
  CHECK(ban("N-18", "person") == "442-30");
  CHECK(ban("CN3-02", "person").empty());
  CHECK(ban("CN1-03", "user,trader").empty());
}

TEST_CASE("trade rules: potassium permanganate is kept from individuals since it is an explosive precursor",
          "[rules][trade]") {
  CHECK(ban("CN3-04", "person", Date::of(2017, 5, 10)).empty());
  CHECK(ban("CN3-04", "person", Date::of(2017, 5, 11)) == "HAZ-41");
  const BuyerBan* found = pack().trade().buyer_ban(of("CN3-04"), "person", kDay);
  CHECK(found->unless_setting == "permanganate_to_persons");
  CHECK(found->confidence == "S2");
}

TEST_CASE("trade rules: cash and barter are for individuals only, and not for all they could pay", "[rules][trade]") {
  CHECK(payment("CN2-02", "cash", "user") == "445-5.3");
  CHECK(payment("CN3-02", "cash", "user") == "445-5.3");
  CHECK(payment("CN3-02", "barter", "trader") == "445-5.3");
  CHECK(payment("CN3-02", "cash", "person").empty());
  CHECK(payment("CN1-12a", "cash", "person").empty());
  CHECK(payment("CN1-03", "cash", "person") == "445-5.3");
  CHECK(payment("CN2-02", "cash", "person") == "445-5.3");
  CHECK(payment("N-18", "cash", "hospital") == "442-30");
  CHECK(payment("CN2-02", "transfer", "user").empty());
}

TEST_CASE("trade rules: who files a trade, and every filing has its deadline", "[rules][trade]") {
  const auto filings = [](std::string_view code, TradeSide side) {
    std::string out;
    for (const Filing* each : pack().trade().filings(of(code), side, kDay))
      out += each->id + ":" + std::to_string(pack().deadline(each->id).days) + " ";
    return out;
  };
  CHECK(filings("CN1-03", TradeSide::seller) == "445-19-a:5 ");
  CHECK(filings("CN2-02", TradeSide::seller) == "445-19-b:30 ");
  CHECK(filings("CN3-04", TradeSide::seller) == "445-19-b:30 HAZ-41:5 ");
  CHECK(filings("CN3-04", TradeSide::buyer) == "HAZ-41:5 ");
  CHECK(filings("CN2-02", TradeSide::buyer).empty());
  CHECK(filings("N-18", TradeSide::seller).empty());
}

TEST_CASE("trade rules: every kind of paper has a time to decide that is a deadline", "[rules][trade]") {
  for (const PermitKind& kind : pack().permit_kinds()) {
    CAPTURE(kind.code);
    CHECK_NOTHROW(pack().deadline(pack().trade().terms(kind.code).decide));
  }
  CHECK(pack().deadline(pack().trade().terms("C1-PROD").decide).days == 60);
  CHECK(pack().deadline(pack().trade().terms("C2-TRAN-3").decide).days == 3);
  CHECK(pack().deadline(pack().trade().terms("C3-TRAN-3").decide).days == 0);
}

TEST_CASE("trade rules: what papers state, ask of the record, and how far they reach", "[rules][trade]") {
  const TradeRules& trade = pack().trade();
  CHECK(trade.terms("C1-TRAN").states == std::vector<std::string>{"origin", "destination", "consignee", "carrier"});
  CHECK(trade.terms("C3-TRAN-3").states.empty());
  CHECK(trade.terms("C23-BUY-N").clean_months == 12);
  CHECK(trade.terms("C2-TRAN-12").clean_months == 6);
  CHECK(trade.terms("C2-TRAN-12").clean_confidence == "M");
  CHECK(trade.terms("NP-TRAN").every_transport);
  CHECK_FALSE(trade.terms("C1-TRAN").every_transport);
}
