#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace registry {

/// Bytes too many for memory, in a file without a name under the system's temporary folder: it goes with this object,
/// and with the process. One thread writes; any may read when it is done. Throws Fault when the disk fails or is full.
class SpoolFile {
 public:
  SpoolFile();
  /// Takes over a file that was written under a name, and takes the name away.
  static SpoolFile taken_from(const std::string& path);
  ~SpoolFile();
  SpoolFile(SpoolFile&& other) noexcept;
  SpoolFile(const SpoolFile&) = delete;
  SpoolFile& operator=(const SpoolFile&) = delete;
  SpoolFile& operator=(SpoolFile&&) = delete;

  void append(std::string_view bytes);
  /// What stands in the buffer goes to the file. Before anybody reads.
  void finish();

  std::uint64_t size() const { return size_; }
  /// At most `count` bytes from `offset` on; fewer only at the end.
  std::string read(std::uint64_t offset, std::size_t count) const;

 private:
  explicit SpoolFile(int file);
  int file_ = -1;
  std::string buffer_;
  std::uint64_t size_ = 0;
};

/// A new, empty file with a name of its own under the system's temporary folder.
std::string make_temporary_file();

}  // namespace registry
