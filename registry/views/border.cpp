#include "registry/views/border.h"

#include "registry/steps/border_case.h"
#include "registry/views/select.h"

namespace registry {
namespace {

constexpr std::size_t kDocumentsMax = 1'000, kLinksMax = 200, kFindingsMax = 200;
constexpr std::string_view kSilent = "closed = -1 AND state IN ('notified', 'read', 'needs_time') AND reply_by < ?";
/// As differences_of.
constexpr std::string_view kMismatched =
    "((licensed <> -1 AND cleared > licensed) OR (direction = 'export' AND licensed <> -1 AND cleared <> -1 AND "
    "cleared < licensed) OR (cleared <> -1 AND moved <> -1 AND moved <> cleared) OR (confirmed <> -1 AND confirmed <> "
    "max(moved, 0)))";

void where_standing(Select& select, BorderStanding standing, Date today) {
  switch (standing) {
    case BorderStanding::open:
      select.where("closed = -1");
      return;
    case BorderStanding::closed:
      select.where("closed <> -1");
      return;
    case BorderStanding::silent:
      select.where(kSilent, {to_value(today)});
      return;
    case BorderStanding::mismatched:
      select.where(kMismatched);
  }
}

std::vector<BorderPaperView> documents_of(Reader& reader, const std::string& id) {
  Select select(
      "SELECT d.border_case, d.n, d.kind, d.substance, d.amount, d.answer, d.seq, e.type, e.party, e.rtime FROM "
      "border_document d JOIN entry_text e ON e.seq = d.seq");
  std::vector<BorderPaperView> out;
  for (Row& row : select.where("d.border_case = ?", {id}).run(reader, "d.n", kDocumentsMax)) {
    BorderPaperView view;
    view.type = std::get<std::string>(row[7]);
    view.party = std::get<std::string>(row[8]);
    view.rtime = UtcTime{std::get<std::int64_t>(row[9])};
    row.resize(7);
    view.document = typed<BorderDocument>(row);
    out.push_back(std::move(view));
  }
  return out;
}

}  // namespace

PageOf<BorderCase> list_border_cases(Reader& reader, const BorderFilter& filter, Date today, const Page& page) {
  Select select(select_all<BorderCase>());
  select.where_set("party = ?", filter.party)
      .where_set("country = ?", filter.country)
      .where_set("substance = ?", filter.substance)
      .where_within({"party", "agency"}, page.within, "id", page.within.touched.border_cases)
      .where_goods("substance IN ($goods)", page.within);
  if (filter.direction) select.where("direction = ?", {to_value(*filter.direction)});
  if (filter.state) select.where("state = ?", {to_value(*filter.state)});
  if (filter.standing) where_standing(select, *filter.standing, today);
  return page_of(typed_all<BorderCase>(select.run(reader, {"opened"}, Select::Order::down, page)), page,
                 [](const BorderCase& row) { return Row{row.opened}; });
}

std::optional<BorderCaseView> find_border_case(Reader& reader, const std::string& id) {
  auto row = find_row<BorderCase>(reader, id);
  if (!row) return {};
  BorderCaseView view{std::move(*row), documents_of(reader, id), {}, {}};
  Select links(select_all<BorderLink>());
  view.links = typed_all<BorderLink>(links.where("border_case = ?", {id}).run(reader, "issued DESC", kLinksMax));
  Select findings(select_all<Finding>());
  findings.where("party = ?", {view.border_case.party}).where("subject = ?", {border_subject(id)});
  view.findings = typed_all<Finding>(findings.run(reader, "opened, id", kFindingsMax));
  return view;
}

std::vector<BorderDifference> differences_of(const BorderCase& row) {
  std::vector<BorderDifference> out;
  const bool both = row.licensed != kNone && row.cleared != kNone;
  // What an import licence has left may come with the next batch.
  if (both &&
      (row.cleared > row.licensed || (row.direction == BorderDirection::export_goods && row.cleared < row.licensed)))
    out.push_back({"licensed", "cleared", row.licensed - row.cleared});
  if (row.cleared != kNone && row.moved != kNone && row.moved != row.cleared)
    out.push_back({"cleared", "moved", row.cleared - row.moved});
  const std::int64_t moved = row.moved == kNone ? 0 : row.moved;
  if (row.confirmed != kNone && row.confirmed != moved) out.push_back({"moved", "confirmed", moved - row.confirmed});
  return out;
}

}  // namespace registry
