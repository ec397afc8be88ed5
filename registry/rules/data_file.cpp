#include "registry/rules/data_file.h"

#include <string>

#include "registry/base/fault.h"
#include "schema/files.h"

namespace registry {

std::string_view data_file(std::string_view path) {
  for (const schema::File& file : schema::files())
    if (file.path == path) return file.content;
  throw Fault("no embedded file " + std::string(path));
}

void fail_data(std::string_view path, std::size_t line, std::string_view what) {
  throw Fault(std::string(path) + ":" + std::to_string(line) + ": " + std::string(what));
}

}  // namespace registry
