#pragma once

#include <string>
#include <string_view>

namespace registry::sqlite {

/// A new folder under the system's temporary one, removed with all in it. Throws StoreFault when there can be none.
class ScratchFolder {
 public:
  ScratchFolder();
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  std::string file(std::string_view name) const { return path_ + "/" + std::string(name); }

 private:
  std::string path_;
};

}  // namespace registry::sqlite
