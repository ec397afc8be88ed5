#pragma once
// The data files of schema/, embedded in the binary at build time.
#include <span>
#include <string_view>

namespace schema {

struct File {
  std::string_view path;     // below schema/, for example "rules/cn.json"
  std::string_view content;  // the bytes of the file
};

/// All embedded files, sorted by path.
std::span<const File> files();

/// The bytes of one embedded file; throws std::out_of_range when there is none: a missing data file is a build error.
std::string_view file(std::string_view path);

}  // namespace schema
