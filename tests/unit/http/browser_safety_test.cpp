#include "api/http/browser_safety.h"

#include <catch2/catch.hpp>
#include <string>

#include "tests/unit/http/raw_client.h"
#include "tests/unit/http/test_server.h"

namespace {

std::string disposition(std::string_view name, std::string_view plain = {}) {
  api::Response response;
  api::offer_as_download(response, name, plain);
  return std::string(response.header("Content-Disposition").value());
}

}  // namespace

TEST_CASE("browser: every page carries the policy, without a word of its handler", "[http][browser]") {
  const auto answer = raw::get(raw::shared_server().port(), "/page");
  CHECK(answer.status == 200);
  CHECK(answer.field("content-security-policy") == api::kContentSecurityPolicy);
  CHECK(answer.field("content-security-policy").find("unsafe") == std::string::npos);
  CHECK(answer.field("x-content-type-options") == "nosniff");
  CHECK(answer.field("referrer-policy") == "no-referrer");
  CHECK(answer.field("cross-origin-opener-policy") == "same-origin");
  CHECK(answer.field("cross-origin-resource-policy") == "same-origin");
  CHECK(answer.field("permissions-policy").find("geolocation=()") != std::string::npos);
  CHECK(answer.field("x-frame-options") == "DENY");
}

TEST_CASE("browser: an answer for machines carries no policy, but is never sniffed", "[http][browser]") {
  const auto answer = raw::get(raw::shared_server().port(), "/json");
  CHECK(answer.field("content-security-policy").empty());
  CHECK(answer.field("x-content-type-options") == "nosniff");
}

TEST_CASE("browser: what a browser shows, runs or applies is known by its type", "[http][browser]") {
  for (const char* type : {"text/html", "Text/HTML; charset=utf-8", "text/css", "text/javascript", "image/svg+xml",
                           "font/woff2", "application/manifest+json", "application/wasm", "application/pdf"})
    CHECK(api::is_for_browsers(type));
  for (const char* type : {"application/json", "text/plain; charset=utf-8", "text/csv", "application/problem+json",
                           "application/octet-stream", ""})
    CHECK_FALSE(api::is_for_browsers(type));
}

TEST_CASE("browser: a stricter policy of the handler stays", "[http][browser]") {
  api::Response response;
  response.set_header("Content-Security-Policy", "default-src 'none'");
  api::make_browser_safe(response);
  CHECK(response.header("Content-Security-Policy") == "default-src 'none'");
  CHECK(response.header("X-Frame-Options") == "DENY");
}

TEST_CASE("download: a name cannot leave its folder, its header or its type", "[http][browser]") {
  CHECK(disposition("permit-甲1.json") ==
        "attachment; filename=\"permit-___1.json\"; filename*=UTF-8''permit-%E7%94%B21.json");
  CHECK(disposition("年报.csv", "annual.csv") ==
        "attachment; filename=\"annual.csv\"; filename*=UTF-8''%E5%B9%B4%E6%8A%A5.csv");
  CHECK(disposition("../../etc/passwd").find('/') == std::string::npos);
  CHECK(disposition("..\\x").find('\\') == std::string::npos);
  CHECK(disposition("a\"; filename=\"b.exe") ==
        "attachment; filename=\"a___filename__b.exe\"; filename*=UTF-8''a__%20filename%3D_b.exe");
  CHECK(disposition("a\r\nSet-Cookie: x=1").find('\n') == std::string::npos);
  // A direction mark would show "gpj.exe" as "exe.jpg".
  CHECK(disposition("a\u202egpj.exe").find("%E2%80%AE") == std::string::npos);
  CHECK(disposition(".bashrc").find("\"_bashrc\"") != std::string::npos);
  CHECK(disposition("a.exe.").find("\"a.exe_\"") != std::string::npos);
  CHECK(disposition("") == "attachment; filename=\"download\"; filename*=UTF-8''download");
}
