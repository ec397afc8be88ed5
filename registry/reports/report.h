#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "registry/base/time.h"
#include "registry/domain/quantity.h"
#include "registry/domain/value.h"

// A report as tables whose rows are made while they are written, so that its size costs no memory here.
namespace registry {

enum class Language { zh, en };
template <>
struct EnumNames<Language> {
  static constexpr std::string_view names[] = {"zh", "en"};
};

/// What people read, in both languages.
struct Words {
  std::string zh, en;
  const std::string& in(Language language) const { return language == Language::zh ? zh : en; }
};

/// An amount of goods in the base unit of its substance.
struct Amount {
  std::int64_t amount = 0;
  BaseUnit unit = BaseUnit::mg;
};

/// Nothing, a text, a number or an amount.
using Cell = std::variant<std::monostate, std::string, std::int64_t, Amount>;

struct ReportColumn {
  /// As in JSON: "closing".
  std::string name;
  Words head;
};

using PutRow = std::function<void(const std::vector<Cell>& row)>;

struct ReportTable {
  std::string name;
  Words title;
  std::vector<ReportColumn> columns;
  /// Calls `put` once a row, a cell for each column.
  std::function<void(const PutRow& put)> rows;
};

struct ReportFile {
  std::string kind;
  Words title;
  /// What it is about and what it was made from: ledger, party or region, period, log index, root hash.
  struct Fact {
    std::string name;
    Words head;
    std::string value;
  };
  std::vector<Fact> facts;
  /// Ids of the parties it tells of first of all.
  std::vector<std::string> concerns;
  /// When the newest entry it knows of was received: the report is as old as that, whenever it is made.
  UtcTime time;
  std::vector<ReportTable> tables;
};

/// In the unit of its kind of goods, so that a column can be added up: kg for precursors, g for medicines, else pieces.
std::string unit_of_report(BaseUnit unit);
/// "12.5" of that unit, exact.
std::string decimal_of(const Amount& amount);

}  // namespace registry
