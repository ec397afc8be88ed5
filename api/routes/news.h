#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "api/access/rights.h"
#include "api/access/roles.h"
#include "registry/store/store.h"

// What the entries of the log have changed, by name alone: whoever may see a thing asks for it, and gets what is his to
// see. So no amount ever travels with the news, and a receiver that has not counted learns nothing from them.
namespace api {

/// A thing that an entry made or changed.
struct Thing {
  /// As in the paths of the API: "permit", "consignment", "finding" ...
  std::string kind, id;
  /// Made by the entry; otherwise it was there before.
  bool is_new = false;
  /// Whom it concerns, who of them carries it, and where they are (GB/T 2260).
  std::vector<std::string> parties, carriers, regions;
  /// Substances of it, and the kind of a paper; nothing where it is not of goods.
  std::vector<std::string> goods;
  std::string paper;
};

struct EntryNews {
  std::int64_t index = 0;
  registry::UtcTime received;
  std::vector<Thing> things;
};

/// Of up to `count` entries from `from` on that are folded.
std::vector<EntryNews> news_of(registry::Reader& reader, std::int64_t from, std::size_t count);

/// The resource of the table of rights that a kind of thing belongs to.
std::string_view resource_of_kind(std::string_view kind);

/// Whether the caller may ask for the thing: the same as the routes of its kind answer.
bool may_know(const Thing& thing, const Caller& caller, const Rights& rights);

}  // namespace api
