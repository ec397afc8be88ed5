#include "tools/home/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>

#include "tools/home/home.h"

namespace tools {
namespace {

constexpr std::size_t kSecretBytesMax = 1 << 20;

bool write_all(int file, std::string_view content) {
  while (!content.empty()) {
    const auto n = ::write(file, content.data(), content.size());
    if (n <= 0) return false;
    content.remove_prefix(static_cast<std::size_t>(n));
  }
  return ::fsync(file) == 0;
}

bool read_all(int file, std::string& out) {
  std::array<char, 4096> piece;
  for (;;) {
    const auto n = ::read(file, piece.data(), piece.size());
    if (n <= 0) return n == 0;
    out.append(piece.data(), static_cast<std::size_t>(n));
    if (out.size() > kSecretBytesMax) return false;
  }
}

/// Whoever can write in the folder can put another file in this one's place.
void check_folder(const std::filesystem::path& folder) {
  struct stat status {};
  if (::stat(folder.c_str(), &status) != 0) return;
  const bool sticky = (status.st_mode & S_ISVTX) != 0;
  if ((status.st_mode & 022) != 0 && !sticky)
    throw UsageError("the folder " + folder.string() + " can be written by others: chmod go-w it");
}

}  // namespace

std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw UsageError("cannot read " + path.string());
  return {std::istreambuf_iterator<char>(in), {}};
}

/// Asked of the open file, so that it cannot be another one when it is read.
std::string read_private_file(const std::filesystem::path& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file < 0)
    throw UsageError(errno == ENOENT ? path.string() + " is missing"
                                     : "cannot read " + path.string() + ": " + std::strerror(errno));
  struct stat status {};
  std::string out;
  const bool known = ::fstat(file, &status) == 0 && S_ISREG(status.st_mode);
  const bool shared = (status.st_mode & 077) != 0;
  const bool foreign = status.st_uid != ::geteuid() && status.st_uid != 0;
  const bool read = known && !shared && !foreign && read_all(file, out);
  ::close(file);
  if (!known) throw UsageError(path.string() + " is not a file");
  if (shared) throw UsageError(path.string() + " can be read by others: chmod 600 it");
  if (foreign) throw UsageError(path.string() + " belongs to another user: chown it to the one that runs this program");
  if (!read) throw UsageError("cannot read " + path.string());
  check_folder(std::filesystem::absolute(path).parent_path());
  return out;
}

void write_file(const std::filesystem::path& path, std::string_view content, Secrecy secrecy, bool replace) {
  if (!replace && std::filesystem::exists(path)) throw UsageError(path.string() + " exists already");
  const std::string temporary = path.string() + ".new";
  const int file =
      ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, secrecy == Secrecy::owner_only ? 0600 : 0644);
  const bool written = file >= 0 && write_all(file, content);
  if (file >= 0) ::close(file);
  if (!written || ::rename(temporary.c_str(), path.c_str()) != 0) throw UsageError("cannot write " + path.string());
}

}  // namespace tools
