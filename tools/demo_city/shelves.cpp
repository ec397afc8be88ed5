#include "tools/demo_city/shelves.h"

#include <algorithm>
#include <stdexcept>

namespace tools {

void Shelves::put(const std::string& site, const std::string& lot, std::string_view substance, Milli amount) {
  for (Shelf& shelf : sites_[site])
    if (shelf.lot == lot) return void(shelf.amount += amount);
  sites_[site].push_back({lot, std::string(substance), amount});
}

void Shelves::take(const std::string& site, const std::string& lot, Milli amount) {
  std::vector<Shelf>& shelves = sites_[site];
  const auto at = std::find_if(shelves.begin(), shelves.end(), [&](const Shelf& shelf) { return shelf.lot == lot; });
  if (at == shelves.end() || at->amount < amount) throw std::logic_error(site + " has too little of " + lot);
  at->amount -= amount;
  if (at->amount == 0) shelves.erase(at);
}

const Shelf& Shelves::oldest(const std::string& site, std::string_view substance, Milli at_least) const {
  const auto at = sites_.find(site);
  if (at != sites_.end())
    for (const Shelf& shelf : at->second)
      if (shelf.substance == substance && shelf.amount >= at_least) return shelf;
  throw std::logic_error(site + " has no lot with enough " + std::string(substance));
}

const Shelf* Shelves::fullest(const std::string& site, std::string_view substance) const {
  const Shelf* found = nullptr;
  const auto at = sites_.find(site);
  if (at == sites_.end()) return found;
  for (const Shelf& shelf : at->second)
    if (shelf.substance == substance && (!found || shelf.amount > found->amount)) found = &shelf;
  return found;
}

std::string Shelves::new_lot(std::string_view substance) {
  return std::string(substance) + "-L" + std::to_string(1000 + ++lots_).substr(1);
}

}  // namespace tools
