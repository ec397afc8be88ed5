#pragma once
// The files of the web app, embedded in the binary at build time.
#include <span>
#include <string_view>

namespace console {

struct Asset {
  /// Below "/": "index.html", "assets/main-3f2a.js".
  std::string_view path;
  std::string_view media_type;
  /// The hash of the content, quoted: a strong entity tag.
  std::string_view etag;
  std::string_view bytes;
  /// The same under gzip; empty where that saves nothing.
  std::string_view gzip;
};

/// All files; none in a program built without the web app.
std::span<const Asset> assets();

}  // namespace console
