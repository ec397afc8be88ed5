#include "tools/cli/table.h"

#include <algorithm>
#include <ostream>

namespace tools {
namespace {

/// Wide by its first byte: three bytes from U+1100 on are nearly all East Asian, four bytes nearly all wide.
std::size_t width_from(unsigned char first, unsigned char second) {
  if ((first & 0xc0) == 0x80) return 0;
  if (first >= 0xf0) return 2;
  const bool punctuation = first == 0xe2 && second < 0xba;
  return first >= 0xe1 && !punctuation ? 2 : 1;
}

std::string padded(const std::string& text, std::size_t width) {
  return text + std::string(width - display_width(text), ' ');
}

}  // namespace

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t i = 0; i < text.size(); ++i)
    width += width_from(static_cast<unsigned char>(text[i]),
                        i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) : 0);
  return width;
}

void Table::print(std::ostream& out) const {
  std::vector<std::size_t> widths(rows_.front().size());
  for (const auto& row : rows_)
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], display_width(row[i]));
  for (const auto& row : rows_) {
    for (std::size_t i = 0; i + 1 < row.size(); ++i) out << padded(row[i], widths[i]) << "  ";
    out << row.back() << '\n';
  }
}

}  // namespace tools
