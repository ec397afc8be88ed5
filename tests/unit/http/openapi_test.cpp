#include "api/http/openapi.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "api/http/metrics.h"

namespace {

using api::Json;

api::Routes routes() {
  api::Route issue;
  issue.method = api::Method::post;
  issue.path = "/v1/permits/{permit}/draws";
  issue.operation = "drawPermit";
  issue.summary = "Draw from a permit";
  issue.body_bytes_max = 100;
  issue.request_schema = R"({"type":"object"})";
  issue.response_schema = R"({"type":"object","title":"Receipt"})";
  issue.refusals = {"permit-exhausted", "not-found"};
  issue.success_status = 201;
  api::Route tile;
  tile.path = "/tile/{tile*}";
  tile.operation = "readTile";
  tile.summary = "A tile";
  tile.access.open = true;
  tile.parameters = {{"q", "a filter", true, R"({"type":"integer"})"}};
  tile.response_type = "application/octet-stream";
  return {issue, tile};
}

}  // namespace

TEST_CASE("openapi: describes operations as the routes state them", "[http][openapi]") {
  const api::HttpRefusalTexts texts;
  const Json all = api::openapi({"Tallystick", "1.0.0", "d", "/", "Apache-2.0", ""}, routes(), api::Problems(texts));
  CHECK(all["openapi"] == "3.1.1");
  const Json& draw = all["paths"]["/v1/permits/{permit}/draws"]["post"];
  CHECK(draw["operationId"] == "drawPermit");
  CHECK(draw["tags"][0] == "permits");
  CHECK(draw["security"] == Json::parse(R"([{"bearer":[]},{"signature":[]},{"session":[]}])"));
  CHECK(draw["parameters"][0]["name"] == "permit");
  CHECK(draw["parameters"][0]["required"] == true);
  CHECK(draw["requestBody"]["content"]["application/json"]["schema"]["type"] == "object");
  CHECK(draw["responses"]["201"]["content"]["application/json"]["schema"]["title"] == "Receipt");
  CHECK(draw["responses"]["409"]["x-rules"] == Json::parse(R"(["permit-exhausted"])"));
  for (const char* status : {"400", "401", "403", "404", "411", "413", "415", "500", "503"})
    CHECK(draw["responses"].contains(status));
  CHECK(draw["responses"]["429"]["x-rules"] == Json::parse(R"(["too-many-requests"])"));
  for (const char* field : {"Retry-After", "RateLimit", "RateLimit-Policy"})
    CHECK(draw["responses"]["429"]["headers"].contains(field));
  const Json& tile = all["paths"]["/tile/{tile}"]["get"];
  CHECK(tile["security"] == Json::array());
  CHECK(tile["parameters"][1] == Json::parse(R"({"name":"q","in":"query","description":"a filter","required":true,
    "schema":{"type":"integer"}})"));
  CHECK(tile["responses"]["200"]["content"].contains("application/octet-stream"));
  CHECK(!tile["responses"].contains("401"));
}

TEST_CASE("metrics: the text is what Prometheus reads", "[http][metrics]") {
  api::Metrics metrics;
  metrics.counter("a_total", "Things.", {{"kind", "x\"y\\z\n"}}).add(3);
  metrics.gauge("b", "Level.", [] { return -4; });
  auto& histogram = metrics.histogram("c_seconds", "Time.");
  for (const std::uint64_t us : {500U, 501U, 20'000'000U}) histogram.observe_us(us);
  const std::string text = metrics.text();
  CHECK(text.find("# HELP a_total Things.\n# TYPE a_total counter\na_total{kind=\"x\\\"y\\\\z\\n\"} 3\n") == 0);
  CHECK(text.find("# TYPE b gauge\nb -4\n") != std::string::npos);
  CHECK(text.find("c_seconds_bucket{le=\"0.0005\"} 1\nc_seconds_bucket{le=\"0.001\"} 2\n") != std::string::npos);
  CHECK(text.find("c_seconds_bucket{le=\"10\"} 2\nc_seconds_bucket{le=\"+Inf\"} 3\nc_seconds_sum 20.001001\n"
                  "c_seconds_count 3\n") != std::string::npos);
  CHECK(&metrics.counter("a_total", "", {{"kind", "x"}}) == &metrics.counter("a_total", "", {{"kind", "x"}}));
  CHECK_THROWS_AS(metrics.counter("b", ""), std::invalid_argument);
  CHECK_THROWS_AS(metrics.counter("a-b", ""), std::invalid_argument);
}
