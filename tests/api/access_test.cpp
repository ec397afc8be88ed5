#include <catch2/catch.hpp>

#include "api/access/token_book.h"
#include "registry/base/fault.h"
#include "tests/api/city.h"

using namespace city;

namespace {

int status(City& city, const std::string& token, const std::string& path) { return city.get(path, token).status; }

}  // namespace

TEST_CASE("Without a token only what is public is shown") {
  City& city = traded_city();
  for (const char* path : {"/v1/parties", "/v1/entries", "/v1/entries/3", "/v1/permits/B-1", "/v1/balances",
                           "/v1/consignments/C-1", "/v1/findings", "/v1/status", "/metrics", "/v1/keys/abc"}) {
    const Answer answer = city.get(path, "");
    CHECK(answer.says() == "401 unauthenticated");
    CHECK(answer.challenge == "Bearer");
    CHECK(status(city, "wrong", path) == 401);
  }
  for (const char* path : {"/v1/checkpoint", "/log/checkpoint", "/log/tile/0/000.p/1", "/log/tile/entries/000.p/1",
                           "/v1/proof/inclusion?index=0", "/v1/substances", "/v1/regions", "/v1/permit-kinds",
                           "/problems/chain-gap", "/openapi.json", "/healthz", "/readyz"})
    CHECK(status(city, "", path) == 200);
}

TEST_CASE("A role sees what it is for and nothing else") {
  City& city = traded_city();
  CHECK(status(city, "bureau", "/v1/permits") == 200);
  CHECK(status(city, "bureau", "/v1/permits/B-1/statement") == 200);
  CHECK(status(city, "bureau", "/v1/parties/maker-1") == 200);
  CHECK(city.get("/v1/balances", "bureau").says() == "403 forbidden");
  CHECK(status(city, "bureau", "/v1/entries") == 403);
  CHECK(status(city, "operator", "/v1/status") == 200);
  CHECK(status(city, "operator", "/metrics") == 200);
  CHECK(status(city, "operator", "/v1/parties") == 403);
  CHECK(status(city, "auditor", "/v1/entries/3/bundle") == 200);
  CHECK(status(city, "officer-user-1", "/metrics") == 403);
  CHECK(status(city, "officer-user-1", "/v1/status") == 403);
}

TEST_CASE("An officer sees its own party; others are not there") {
  City& city = traded_city();
  const std::string me = "officer-other-1";
  CHECK(status(city, me, "/v1/parties/other-1") == 200);
  for (const char* path : {"/v1/parties/maker-1", "/v1/parties/maker-1/sites", "/v1/sites/S-maker-1", "/v1/permits/B-1",
                           "/v1/permits/B-1/statement", "/v1/lots/LOT-1", "/v1/consignments/C-1", "/v1/sales/SALE-1",
                           "/v1/entries?party=maker-1", "/v1/balances?party=user-1", "/v1/obligations?party=user-1",
                           "/v1/permits?holder=user-1", "/v1/findings?party=maker-1"})
    CHECK(city.get(path, me).says() == "404 not-found");
  CHECK(status(city, me, "/v1/chains/" + city.maker.chain()) == 404);
  CHECK(status(city, me, "/v1/keys/" + city.maker.key_id()) == 404);
  for (int index = 0; index < city.log_size(); ++index) {
    const Answer answer = city.get("/v1/entries/" + std::to_string(index), me);
    if (answer.status == 200)
      CHECK(answer.json()["party"] == "other-1");
    else
      CHECK(answer.status == 404);
  }
  CHECK(city.get("/v1/parties", me).json()["data"].size() == 1);
  CHECK(city.get("/v1/permits", me).json()["data"].empty());
  CHECK(city.get("/v1/lots", me).json()["data"].empty());
}

TEST_CASE("An officer sees what its party holds and takes part in") {
  City& city = traded_city();
  CHECK(city.get("/v1/permits", "officer-user-1").json()["data"].size() == 1);
  CHECK(city.get("/v1/sales", "officer-user-1").json()["data"].size() == 2);
  CHECK(city.get("/v1/consignments", "officer-carrier-1").json()["data"].size() == 2);
  const Json goods = city.get("/v1/consignments/C-1", "officer-user-1").json();
  CHECK(goods["names"]["maker-1"] == city.get("/v1/parties/maker-1").json()["name"]);
  CHECK(city.get("/v1/parties/maker-1", "officer-user-1").says() == "404 not-found");
  CHECK(status(city, "officer-user-1", "/v1/lots/LOT-1") == 200);
  CHECK(status(city, "officer-carrier-1", "/v1/lots/LOT-1") == 404);
  const Json lot = city.get("/v1/lots/LOT-1", "officer-user-1").json();
  REQUIRE(lot["balances"].size() == 1);
  CHECK(lot["balances"][0]["site"] == "S-user-1");
  CHECK(city.get("/v1/lots/LOT-1").json()["balances"].size() == 3);
}

TEST_CASE("Mistakes in the list of tokens are named, and nobody is let in by them") {
  using api::TokenBook;
  const std::string hash(64, 'a');
  const std::string start = R"([{"token_hash":")" + hash + R"(","role":)";
  const std::vector<std::string> mistakes{"{}",
                                          "[7]",
                                          "nonsense",
                                          R"([{"token_hash":"xx","role":"auditor"}])",
                                          start + R"("king"}])",
                                          start + R"("officer"}])",
                                          start + R"("auditor","party":"P"}])",
                                          start + R"("auditor","colour":"red"}])",
                                          start + R"("auditor"},)" + start.substr(1) + R"("bureau"}])"};
  for (const std::string& bad : mistakes) CHECK_THROWS_AS(TokenBook::parse(bad), registry::Fault);
  CHECK_THROWS_AS(TokenBook::load("/nowhere/tokens.json"), registry::Fault);
  CHECK(TokenBook::parse("[]").find("") == nullptr);
  const auto book = TokenBook::parse(R"([{"token_hash":")" + crypto::sha256("s3cret").hex() +
                                     R"(","role":"officer","party":"P-1","note":"前台"}])");
  REQUIRE(book.find("s3cret"));
  CHECK(book.find("s3cret")->log_name() == "officer:P-1 前台");
  CHECK(book.find("s3cre") == nullptr);
}
