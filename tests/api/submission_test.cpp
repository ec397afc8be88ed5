#include <catch2/catch.hpp>

#include "crypto/digest.h"
#include "registry/log/leaf.h"
#include "registry/log/receipt.h"
#include "tests/api/city.h"

using namespace city;

namespace {

Json a_site(const std::string& id) {
  return {{"site", id}, {"name", "二号库"}, {"kind", "store"}, {"region", "360302"}, {"address", "湘东区“二号”楼"}};
}

}  // namespace

TEST_CASE("A stored entry is answered with everything that proves it") {
  City city;
  const auto entry = city.maker.make(city.now(), "site.add", a_site("S-2"));
  const Answer answer = city.send(entry);
  REQUIRE(answer.status == 201);
  const Json body = answer.json();
  CHECK(answer.location == "/v1/entries/" + std::to_string(body["index"].get<std::int64_t>()));
  CHECK(body["known"] == false);
  CHECK(body["entry_id"] == entry.entry_id.hex());
  CHECK(body["rtime"] == "2026-03-02T02:00:00.000Z");
  const std::string leaf = text(body, "leaf"), outcome = text(body, "outcome"), receipt = text(body, "receipt");
  CHECK(registry::verify_receipt(receipt, leaf, city.registry().log_key()).has_value());
  const auto read = registry::parse_leaf(leaf);
  REQUIRE(read);
  CHECK(read->frame.outcome_hash == crypto::sha256(outcome));
  CHECK(Json::parse(outcome)["put"]["site"][0]["address"] == "湘东区“二号”楼");
}

TEST_CASE("The same entry again is the same entry: 200, the same index, nothing new") {
  City city;
  const auto entry = city.maker.make(city.now(), "site.add", a_site("S-2"));
  const Json first = city.send(entry).json();
  const auto size = city.log_size();
  const Answer again = city.send(entry);
  CHECK(again.status == 200);
  CHECK(again.json()["known"] == true);
  CHECK(again.json()["index"] == first["index"]);
  CHECK(again.json()["outcome"] == first["outcome"]);
  CHECK(city.log_size() == size);
}

TEST_CASE("A batch gets one answer a line, and bad lines do not harm good ones") {
  City city;
  const auto one = city.maker.make(city.now(), "site.add", a_site("S-2"));
  city.maker.stored(one);
  const auto two = city.maker.make(city.now(), "site.add", a_site("S-3"));
  const auto size = city.log_size();
  const std::string body = registry::format_submission(one) + "\n\n{\"header\": 1}\n \r\n" +
                           registry::format_submission(two) + "\r\n" + "not json";
  const Answer answer = city.link().post("/v1/entries:batch", body, "application/x-ndjson");
  REQUIRE(answer.status == 200);
  CHECK(answer.type == "application/x-ndjson");
  std::vector<Json> lines;
  std::istringstream in(answer.body);
  for (std::string line; std::getline(in, line);) lines.push_back(Json::parse(line));
  REQUIRE(lines.size() == 4);
  CHECK(lines[0]["index"] == size);
  CHECK(lines[1]["problem"]["rule"] == "malformed-request");
  CHECK(lines[2]["index"] == size + 1);
  CHECK(lines[3]["problem"]["status"] == 400);
  CHECK(lines[3]["problem"]["rule"] == "malformed-request");
  CHECK(city.log_size() == size + 2);
}

TEST_CASE("A batch is bounded, not empty, and of lines") {
  City& city = traded_city();
  const auto size = city.log_size();
  CHECK(city.link().post("/v1/entries:batch", "\n \n", "application/x-ndjson").says() == "422 batch-empty");
  std::string many;
  for (int i = 0; i < 1'001; ++i) many += "{}\n";
  CHECK(city.link().post("/v1/entries:batch", many, "application/x-ndjson").says() == "413 batch-too-long");
  CHECK(city.link().post("/v1/entries:batch", "{}", "application/json").says() == "415 unsupported-media-type");
  CHECK(city.log_size() == size);
}
