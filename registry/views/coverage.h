#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "registry/domain/rows.h"
#include "registry/store/store.h"
#include "registry/views/page.h"

// How far the registry reaches: who is registered 入网登记 and verified 监督核实, of all that its entries name.
namespace registry {

struct CoverageOf {
  std::string region;
  /// Units that are not closed: all of them, and those an agency has verified.
  std::int64_t registered = 0, verified = 0;
  /// Named in signed entries and known to nobody yet.
  std::int64_t unknown_units = 0, unknown_carriers = 0, unknown_plates = 0, unknown_foreign = 0;

  /// Units and carriers of the region: registered or only named. Plates and parties abroad are not units of it.
  std::int64_t known() const { return registered + unknown_units + unknown_carriers; }
  /// 入网登记率 and 监督核实率 in thousandths, rounded down, so that 1000 means all; 1000 of nothing.
  std::int64_t registered_permille() const { return permille(registered, known()); }
  std::int64_t verified_permille() const { return permille(verified, registered); }

 private:
  static std::int64_t permille(std::int64_t part, std::int64_t whole) { return whole ? part * 1000 / whole : 1000; }
};

/// One row for each region that has any, in order of their codes; `prefix` is the first digits of a region.
std::vector<CoverageOf> coverage(Reader& reader, const std::string& prefix);
/// The sum of rows.
CoverageOf sum_of(const std::vector<CoverageOf>& rows, std::string region);

struct NamedFilter {
  /// The first digits of the region; unit carrier plate foreign; empty ones do not filter.
  std::string region, what;
  bool only_unknown = true;
};
/// The cases, in order of their ids.
PageOf<Named> list_named(Reader& reader, const NamedFilter& filter, const Page& page);

struct ReportFilter {
  std::string party, kind;
};
/// The newest first.
PageOf<Report> list_reports(Reader& reader, const ReportFilter& filter, const Page& page);

}  // namespace registry
