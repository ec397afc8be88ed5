#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <set>

#include "crypto/digest.h"
#include "crypto/json.h"
#include "schema/files.h"
#include "world.h"

using namespace world;

namespace {

/// The text between two marks; empty where they are missing.
std::string between(std::string_view page, std::string_view from, std::string_view to) {
  const auto begin = page.find(from);
  const auto end = begin == page.npos ? begin : page.find(to, begin + from.size());
  return end == page.npos ? std::string() : std::string(page.substr(begin + from.size(), end - begin - from.size()));
}

std::string_view page_of(std::string_view type) {
  for (const schema::File& file : schema::files())
    if (file.path == "steps/" + std::string(type) + ".md") return file.content;
  return {};
}

std::string refusal_text(const Refusal& refusal) {
  std::string out = refusal.rule;
  for (const auto& fault : refusal.fields) out += " " + fault.pointer + ":" + fault.code;
  return out;
}

}  // namespace

TEST_CASE("every step has a page whose example is canonical, hashed, and read by the step", "[steps][pages]") {
  REQUIRE(step_types().size() >= 69);
  for (const StepType& step : step_types()) {
    INFO(step.name);
    const std::string_view page = page_of(step.name);
    const std::string example = between(page, "```json\n", "\n```");
    REQUIRE_FALSE(example.empty());
    const auto read = crypto::read_canonical(example, {});
    REQUIRE(std::holds_alternative<crypto::Json>(read));
    CHECK(between(page, "sha256 ", "\n") == crypto::sha256(example).hex());
    const auto parsed = step.parse(std::get<crypto::Json>(read), World().rules());
    INFO((parsed ? std::string() : refusal_text(parsed.error())));
    CHECK(parsed.has_value());
  }
}

TEST_CASE("the page of a step says who signs, what it does, and which rules are asked", "[steps][pages]") {
  for (const StepType& step : step_types()) {
    INFO(step.name);
    const std::string_view page = page_of(step.name);
    for (const char* part : {"**Signed by** ", "**Second signature:** ", "| member | form | meaning |", "**Effects.** ",
                             "**Rules asked.** "})
      CHECK(page.find(part) != page.npos);
  }
}

TEST_CASE("every step tells all bad fields of its payload at once", "[steps][pages][payload]") {
  for (const StepType& step : step_types()) {
    INFO(step.name);
    const std::string example = between(page_of(step.name), "```json\n", "\n```");
    nlohmann::json bad = nlohmann::json::parse(example);
    std::set<std::string> wrong;
    for (auto& [name, value] : bad.items()) {
      value = true;
      wrong.insert("/" + name);
    }
    bad["no_such_member"] = 1;
    wrong.insert("/no_such_member");
    const auto parsed = step.parse(bad, World().rules());
    REQUIRE_FALSE(parsed);
    CHECK(parsed.error().rule == "payload-form");
    std::set<std::string> told;
    for (const auto& fault : parsed.error().fields) told.insert(fault.pointer);
    CHECK(told == wrong);
  }
}

TEST_CASE("every step tells all missing members of its payload at once", "[steps][pages][payload]") {
  for (const StepType& step : step_types()) {
    INFO(step.name);
    const auto parsed = step.parse(nlohmann::json::object(), World().rules());
    REQUIRE_FALSE(parsed);
    CHECK(parsed.error().rule == "payload-form");
    for (const auto& fault : parsed.error().fields) {
      const bool is_missing = fault.code == "required" || fault.code == "one_of";
      CHECK(is_missing);
    }
    CHECK(parsed.error().fields.size() >= 2);
  }
}
