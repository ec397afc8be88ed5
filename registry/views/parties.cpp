#include "registry/views/parties.h"

#include "registry/views/select.h"

namespace registry {
namespace {

/// Rows of one party, or of all, in the order of their id.
template <class T>
PageOf<T> list_of_party(Reader& reader, const std::string& party, const Page& page) {
  Select select(select_all<T>());
  select.where_set("party = ?", party);
  return page_of(typed_all<T>(select.run(reader, {"id"}, Select::Order::up, page)), page,
                 [](const T& row) { return Row{row.id}; });
}

}  // namespace

PageOf<Party> list_parties(Reader& reader, const PartyFilter& filter, const Page& page) {
  Select select(select_all<Party>());
  if (!filter.kind.empty()) select.where("(',' || kinds || ',') LIKE ?", {Value("%," + filter.kind + ",%")});
  if (!filter.region.empty()) select.where("region >= ? AND region < ?", {filter.region, end_of_prefix(filter.region)});
  select.where_within({"id"}, page.within, "id", page.within.touched.parties);
  if (filter.status) select.where("status = ?", {to_value(*filter.status)});
  if (!filter.name.empty()) select.where("name LIKE ? ESCAPE '\\'", {like_part(filter.name)});
  return page_of(typed_all<Party>(select.run(reader, {"id"}, Select::Order::up, page)), page,
                 [](const Party& row) { return Row{row.id}; });
}

PageOf<Site> list_sites(Reader& reader, const std::string& party, const Page& page) {
  return list_of_party<Site>(reader, party, page);
}

PageOf<Key> list_keys(Reader& reader, const std::string& party, const Page& page) {
  return list_of_party<Key>(reader, party, page);
}

PageOf<Chain> list_chains(Reader& reader, const std::string& party, const Page& page) {
  return list_of_party<Chain>(reader, party, page);
}

}  // namespace registry
