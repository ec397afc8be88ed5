#include "registry/store/sqlite/lock_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "registry/base/fault.h"

namespace registry::sqlite {

LockFile::LockFile(const std::string& path) : descriptor_(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
  if (descriptor_ < 0) throw StoreFault(StoreError::unavailable, "opening " + path + ": " + std::strerror(errno));
  if (::flock(descriptor_, LOCK_EX | LOCK_NB) == 0) return;
  const int error = errno;
  ::close(descriptor_);
  throw StoreFault(StoreError::unavailable, error == EWOULDBLOCK ? "another process writes to this store: " + path
                                                                 : path + ": " + std::strerror(error));
}

LockFile::~LockFile() { ::close(descriptor_); }

}  // namespace registry::sqlite
