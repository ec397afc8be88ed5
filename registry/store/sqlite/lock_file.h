#pragma once

#include <string>

namespace registry::sqlite {

/// Held while a process may write to a store; ends with the process, whatever its end. The file itself stays.
class LockFile {
 public:
  /// Throws StoreFault unavailable when somebody else holds it.
  explicit LockFile(const std::string& path);
  ~LockFile();
  LockFile(const LockFile&) = delete;
  LockFile& operator=(const LockFile&) = delete;

 private:
  int descriptor_;
};

}  // namespace registry::sqlite
