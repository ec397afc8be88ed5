#include "registry/views/applications.h"

#include "registry/views/select.h"

namespace registry {
namespace {

constexpr std::size_t kLinesMax = 1'000;

ApplicationView with_lines(Reader& reader, Application application) {
  ApplicationView view{std::move(application), {}, {}};
  view.lines = typed_all<ApplicationLine>(Select(select_all<ApplicationLine>())
                                              .where("application = ?", {view.application.id})
                                              .run(reader, "substance", kLinesMax));
  view.conduct = find_row<Conduct>(reader, view.application.applicant);
  return view;
}

}  // namespace

PageOf<ApplicationView> list_applications(Reader& reader, const ApplicationFilter& filter, const Page& page) {
  Select select(select_all<Application>());
  if (!filter.party.empty()) select.where("(applicant = ? OR agency = ?)", {filter.party, filter.party});
  select.where_within({"applicant", "agency"}, page.within);
  select.where_goods("id IN (SELECT application FROM application_line WHERE substance IN ($goods))", page.within);
  select.where_papers("kind IN ($papers)", page.within);
  if (filter.state) select.where("state = ?", {to_value(*filter.state)});
  auto found = page_of(typed_all<Application>(select.run(reader, {"applied"}, Select::Order::down, page)), page,
                       [](const Application& row) { return Row{row.applied}; });
  PageOf<ApplicationView> out{{}, std::move(found.next)};
  for (Application& row : found.rows) out.rows.push_back(with_lines(reader, std::move(row)));
  return out;
}

std::optional<ApplicationView> find_application(Reader& reader, const std::string& id) {
  auto row = find_row<Application>(reader, id);
  if (!row) return {};
  return with_lines(reader, std::move(*row));
}

}  // namespace registry
