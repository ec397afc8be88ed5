#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace registry {

using Codes = std::vector<std::string>;

/// What somebody's office answers for: of a list only that is read. Members that are empty bound nothing.
struct Bounds {
  /// First digits of the region code of a party that a thing concerns (GB/T 2260).
  std::string region;
  /// Kinds of that party: "hospital".
  Codes units;
  /// Codes of substances, and kinds of papers, in order. Null: all.
  std::shared_ptr<const Codes> goods, papers;
  /// The office's own party: what it wrote itself it may read.
  std::string office;
  /// What an open case of the office touches, wherever that is.
  struct Touched {
    Codes parties, consignments, lots, findings, border_cases;
  } touched;

  bool has_goods(std::string_view substance) const { return !goods || contains(*goods, substance); }
  bool has_paper(std::string_view kind) const { return !papers || contains(*papers, kind); }
  static bool contains(const Codes& in_order, std::string_view code) {
    return std::binary_search(in_order.begin(), in_order.end(), code);
  }
};

inline bool is_one_of(const Codes& ids, std::string_view id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

}  // namespace registry
