#include "api/http/browser_safety.h"

#include <algorithm>
#include <array>
#include <string>

#include "api/http/percent.h"
#include "api/http/text.h"

namespace api {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kFields{{
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Permissions-Policy",
     "accelerometer=(), camera=(self), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), "
     "microphone=(), midi=(), payment=(), usb=()"},
    {"X-Frame-Options", "DENY"},
}};

bool is_letter_or_digit(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// Separators of any system, quotes, wildcards, controls.
bool is_unsafe_in_a_name(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7f ||
         std::string_view("/\\:*?\"<>|;%'").find(c) != std::string_view::npos;
}

/// Bytes of the character at the front when it can turn the reading direction, is invisible, or ends a line: a name
/// like "report<RLO>fdp.exe" shows as "reportexe.pdf". U+200B..200F, 2028..202E, 2060..206F, FEFF, 61C.
std::size_t direction_bytes(std::string_view text) {
  const auto at = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  if (at(0) == 0xd8 && at(1) == 0x9c) return 2;
  if (at(0) == 0xef && at(1) == 0xbb && at(2) == 0xbf) return 3;
  if (at(0) != 0xe2) return 0;
  const bool general = at(1) == 0x80 && ((at(2) >= 0x8b && at(2) <= 0x8f) || (at(2) >= 0xa8 && at(2) <= 0xae));
  const bool invisible = at(1) == 0x81 && at(2) >= 0xa0 && at(2) <= 0xaf;
  return general || invisible ? 3 : 0;
}

std::string safe_name(std::string_view name) {
  std::string out;
  while (!name.empty()) {
    const std::size_t odd = direction_bytes(name);
    out.push_back(odd != 0 || is_unsafe_in_a_name(name.front()) ? '_' : name.front());
    name.remove_prefix(std::max<std::size_t>(odd, 1));
  }
  // A leading dot hides the file; a trailing one is dropped by some systems, and with it the type.
  if (!out.empty() && out.front() == '.') out.front() = '_';
  if (!out.empty() && out.back() == '.') out.back() = '_';
  return out.empty() ? "download" : out;
}

std::string plain_name(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return !is_letter_or_digit(c) && c != '-' && c != '.' && c != '_'; }, '_');
  return text;
}

}  // namespace

bool is_for_browsers(std::string_view content_type) {
  const std::string type = lower(trim(content_type.substr(0, content_type.find(';'))));
  static constexpr std::array<std::string_view, 7> kTypes{
      "text/html",       "text/css",        "text/javascript",      "application/javascript",
      "application/xml", "application/pdf", "application/xhtml+xml"};
  return type.starts_with("image/") || type.starts_with("font/") || type == "application/manifest+json" ||
         type == "application/wasm" || std::find(kTypes.begin(), kTypes.end(), type) != kTypes.end();
}

void make_browser_safe(Response& response) {
  if (!response.header("Content-Security-Policy"))
    response.set_header("Content-Security-Policy", kContentSecurityPolicy);
  for (const auto& [name, value] : kFields) response.set_header(name, value);
}

void offer_as_download(Response& response, std::string_view name, std::string_view plain) {
  const std::string safe = safe_name(name);
  const std::string old = plain_name(plain.empty() ? safe : safe_name(plain));
  response.set_header("Content-Disposition",
                      "attachment; filename=\"" + old + "\"; filename*=UTF-8''" + percent_encode(safe));
}

}  // namespace api
