#include "schema/files.h"

#include <stdexcept>
#include <string>

namespace schema {

std::string_view file(std::string_view path) {
  for (const File& f : files())
    if (f.path == path) return f.content;
  throw std::out_of_range("no embedded file " + std::string(path));
}

}  // namespace schema
