#include "api/http/answer_head.h"

#include <array>
#include <chrono>

#include "registry/base/time.h"

namespace api {
namespace {

void two(std::string& out, std::int64_t value) {
  out.push_back(static_cast<char>('0' + value / 10 % 10));
  out.push_back(static_cast<char>('0' + value % 10));
}

/// The present second's date; made anew once a second on each thread.
const std::string& date_now() {
  thread_local std::int64_t made_for = -1;
  thread_local std::string date;
  const std::int64_t now = registry::SystemClock{}.now().ms / 1000;
  if (now != made_for) date = http_date(made_for = now);
  return date;
}

void field(std::string& out, std::string_view name, std::string_view value) {
  out.append(name).append(": ").append(value).append("\r\n");
}

}  // namespace

bool has_no_body(int status) { return status == 204 || status == 304; }

std::string_view reason(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 201:
      return "Created";
    case 202:
      return "Accepted";
    case 204:
      return "No Content";
    case 303:
      return "See Other";
    case 304:
      return "Not Modified";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 408:
      return "Request Timeout";
    case 409:
      return "Conflict";
    case 411:
      return "Length Required";
    case 412:
      return "Precondition Failed";
    case 413:
      return "Content Too Large";
    case 414:
      return "URI Too Long";
    case 415:
      return "Unsupported Media Type";
    case 417:
      return "Expectation Failed";
    case 422:
      return "Unprocessable Content";
    case 428:
      return "Precondition Required";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 500:
      return "Internal Server Error";
    case 501:
      return "Not Implemented";
    case 503:
      return "Service Unavailable";
    case 505:
      return "HTTP Version Not Supported";
    case 507:
      return "Insufficient Storage";
    default:
      return "Status";
  }
}

std::string http_date(std::int64_t unix_seconds) {
  static constexpr std::array<std::string_view, 7> kDays{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  static constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const registry::Date date{static_cast<std::int32_t>(unix_seconds / 86'400)};
  std::string out(kDays.at(static_cast<std::size_t>(date.weekday() - 1)));
  out += ", ";
  two(out, date.day());
  out.append(" ").append(kMonths.at(static_cast<std::size_t>(date.month() - 1))).append(" ");
  out.append(std::to_string(date.year())).append(" ");
  two(out, unix_seconds % 86'400 / 3'600);
  out.push_back(':');
  two(out, unix_seconds % 3'600 / 60);
  out.push_back(':');
  two(out, unix_seconds % 60);
  return out + " GMT";
}

std::string answer_head(const Response& response, std::string_view request_id, int minor, bool close) {
  std::string out;
  out.reserve(512);
  out.append("HTTP/1.1 ").append(std::to_string(response.status)).append(" ").append(reason(response.status));
  out.append("\r\n");
  if (!has_no_body(response.status)) {
    if (!response.content_type.empty()) field(out, "Content-Type", response.content_type);
    if (!response.stream) field(out, "Content-Length", std::to_string(response.body_bytes()));
  }
  field(out, "Date", date_now());
  if (!request_id.empty()) field(out, "X-Request-Id", request_id);
  for (const auto& [name, value] : response.headers) field(out, name, value);
  if (close)
    field(out, "Connection", "close");
  else if (minor == 0)
    field(out, "Connection", "keep-alive");
  return out += "\r\n";
}

}  // namespace api
