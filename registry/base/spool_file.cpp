#include "registry/base/spool_file.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

#include "registry/base/fault.h"

namespace registry {
namespace {

constexpr std::size_t kBufferBytes = 65'536;

/// A full disk is worth its own answer: whoever asked may ask again when there is room.
[[noreturn]] void fail(const char* what) {
  const int number = errno;
  const std::string text = std::string(what) + ": " + std::error_code(number, std::generic_category()).message();
  if (number == ENOSPC || number == EDQUOT) throw StoreFault(StoreError::full, text);
  throw Fault(text);
}

int open_and_forget(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
  if (file < 0) fail("a temporary file cannot be opened");
  ::unlink(path.c_str());
  return file;
}

}  // namespace

std::string make_temporary_file() {
  std::string path = (std::filesystem::temp_directory_path() / "tallystick-XXXXXX").string();
  const int file = ::mkstemp(path.data());
  if (file < 0) fail("no temporary file can be made");
  ::close(file);
  return path;
}

SpoolFile::SpoolFile() : SpoolFile(open_and_forget(make_temporary_file())) {}

SpoolFile::SpoolFile(int file) : file_(file) {}

SpoolFile SpoolFile::taken_from(const std::string& path) {
  SpoolFile out(open_and_forget(path));
  struct stat status {};
  if (::fstat(out.file_, &status) != 0) fail("the size of a temporary file cannot be read");
  out.size_ = static_cast<std::uint64_t>(status.st_size);
  return out;
}

SpoolFile::SpoolFile(SpoolFile&& other) noexcept
    : file_(std::exchange(other.file_, -1)), buffer_(std::move(other.buffer_)), size_(other.size_) {}

SpoolFile::~SpoolFile() {
  if (file_ >= 0) ::close(file_);
}

void SpoolFile::append(std::string_view bytes) {
  buffer_.append(bytes);
  size_ += bytes.size();
  if (buffer_.size() >= kBufferBytes) finish();
}

void SpoolFile::finish() {
  for (std::string_view left = buffer_; !left.empty();) {
    const ssize_t n = ::write(file_, left.data(), left.size());
    if (n < 0 && errno != EINTR) fail("a temporary file cannot be written");
    if (n > 0) left.remove_prefix(static_cast<std::size_t>(n));
  }
  buffer_.clear();
}

std::string SpoolFile::read(std::uint64_t offset, std::size_t count) const {
  std::string out(count, '\0');
  std::size_t done = 0;
  while (done < count) {
    const ssize_t n = ::pread(file_, out.data() + done, count - done, static_cast<off_t>(offset + done));
    if (n == 0) break;
    if (n < 0 && errno != EINTR) fail("a temporary file cannot be read");
    if (n > 0) done += static_cast<std::size_t>(n);
  }
  out.resize(done);
  return out;
}

}  // namespace registry
