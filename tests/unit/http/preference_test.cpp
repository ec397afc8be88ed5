#include "api/http/preference.h"

#include <catch2/catch.hpp>

using namespace api;

namespace {

constexpr std::string_view kForms[] = {"text/html", "application/json", "text/plain"};
constexpr std::string_view kLanguages[] = {"*", "zh", "en"};

std::string_view form(std::string_view field) { return kForms[preferred(field, kForms)]; }
std::string_view language(std::string_view field) { return kLanguages[preferred(field, kLanguages)]; }

}  // namespace

TEST_CASE("preference: quality decides, then the order of what is offered", "[http]") {
  CHECK(form("") == "text/html");
  CHECK(form("application/json") == "application/json");
  CHECK(form("text/plain;q=0.4, application/json;q=0.5") == "application/json");
  CHECK(form("application/json, text/html") == "text/html");
  CHECK(form("text/plain ; q=1 , text/html ; q=0.9") == "text/plain");
  CHECK(form("TEXT/PLAIN") == "text/plain");
}

TEST_CASE("preference: the nearest range speaks for an offer", "[http]") {
  CHECK(form("text/*;q=0.2, */*;q=0.1") == "text/html");
  CHECK(form("*/*;q=0.8, text/html;q=0.1") == "application/json");
  CHECK(form("text/html;q=0, */*") == "application/json");
}

TEST_CASE("preference: what cannot be read or is not offered leaves the first offer", "[http]") {
  CHECK(form("image/png") == "text/html");
  CHECK(form(",;q=,,") == "text/html");
  CHECK(form("application/json;q=x") == "application/json");
  CHECK(form("application/json;q=0.000") == "text/html");
}

TEST_CASE("preference: a language takes its variants", "[http]") {
  CHECK(language("zh-CN,zh;q=0.9,en;q=0.8") == "zh");
  CHECK(language("en-US") == "en");
  CHECK(language("fr-FR, en;q=0.3") == "en");
  CHECK(language("fr") == "*");
  CHECK(language("*") == "*");
}
