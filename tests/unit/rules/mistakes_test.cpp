#include "registry/base/fault.h"
#include "registry/rules/pack_parts.h"
#include "shared_pack.h"

using namespace registry;

namespace {

template <class F>
std::string complaint(F&& load) {
  try {
    load();
  } catch (const Fault& fault) {
    return fault.what();
  }
  return {};
}

JsonNode node(std::string_view text) { return JsonNode::parse("rules/x.json", text); }

constexpr std::string_view kHead = R"("article":"第一条","confidence":"S","valid_from":"2026-01-01")";

std::string deadline(std::string_view rest) {
  return R"({"deadlines":[{"rule":"a","name":"A","name_zh":"甲",)" + std::string(rest) + "}]}";
}

constexpr std::string_view kText =
    R"({"a":{"title":"A","title_zh":"甲","detail":"A","detail_zh":"甲","what_to_do":"A","what_to_do_zh":"甲"}})";

}  // namespace

TEST_CASE("rule data: broken JSON is named with its line", "[rules][mistakes]") {
  CHECK(complaint([] { node("{\n\"a\": 1,\n\"a\": 2}"); }).starts_with("rules/x.json:3: "));
  CHECK(complaint([] { node("{\"a\": 1.5}"); }).starts_with("rules/x.json:1: /a "));
}

TEST_CASE("rule data: a mistake is named with its place in the file", "[rules][mistakes]") {
  const auto load = [](const std::string& text) {
    return complaint([&] {
      std::vector<Deadline> out;
      add_deadlines(node(text), out);
    });
  };
  const std::string head(kHead);
  CHECK(load(deadline("\"days\":5," + head)).empty());
  CHECK(load(deadline(head)) == "rules/x.json /deadlines/0: no time at all");
  CHECK(load(deadline("\"days\":\"5\"," + head)) == "rules/x.json /deadlines/0: days is no whole number");
  CHECK(load(deadline("\"days\":5,\"dys\":1," + head)) == "rules/x.json /deadlines/0: unknown member dys");
  CHECK(load(deadline("\"days\":5,\"valid_to\":\"2025-12-31\"," + head)) ==
        "rules/x.json /deadlines/0: valid_to lies before valid_from");
  CHECK(load(deadline("\"days\":5,\"article\":\"\",\"confidence\":\"X\",\"valid_from\":\"2026-01-01\"")) ==
        "rules/x.json /deadlines/0: confidence is no tag");
  CHECK(load(deadline("\"days\":5,\"months\":1," + head)) == "rules/x.json /deadlines/0: days or months, not both");
  CHECK(load(deadline("\"period\":\"month\"," + head)) ==
        "rules/x.json /deadlines/0: a period and a day belong together");
  CHECK(load(deadline("\"period\":\"week\",\"day\":1," + head)) == "rules/x.json /deadlines/0: no period week");
  CHECK(load("{}") == "rules/x.json : no member deadlines");
}

TEST_CASE("rule data: one id has one text in all files", "[rules][mistakes]") {
  Texts texts;
  add_texts(node(kText), texts);
  CHECK(texts.rules.size() == 1);
  CHECK(complaint([&] { add_texts(node(R"({"rules":)" + std::string(kText) + "}"), texts); }) ==
        "rules/x.json /rules: a second text for a");
}

TEST_CASE("rule data: a pack that does not exist is refused", "[rules][mistakes]") {
  CHECK(complaint([] { RulePack::load("xx"); }) == "no embedded file rules/xx.json");
}
