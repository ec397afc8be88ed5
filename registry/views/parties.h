#pragma once

#include <optional>
#include <string>

#include "registry/domain/rows.h"
#include "registry/store/store.h"
#include "registry/views/page.h"

// Who is there: parties with their sites, keys and chains. Empty members of a filter do not filter.
namespace registry {

struct PartyFilter {
  /// One of the kinds of Party::kinds.
  std::string kind;
  /// The first digits of the region code: "3603" for all of a city.
  std::string region;
  std::optional<PartyStatus> status;
  /// Part of the name.
  std::string name;
};

PageOf<Party> list_parties(Reader& reader, const PartyFilter& filter, const Page& page);
PageOf<Site> list_sites(Reader& reader, const std::string& party, const Page& page);
PageOf<Key> list_keys(Reader& reader, const std::string& party, const Page& page);
PageOf<Chain> list_chains(Reader& reader, const std::string& party, const Page& page);

}  // namespace registry
