#include "tools/demo_city/reading.h"

#include <algorithm>
#include <iostream>

#include "tools/cli/table.h"

namespace tools {
namespace {

constexpr std::int64_t kShanghaiMs = 8 * 3'600'000;

}  // namespace

Json Reading::get(const std::string& path) {
  const Answer answer = link_.get(path);
  if (!answer.good())
    throw DemoFailure("GET " + path + " was answered " + std::to_string(answer.status) + ": " + answer.body);
  return Json::parse(answer.body);
}

std::vector<Json> Reading::all(const std::string& path) {
  std::vector<Json> rows;
  const std::string first = path + (path.find('?') == path.npos ? "?" : "&") + "limit=100";
  for (std::string page = first; !page.empty();) {
    const Json answer = get(page);
    for (const Json& row : answer.at("data")) rows.push_back(row);
    const Json& cursor = answer.at("next_cursor");
    page = cursor.is_string() ? first + "&cursor=" + url_encode(cursor.get<std::string>()) : "";
  }
  return rows;
}

std::string local_time(const Json& rtime) {
  const auto time = rtime.is_string() ? registry::UtcTime::parse(rtime.get<std::string>()) : std::nullopt;
  if (!time) return "-";
  const std::string text = time->plus_ms(kShanghaiMs).str();
  return text.substr(5, 5) + " " + text.substr(11, 5);
}

std::string amount_text(const Json& amount) { return amount.is_object() ? amount.value("text", "-") : "-"; }

void align_right(std::vector<std::vector<std::string>>& rows, std::size_t column) {
  std::size_t width = 0;
  for (const auto& row : rows) width = std::max(width, display_width(row[column]));
  for (auto& row : rows) row[column].insert(0, width - display_width(row[column]), ' ');
}

void heading(const std::string& text) {
  std::cout << '\n' << text << '\n' << std::string(display_width(text), '-') << '\n';
}

}  // namespace tools
