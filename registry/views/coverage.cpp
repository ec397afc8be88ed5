#include "registry/views/coverage.h"

#include <map>

#include "registry/views/select.h"

namespace registry {
namespace {

/// Every code begins with a digit.
std::string end_of_digits(const std::string& prefix) { return prefix.empty() ? ":" : end_of_prefix(prefix); }

using ByRegion = std::map<std::string, CoverageOf>;

CoverageOf& at(ByRegion& all, const Row& row) {
  const std::string& region = std::get<std::string>(row.at(0));
  CoverageOf& out = all[region];
  out.region = region;
  return out;
}

void add_parties(Reader& reader, const std::string& prefix, ByRegion& all) {
  static constexpr std::string_view kSql =
      "SELECT region, COUNT(*), SUM(CASE WHEN verified <> -1 THEN 1 ELSE 0 END) FROM party WHERE region >= $1 AND "
      "region < $2 AND status <> 'closed' AND kinds NOT IN ('agency', 'operator', 'registry', 'person') GROUP BY "
      "region";
  for (const Row& row : reader.query(kSql, {Value(prefix), Value(end_of_digits(prefix))})) {
    at(all, row).registered = std::get<std::int64_t>(row.at(1));
    at(all, row).verified = std::get<std::int64_t>(row.at(2));
  }
}

std::int64_t& counter(CoverageOf& of, std::string_view what) {
  if (what == "carrier") return of.unknown_carriers;
  if (what == "plate") return of.unknown_plates;
  if (what == "foreign") return of.unknown_foreign;
  return of.unknown_units;
}

void add_named(Reader& reader, const std::string& prefix, ByRegion& all) {
  static constexpr std::string_view kSql =
      "SELECT region, what, COUNT(*) FROM named WHERE known = -1 AND region >= $1 AND region < $2 GROUP BY region, "
      "what";
  for (const Row& row : reader.query(kSql, {Value(prefix), Value(end_of_digits(prefix))}))
    counter(at(all, row), std::get<std::string>(row.at(1))) = std::get<std::int64_t>(row.at(2));
}

}  // namespace

std::vector<CoverageOf> coverage(Reader& reader, const std::string& prefix) {
  ByRegion all;
  add_parties(reader, prefix, all);
  add_named(reader, prefix, all);
  std::vector<CoverageOf> out;
  for (auto& [region, row] : all) out.push_back(std::move(row));
  return out;
}

CoverageOf sum_of(const std::vector<CoverageOf>& rows, std::string region) {
  CoverageOf sum;
  sum.region = std::move(region);
  for (const CoverageOf& row : rows) {
    sum.registered += row.registered;
    sum.verified += row.verified;
    sum.unknown_units += row.unknown_units;
    sum.unknown_carriers += row.unknown_carriers;
    sum.unknown_plates += row.unknown_plates;
    sum.unknown_foreign += row.unknown_foreign;
  }
  return sum;
}

PageOf<Named> list_named(Reader& reader, const NamedFilter& filter, const Page& page) {
  Select select(select_all<Named>());
  select.where_set("what = ?", filter.what);
  if (filter.only_unknown) select.where("known = -1");
  if (!filter.region.empty()) select.where("region >= ? AND region < ?", {filter.region, end_of_prefix(filter.region)});
  return page_of(typed_all<Named>(select.run(reader, {"id"}, Select::Order::up, page)), page,
                 [](const Named& row) { return Row{row.id}; });
}

PageOf<Report> list_reports(Reader& reader, const ReportFilter& filter, const Page& page) {
  Select select(select_all<Report>());
  select.where_set("party = ?", filter.party).where_set("kind = ?", filter.kind).where_within({"party"}, page.within);
  return page_of(
      typed_all<Report>(select.run(reader, {"filed", "party", "kind", "subject"}, Select::Order::down, page)), page,
      [](const Report& row) {
        return Row{row.filed, row.party, row.kind, row.subject};
      });
}

}  // namespace registry
