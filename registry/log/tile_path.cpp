#include "registry/log/tile_path.h"

#include <vector>

#include "registry/base/limits.h"
#include "registry/log/text.h"

namespace registry {
namespace {

using namespace text;

constexpr std::string_view kPrefix = "tile/";
constexpr std::string_view kEntriesName = "entries";
constexpr std::string_view kPartial = ".p/";

/// Three digits.
std::optional<std::uint64_t> parse_group(std::string_view text) {
  if (text.size() != 3) return {};
  std::uint64_t value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return {};
    value = value * 10 + static_cast<std::uint64_t>(c - '0');
  }
  return value;
}

/// x001/x234/067; a first group of zeros would be a second spelling.
std::optional<std::uint64_t> parse_index(std::string_view text) {
  std::uint64_t value = 0;
  for (int group = 0; group < 6; ++group) {
    const bool more = text.starts_with('x');
    const auto digits = parse_group(text.substr(more ? 1 : 0, 3));
    if (!digits || (group == 0 && more && *digits == 0)) return {};
    value = value * 1'000 + *digits;
    text.remove_prefix(more ? 4 : 3);
    if (text.empty()) return more ? std::nullopt : std::optional(value);
    if (!more || !text.starts_with('/')) return {};
    text.remove_prefix(1);
  }
  return {};
}

std::optional<int> parse_level(std::string_view text) {
  if (text == kEntriesName) return TilePath::kEntries;
  const auto level = parse_number(text);
  if (!level || *level > 63) return {};
  return static_cast<int>(*level);
}

std::optional<std::uint64_t> parse_width(std::string_view text) {
  const auto width = parse_number(text);
  if (!width || *width == 0 || *width >= kTileWidth) return {};
  return width;
}

void append_group(std::string& out, std::uint64_t group) {
  out.push_back(static_cast<char>('0' + group / 100));
  out.push_back(static_cast<char>('0' + group / 10 % 10));
  out.push_back(static_cast<char>('0' + group % 10));
}

}  // namespace

std::string format_tile_path(const TilePath& path) {
  std::string out(kPrefix);
  if (path.level == TilePath::kEntries)
    out.append(kEntriesName);
  else
    append_number(out, static_cast<std::uint64_t>(path.level));
  std::vector<std::uint64_t> groups;
  for (auto rest = path.index; groups.empty() || rest != 0; rest /= 1'000) groups.push_back(rest % 1'000);
  for (auto i = groups.size(); i-- > 0;) append_group(out.append(i == 0 ? "/" : "/x"), groups[i]);
  if (path.width == kTileWidth) return out;
  out.append(kPartial);
  append_number(out, path.width);
  return out;
}

std::optional<TilePath> parse_tile_path(std::string_view text) {
  if (!text.starts_with(kPrefix)) return {};
  text.remove_prefix(kPrefix.size());
  TilePath path;
  if (const auto partial = text.find(kPartial); partial != text.npos) {
    const auto width = parse_width(text.substr(partial + kPartial.size()));
    if (!width) return {};
    path.width = *width;
    text = text.substr(0, partial);
  }
  const auto slash = text.find('/');
  if (slash == text.npos) return {};
  const auto level = parse_level(text.substr(0, slash));
  const auto index = parse_index(text.substr(slash + 1));
  if (!level || !index || *index > static_cast<std::uint64_t>(limits::kIndexMax)) return {};
  path.level = *level, path.index = *index;
  return path;
}

}  // namespace registry
