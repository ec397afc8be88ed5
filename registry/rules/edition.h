#pragma once

#include <algorithm>
#include <deque>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "registry/rules/border_rules.h"
#include "registry/rules/borders.h"
#include "registry/rules/certificates.h"
#include "registry/rules/goods.h"
#include "registry/rules/losing.h"
#include "registry/rules/pack_parts.h"
#include "registry/rules/trade_rules.h"

// How a pack is kept: what is the same on all days, all versions of what is not, and the editions made of them.
namespace registry {

/// The same in every edition of a pack.
struct PackBase {
  std::string code;
  std::vector<Region> regions;
  std::vector<SubstanceClass> classes;
  std::vector<PartyKind> party_kinds;
  std::vector<Overlay> overlays;
  std::vector<GoodsKind> goods_kinds;
  WorkCalendar calendar;
  Borders borders;
  Amounts amounts;
  std::unique_ptr<const TradeRules> trade;
  LosingRules losing;
  GoodsRules goods;
  Duties duties;
  BorderRules border;
  CertificateRules certificates;
  Texts texts;
};

/// Rows with days: all versions of them, or those of one edition.
struct DatedRows {
  std::vector<Substance> substances;
  std::vector<PermitKind> permit_kinds;
  std::vector<Exemption> exemptions;
  std::vector<Deadline> deadlines;
  std::vector<Channel> channels;
};

/// The rows of a pack or overlay file; `substances` stays empty.
DatedRows load_dated_rows(const JsonNode& file);

/// Days on which some row begins, or has ended the day before; 1970-01-01 first.
std::vector<Date> change_days(const DatedRows& all);

/// Of each id the version in force on the day; else the last one before; else the first one to come.
DatedRows rows_on(const DatedRows& all, Date day);

/// Rows by id, hashed. Borrows them.
template <class T>
class RowIndex {
 public:
  RowIndex() = default;
  RowIndex(const std::vector<T>& rows, std::string T::*id) {
    for (const T& row : rows) rows_.emplace(row.*id, &row);
  }
  const T* find(std::string_view id) const {
    const auto at = rows_.find(id);
    return at == rows_.end() ? nullptr : at->second;
  }

 private:
  std::unordered_map<std::string_view, const T*> rows_;
};

/// All versions under one overlay ("" for none), and the editions made of them when first asked for.
struct EditionLine {
  std::string overlay;
  DatedRows all;
  std::vector<Date> days;
  struct Slot {
    std::once_flag once;
    std::unique_ptr<const RulePack> pack;
  };
  std::deque<Slot> slots;
};

struct RulePack::Data {
  std::shared_ptr<const PackBase> base;
  DatedRows rows;
  /// The day the edition is of; 9999-12-31 for the loaded pack.
  Date day;
  std::string edition;
  RowIndex<Substance> substances;
  RowIndex<PermitKind> permit_kinds;
  RowIndex<Exemption> exemptions;
  RowIndex<Deadline> deadlines;
  /// Papers in force by purpose, class and pharma.
  std::vector<std::vector<const PermitKind*>> papers;
  /// One a pack and overlay; empty in an edition.
  std::deque<EditionLine> lines;

  Data(std::shared_ptr<const PackBase> shared, DatedRows picked, Date on, std::string name);
  std::size_t slot(PermitPurpose purpose, const Substance& substance) const;
  const std::vector<const PermitKind*>& papers_for(PermitPurpose purpose, const Substance& substance) const {
    return papers[slot(purpose, substance)];
  }

 private:
  void sort_papers();
};

}  // namespace registry
