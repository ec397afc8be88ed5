#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

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

}  // namespace

TEST_CASE("the example on the page of a step is canonical, hashed, and read by the step", "[steps][pages]") {
  const std::string type = GENERATE(values<std::string>(
      {"permit.apply",    "permit.refuse",  "permit.suspend", "permit.restore",   "sale.cancel",  "transfer.handover",
       "transfer.cancel", "border.notify",  "border.link",    "border.read",      "border.reply", "border.withdraw",
       "border.clear",    "export.confirm", "party.suspend",  "party.restore",    "party.close",  "party.name",
       "party.recognise", "vehicle.add",    "site.close",     "officer.withdraw", "key.rotate",   "chain.open",
       "report.file",     "count.demand"}));
  INFO(type);
  const std::string example = between(page_of(type), "```json\n", "\n```");
  REQUIRE_FALSE(example.empty());
  const auto read = crypto::read_canonical(example, {});
  REQUIRE(std::holds_alternative<crypto::Json>(read));
  CHECK(between(page_of(type), "sha256 ", "\n") == crypto::sha256(example).hex());
  const StepType* step = find_step_type(type, 1);
  REQUIRE(step);
  CHECK(step->parse(std::get<crypto::Json>(read), World().rules()).has_value());
}
