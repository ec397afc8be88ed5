#include "registry/rules/csv.h"

#include <catch2/catch.hpp>

#include "registry/base/fault.h"

using registry::CsvTable;

namespace {

std::string complaint(std::string_view text) {
  try {
    CsvTable::parse("t.csv", text);
  } catch (const registry::Fault& fault) {
    return fault.what();
  }
  return {};
}

}  // namespace

TEST_CASE("csv: reads quoted fields, doubled quotes and both line ends", "[rules][csv]") {
  const auto table = CsvTable::parse("t.csv", "a,b\r\n\"x, y\",\"say \"\"no\"\"\"\n,\"two\nlines\"\n1,2");
  REQUIRE(table.rows() == 3);
  CHECK(table.at(0, "a") == "x, y");
  CHECK(table.at(0, "b") == "say \"no\"");
  CHECK(table.at(1, "a").empty());
  CHECK(table.at(1, "b") == "two\nlines");
  CHECK(table.at(2, "b") == "2");
}

TEST_CASE("csv: a byte order mark is not part of the first heading", "[rules][csv]") {
  CHECK(CsvTable::parse("t.csv", "\xEF\xBB\xBF代码\n1\n").at(0, "代码") == "1");
}

TEST_CASE("csv: a mistake is named with its file and line", "[rules][csv]") {
  CHECK(complaint("a,b\n1,2\n3\n") == "t.csv:3: another number of fields");
  CHECK(complaint("a,b\n1,\"2\n") == "t.csv:3: a quoted field without its end");
  CHECK(complaint("a,b\n1,2\"\n") == "t.csv:2: a quote inside an unquoted field");
  CHECK(complaint("a,b\n1,\"2\"3\n") == "t.csv:2: text after a quoted field");
  CHECK_THROWS_WITH(CsvTable::parse("t.csv", "a\n1\n").at(0, "b"), "t.csv:1: no column b");
  CHECK_THROWS_WITH(CsvTable::load("data/none.csv"), "no embedded file data/none.csv");
}
