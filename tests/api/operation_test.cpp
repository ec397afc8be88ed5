#include <catch2/catch.hpp>
#include <set>

#include "tests/api/city.h"

using namespace city;

TEST_CASE("Status and metrics say how the registry is") {
  City& city = traded_city();
  const Json status = city.get("/v1/status", "operator").json();
  CHECK(status["ledger"] == City::kLedger);
  CHECK(status["size"] == city.log_size());
  CHECK(status["quarantine"].is_null());
  const std::string metrics = city.get("/metrics", "operator").body;
  for (const char* name : {"tallystick_log_size", "tallystick_queue_entries", "tallystick_quarantine 0",
                           "tallystick_entries_appended_total", "tallystick_commits_total", "tallystick_build_info",
                           "tallystick_http_requests_total", "tallystick_http_connections"})
    CHECK(metrics.find(name) != std::string::npos);
  CHECK(metrics.find("user-1") == std::string::npos);
}

TEST_CASE("Every rule has a page that runs nothing and loads nothing") {
  City& city = traded_city();
  std::string path = "/v1/rules?limit=200";
  std::set<std::string> pages;
  while (!path.empty()) {
    const Answer answer = city.get(path, "");
    const Json body = answer.json();
    for (const Json& rule : body["data"]) pages.insert(rule["page"].get<std::string>());
    path = answer.link.empty() ? "" : answer.link.substr(1, answer.link.find('>') - 1);
  }
  REQUIRE(pages.size() > 50);
  for (const std::string& page : pages) {
    INFO(page);
    const Answer answer = city.get(page, "");
    CHECK(answer.status == 200);
    CHECK(answer.type == "text/html; charset=utf-8");
    CHECK(answer.policy.starts_with("default-src 'none'; style-src 'sha256-"));
    CHECK(answer.body.find("<script") == std::string::npos);
    CHECK(answer.body.find("://") == std::string::npos);
    CHECK(answer.body.find('{') < answer.body.find("</style>"));
    CHECK(answer.body.find('{', answer.body.find("</style>")) == std::string::npos);
  }
  CHECK(city.get("/problems/no-such-rule", "").says() == "404 not-found");
  CHECK(city.get("/problems/%3Cscript%3E", "").says() == "404 not-found");
}

TEST_CASE("A rule comes in the form that is asked for") {
  City& city = traded_city();
  const std::string page = "/problems/permit-exhausted";
  const auto type = [&](const std::string& accept) { return city.link().get_as(page, accept).type; };
  const char* browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
  CHECK(type("") == "text/html; charset=utf-8");
  CHECK(type("*/*") == "text/html; charset=utf-8");
  CHECK(type(browser) == "text/html; charset=utf-8");
  CHECK(type("application/json") == "application/json");
  CHECK(type("text/html;q=0.5, application/json") == "application/json");
  CHECK(type("text/markdown") == "text/markdown; charset=utf-8");
  CHECK(type("text/plain, text/html;q=0.1") == "text/plain; charset=utf-8");
  CHECK(type("image/png") == "text/html; charset=utf-8");
  const Json json = city.link().get_as(page, "application/json").json();
  CHECK(json["rule"] == "permit-exhausted");
  CHECK(json["status"] == 409);
  for (const char* member : {"title", "title_zh", "detail", "detail_zh", "what_to_do", "what_to_do_zh"})
    CHECK_FALSE(text(json, member).empty());
}

TEST_CASE("A rule as text comes in the language that is asked for, or in both") {
  City& city = traded_city();
  const auto ask = [&](const std::string& language) {
    return city.link().get_as("/problems/channel-forbidden", "text/markdown", language);
  };
  const Answer zh = ask("zh-CN,zh;q=0.9,en;q=0.1"), en = ask("en-GB, zh;q=0.5"), both = ask("");
  CHECK(zh.language == "zh-CN");
  CHECK(zh.body.find("## 怎么办") != std::string::npos);
  CHECK(zh.body.find("（待确认）") != std::string::npos);
  CHECK(zh.body.find("What to do") == std::string::npos);
  CHECK(en.language == "en");
  CHECK(en.body.find("## What to do") != std::string::npos);
  CHECK(en.body.find("(to be confirmed)") != std::string::npos);
  CHECK(en.body.find("怎么办") == std::string::npos);
  CHECK(both.language == "zh-CN, en");
  CHECK(both.body.find("## 怎么办") < both.body.find("## What to do"));
  CHECK(ask("fr").body == both.body);
  CHECK(city.link().get_as("/problems/channel-forbidden", "text/plain", "en").body.find('#') == std::string::npos);
}

TEST_CASE("Every refusal that a route names has a text") {
  City& city = traded_city();
  const Json document = city.get("/openapi.json", "").json();
  CHECK(document["openapi"] == "3.1.1");
  std::set<std::string> operations;
  for (const auto& [path, methods] : document["paths"].items())
    for (const auto& [method, operation] : methods.items()) {
      INFO(method << " " << path);
      CHECK(operations.insert(operation["operationId"].get<std::string>()).second);
      for (const auto& [status, response] : operation["responses"].items())
        if (response.contains("x-rules"))
          for (const Json& rule : response["x-rules"])
            CHECK(city.get("/problems/" + rule.get<std::string>(), "").status == 200);
    }
}
