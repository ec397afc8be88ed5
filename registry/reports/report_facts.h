#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "registry/domain/rows.h"
#include "registry/reports/make_report.h"

namespace registry {

/// What every table of one report needs to know.
class ReportFacts {
 public:
  ReportFacts(const Look& look, const RulePack& rules, const ReportQuery& query);

  Reader& reader() const { return *reader_; }
  const RulePack& rules() const { return rules_; }
  const ReportQuery& query() const { return query_; }
  const Look& look() const { return look_; }
  bool is_of_party() const { return !query_.party.empty(); }

  /// Of the party, or in the region, in order of their ids.
  const std::vector<Site>& sites() const { return sites_; }
  std::vector<std::string> site_accounts() const;
  /// Of the report: the party, or those in the region; without agencies.
  const std::vector<Party>& parties() const { return parties_; }
  bool has_party(const std::string& id) const { return party_places_.contains(id); }

  const Party* party(const std::string& id);
  std::string party_name(const std::string& id);
  BaseUnit unit(const std::string& substance) const;
  std::string substance_name(const std::string& code, Language language) const;
  Cell amount(std::int64_t amount, const std::string& substance) const { return Amount{amount, unit(substance)}; }

 private:
  Look look_;
  const RulePack& rules_;
  const ReportQuery query_;
  std::unique_ptr<Reader> reader_;
  std::vector<Site> sites_;
  std::vector<Party> parties_;
  std::unordered_map<std::string, std::size_t> party_places_;
  std::unordered_map<std::string, std::optional<Party>> others_;
};

using SharedFacts = std::shared_ptr<ReportFacts>;

// One function a group of tables; each adds what it has to the report.
void add_stock_summary(const SharedFacts& facts, ReportFile& report);
void add_trade_partners(const SharedFacts& facts, ReportFile& report);
void add_stock_ledger(const SharedFacts& facts, ReportFile& report);
void add_use_ledger(const SharedFacts& facts, ReportFile& report);
void add_sales(const SharedFacts& facts, ReportFile& report);
void add_sales_filings(const SharedFacts& facts, ReportFile& report);
void add_counts(const SharedFacts& facts, ReportFile& report);
void add_write_offs(const SharedFacts& facts, ReportFile& report);
void add_corrections(const SharedFacts& facts, ReportFile& report);
void add_findings(const SharedFacts& facts, ReportFile& report);
void add_inspections(const SharedFacts& facts, ReportFile& report);
void add_trainings(const SharedFacts& facts, ReportFile& report);
void add_city_tables(const SharedFacts& facts, ReportFile& report);
void add_form_d(const SharedFacts& facts, ReportFile& report);

/// A column.
inline ReportColumn head(std::string name, std::string zh, std::string en) {
  return {std::move(name), {std::move(zh), std::move(en)}};
}

}  // namespace registry
