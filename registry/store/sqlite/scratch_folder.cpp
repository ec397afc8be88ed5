#include "registry/store/sqlite/scratch_folder.h"

#include <stdlib.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "registry/base/fault.h"

namespace registry::sqlite {

ScratchFolder::ScratchFolder() : path_((std::filesystem::temp_directory_path() / "store-XXXXXX").string()) {
  if (!::mkdtemp(path_.data())) throw StoreFault(StoreError::unavailable, path_ + ": " + std::strerror(errno));
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace registry::sqlite
