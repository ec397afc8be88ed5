#include "api/routes/case_sight.h"

#include <algorithm>

#include "registry/views/select.h"

namespace api {
namespace {

using namespace registry;
using Touched = Bounds::Touched;

constexpr std::string_view kConsignment = "consignment:";
/// Of one lot; a case about more has its own findings for them.
constexpr std::size_t kConsignmentsMax = 500;

void add(Codes& codes, const std::string& code) {
  if (!code.empty() && !is_one_of(codes, code)) codes.push_back(code);
}

void touch(Touched& out, const Consignment& goods) {
  add(out.consignments, goods.id);
  for (const std::string* party : {&goods.sender, &goods.receiver, &goods.carrier, &goods.custodian})
    add(out.parties, *party);
}

void touch_lot(Touched& out, Reader& reader, const std::string& lot) {
  if (lot.empty()) return;
  add(out.lots, lot);
  Select select(select_all<Consignment>());
  select.where("id IN (SELECT consignment FROM consignment_line WHERE lot = ?)", {lot});
  for (const auto& each : typed_all<Consignment>(select.run(reader, "dispatched DESC", kConsignmentsMax)))
    touch(out, each);
}

void touch(Touched& out, Reader& reader, const Finding& finding) {
  add(out.findings, finding.id);
  add(out.parties, finding.party);
  add(out.parties, finding.custodian);
  const std::string_view subject = finding.subject;
  if (subject.starts_with(kConsignment))
    if (const auto goods = find_row<Consignment>(reader, subject.substr(kConsignment.size()))) touch(out, *goods);
  touch_lot(out, reader, finding.lot);
}

bool has_acted(Reader& reader, const std::string& finding, std::string_view agency) {
  return !reader
              .query("SELECT 1 FROM finding_note WHERE finding = $1 AND party = $2 LIMIT 1",
                     {finding, std::string(agency)})
              .empty();
}

std::vector<Finding> open_findings(Reader& reader, const std::string& reference) {
  Select select(select_all<Finding>());
  select.where("(id = ? OR case_no = ?)", {reference, reference}).where("state <> 'closed'");
  return typed_all<Finding>(select.run(reader, "opened", kConsignmentsMax));
}

}  // namespace

FindCase case_finder(Registry& registry) {
  return [&registry](std::string_view agency, std::string_view reference) {
    const auto reader = registry.read();
    const std::string name(reference);
    Touched out;
    for (const Finding& finding : open_findings(*reader, name))
      if (has_acted(*reader, finding.id, agency)) touch(out, *reader, finding);
    const auto border_case = find_row<BorderCase>(*reader, name);
    if (border_case && border_case->agency == agency && border_case->closed == kNone) {
      add(out.border_cases, border_case->id);
      add(out.parties, border_case->party);
    }
    return out;
  };
}

}  // namespace api
