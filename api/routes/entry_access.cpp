#include "api/routes/entry_access.h"

#include <nlohmann/json.hpp>

#include "registry/views/entries.h"
#include "registry/views/select.h"

namespace api {
namespace {

using namespace registry;

/// What an entry names as its subject, read from its payload.
template <class T>
std::optional<T> subject(Reader& reader, const Json& payload, const char* member) {
  const auto at = payload.find(member);
  if (at == payload.end() || !at->is_string()) return {};
  return find_row<T>(reader, at->get_ref<const std::string&>());
}

template <class T>
bool is_of(Reader& reader, const Viewer& viewer, const Json& payload, const char* member) {
  const auto row = subject<T>(reader, payload, member);
  return row && viewer.may_see(*row);
}

bool concerns_caller(Reader& reader, const Viewer& viewer, const EntryRow& entry, const Json& payload) {
  if (viewer.is(entry.party)) return true;
  // Granting, closing and revoking concern the holder; using it is told by the sale and the consignment.
  if (entry.type == "permit.apply" || entry.type == "permit.refuse")
    return is_of<Application>(reader, viewer, payload, "application");
  if (entry.type.starts_with("permit.")) return is_of<Permit>(reader, viewer, payload, "permit");
  if (entry.type.starts_with("sale.")) return is_of<Sale>(reader, viewer, payload, "sale");
  if (entry.type.starts_with("border.") || entry.type == "export.confirm")
    return is_of<BorderCase>(reader, viewer, payload, "border_case");
  return is_of<Consignment>(reader, viewer, payload, "consignment");
}

/// What was not sent of a sale tells what was.
bool tells_of_goods(Reader& reader, Viewer& viewer, const EntryRow& entry, const Json& payload) {
  if (entry.type != "sale.cancel") return false;
  const auto sale = subject<Sale>(reader, payload, "sale");
  return sale && viewer.is_blind_to_sale(sale->id);
}

}  // namespace

std::optional<EntryView> view_entry(Reader& reader, Viewer& viewer, std::int64_t index) {
  auto entry = reader.entry(index);
  if (!entry) return {};
  EntryView view{std::move(*entry)};
  if (viewer.sees_all() && view.entry.party != viewer.bounds().office &&
      !has_moved_goods(reader, index, viewer.bounds()))
    return {};
  if (viewer.sees_all() && viewer.region().empty()) return view;
  const Json payload = Json::parse(view.entry.payload, nullptr, false);
  if (!payload.is_object() || !concerns_caller(reader, viewer, view.entry, payload)) return {};
  if (viewer.sees_all()) return view;
  const auto consignment = subject<Consignment>(reader, payload, "consignment");
  const bool blind =
      consignment ? viewer.is_blind_to(*consignment) : tells_of_goods(reader, viewer, view.entry, payload);
  if (!blind) return view;
  view.shows_payload = viewer.party() == view.entry.party;
  view.shows_outcome = false;
  return view;
}

EntryView view_or_proof(Reader& reader, Viewer& viewer, std::int64_t index) {
  if (auto view = view_entry(reader, viewer, index)) return std::move(*view);
  auto entry = reader.entry(index);
  if (!entry) throw StoreFault(StoreError::corrupt, "a move names an entry that is not there");
  return {std::move(*entry), false, false};
}

}  // namespace api
