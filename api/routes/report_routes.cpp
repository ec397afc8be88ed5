#include "api/routes/report_routes.h"

#include <algorithm>
#include <cctype>

#include "api/http/browser_safety.h"
#include "api/http/json_body.h"
#include "api/routes/query.h"
#include "api/routes/route_makers.h"
#include "api/routes/viewer.h"
#include "registry/base/limits.h"
#include "registry/reports/make_report.h"
#include "registry/reports/write_report.h"

namespace api {
namespace {

using namespace registry;

constexpr std::string_view kSchema = R"({"type":"object","properties":{"report":{"type":"string"},
  "title":{"type":"string"},"ledger":{"type":"string"},"party":{"type":"string"},"region":{"type":"string"},
  "period":{"type":"string"},"known_at":{"type":"string"},"tree_size":{"type":"string"},"root":{"type":"string"},
  "known_time":{"type":"string"},"tables":{"type":"array","items":{"type":"object","properties":{
  "name":{"type":"string"},"title":{"type":"string"},"columns":{"type":"array","items":{"type":"object"}},
  "rows":{"type":"array","items":{"type":"object"}}}}}}})";

Result<ReportKind> kind_of(const Request& request) {
  ReportKind kind{};
  const std::string& text = request.parameter("kind");
  if (!parse_name(text, kind)) return nothing("report", text);
  return kind;
}

/// A city reports on the 25th: its month ends on that day.
Result<ReportPeriod> period_of(const Request& request, ReportKind kind) {
  const std::string text = TRY(query_text(request, "period"));
  const auto period = parse_period(text);
  if (!period) return refuse("bad-parameter").at("query/period", text.empty() ? "empty" : "bad_period");
  const bool is_month = text.size() == 7 && text[5] != 'H' && text[5] != 'Q';
  if (kind != ReportKind::city || !is_month) return *period;
  return period_to_25th(period->first.year(), period->first.month());
}

Result<ReportQuery> report_query(const Request& request, const Viewer& viewer) {
  ReportQuery query;
  query.kind = TRY(kind_of(request));
  query.region = TRY(query_region(request));
  if (!query.region.empty() && !viewer.sees_all()) return nothing("region", query.region);
  query.party = TRY(viewer.party_filter(request));
  if (query.party.empty()) query.region = TRY(viewer.region_filter(request));
  if (!query.party.empty() && !query.region.empty()) return refuse("bad-parameter").at("query/region", "not_allowed");
  query.period = TRY(period_of(request, query.kind));
  query.viewer = viewer.party();
  return query;
}

/// Always from the same index, which is known to be folded.
Look look_from(const Service& service, std::int64_t index) {
  return [&service, index](std::optional<UtcTime> as_of) {
    auto reader = service.registry.read_past(index, as_of);
    if (!reader) throw StoreFault(StoreError::busy, "the past cannot be read");
    return std::move(reader).value();
  };
}

std::string safe(std::string text) {
  std::replace_if(
      text.begin(), text.end(),
      [](char c) { return !std::isalnum(static_cast<unsigned char>(c)) && c != '-' && c != '.'; }, '_');
  return text;
}

/// A plain name for old programs, and the Chinese one.
void name_download(Response& response, const ReportQuery& query, ReportFormat format, std::int64_t index) {
  const std::string who = query.party.empty() ? query.region : query.party;
  const std::string rest = "-" + safe(who) + "-" + safe(query.period.str()) + "-at-" + std::to_string(index) + "." +
                           std::string(name_of(format));
  offer_as_download(response, title_of(query.kind).zh + rest, std::string(name_of(query.kind)) + rest);
}

/// Of the rows that tell of goods, those whose substance the reader's agency answers for; an amount of nothing named is
/// nobody's alone.
bool is_seen(const std::vector<Cell>& row, std::optional<std::size_t> substance, const Bounds& bounds) {
  if (substance)
    if (const auto* code = std::get_if<std::string>(&row.at(*substance))) return bounds.has_goods(*code);
  return std::none_of(row.begin(), row.end(), [](const Cell& cell) { return std::holds_alternative<Amount>(cell); });
}

ReportFile seen_of(ReportFile report, const Bounds& bounds) {
  if (!bounds.goods) return report;
  for (ReportTable& table : report.tables) {
    std::optional<std::size_t> substance;
    for (std::size_t i = 0; i < table.columns.size(); ++i)
      if (table.columns[i].name == "substance") substance = i;
    table.rows = [rows = std::move(table.rows), substance, bounds](const PutRow& put) {
      rows([&](const std::vector<Cell>& row) {
        if (is_seen(row, substance, bounds)) put(row);
      });
    };
  }
  return report;
}

Result<Response> get_report(const Service& service, const Request& request) {
  const std::int64_t asked = TRY(query_int(request, "known_at", 0, limits::kIndexMax, kNone));
  const auto newest = TRY(service.registry.read_past(asked == kNone ? std::nullopt : std::optional(asked)));
  const Viewer viewer(request, *newest);
  const ReportQuery query = TRY(report_query(request, viewer));
  const ReportFormat format = TRY(query_enum<ReportFormat>(request, "format")).value_or(ReportFormat::json);
  const Language language = TRY(query_enum<Language>(request, "lang")).value_or(Language::zh);
  const std::int64_t index = newest->state().size - 1;
  const ReportFile report =
      seen_of(TRY(make_report(look_from(service, index), service.rules(), query)), viewer.bounds());
  Response response = file_response(std::string(media_type(format)), TRY(write_report(report, format, language)));
  response.concerns = report.concerns;
  name_download(response, query, format, index);
  return response;
}

}  // namespace

Routes report_routes(const Service& service) {
  Route route = read_route(
      "/v1/reports/{kind}", "getReport",
      "A report 报告 or ledger 台账 of a period, made from the log alone: annual, monthly, "
      "sales-filings, sales-ledger, use-ledger, stock-ledger, count-sheet, write-offs, corrections, "
      "city, form-d. With the same known_at it is the same, byte for byte, for ever.",
      kByRights, std::string(kSchema), [&service](const Request& request) { return get_report(service, request); });
  route.parameters = {
      text_parameter("party", "Of one party; an officer's own unless told."),
      text_parameter("region", "Of all parties of a region, 2 to 6 digits."),
      text_parameter(
          "period",
          "Always needed. By event time: 2026, 2026-H1, 2026-Q3, 2026-03 or 2026-01-15/2026-02-14. The month of a "
          "city report ends on its 25th."),
      integer_parameter("known_at", "Only what was known when this log index was the newest; the newest unless told."),
      choice_parameter<ReportFormat>("format", "json unless told."),
      choice_parameter<Language>("lang", "Language of the headings, zh unless told.")};
  route.refusals = {"not-found", "bad-parameter", "known-at-unknown", "history-behind", "report-too-large"};
  route.tag = "reports";
  return {std::move(route)};
}

}  // namespace api
