#include "api/http/preference.h"

#include <algorithm>
#include <cctype>
#include <vector>

namespace api {
namespace {

constexpr int kWhole = 1'000;

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

/// Takes the part before the next `mark` off the text.
std::string_view cut(std::string_view& text, char mark) {
  const auto end = std::min(text.find(mark), text.size());
  const std::string_view part = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return trimmed(part);
}

bool is_same(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return std::tolower(static_cast<unsigned char>(c)); };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return lower(x) == lower(y); });
}

/// "0.8" as 800; what is no quality counts as none given.
int quality(std::string_view text) {
  if (text.empty() || (text[0] != '0' && text[0] != '1') || text.size() > 5) return kWhole;
  int value = (text[0] - '0') * kWhole, unit = kWhole / 10;
  for (std::size_t i = 2; i < text.size() && std::isdigit(static_cast<unsigned char>(text[i])); ++i, unit /= 10)
    value += (text[i] - '0') * unit;
  return std::min(value, kWhole);
}

struct Wish {
  std::string_view range;
  int quality = kWhole;
};

std::vector<Wish> read(std::string_view field) {
  std::vector<Wish> out;
  while (!field.empty()) {
    std::string_view item = cut(field, ',');
    Wish wish{cut(item, ';')};
    while (!item.empty())
      if (const std::string_view parameter = cut(item, ';'); parameter.starts_with("q=") || parameter.starts_with("Q="))
        wish.quality = quality(parameter.substr(2));
    if (!wish.range.empty()) out.push_back(wish);
  }
  return out;
}

/// How exactly a range names the offer: 0 not at all, 1 by "*", 2 by its first part, 3 whole.
int nearness(std::string_view range, std::string_view offer) {
  if (is_same(range, offer)) return 3;
  if (range == "*" || range == "*/*") return 1;
  if (range.ends_with("/*")) return is_same(range.substr(0, range.find('/')), offer.substr(0, offer.find('/'))) ? 2 : 0;
  const bool same_language = range.find('/') == range.npos && is_same(range.substr(0, range.find('-')), offer);
  return same_language ? 2 : 0;
}

/// The nearest range speaks for an offer.
int liking(const std::vector<Wish>& wishes, std::string_view offer) {
  int near = 0, liked = 0;
  for (const Wish& wish : wishes)
    if (const int found = nearness(wish.range, offer); found > near) near = found, liked = wish.quality;
  return liked;
}

}  // namespace

std::size_t preferred(std::string_view field, std::span<const std::string_view> offers) {
  const std::vector<Wish> wishes = read(field);
  std::size_t best = 0;
  int most = wishes.empty() ? 0 : liking(wishes, offers.front());
  for (std::size_t i = 1; i < offers.size(); ++i)
    if (const int liked = liking(wishes, offers[i]); liked > most) best = i, most = liked;
  return best;
}

}  // namespace api
