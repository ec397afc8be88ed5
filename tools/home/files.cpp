#include "tools/home/files.h"

#include <fcntl.h>
#include <unistd.h>

#include <fstream>
#include <iterator>

#include "tools/home/home.h"

namespace tools {
namespace {

bool write_all(int file, std::string_view content) {
  while (!content.empty()) {
    const auto n = ::write(file, content.data(), content.size());
    if (n <= 0) return false;
    content.remove_prefix(static_cast<std::size_t>(n));
  }
  return ::fsync(file) == 0;
}

}  // namespace

std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw UsageError("cannot read " + path.string());
  return {std::istreambuf_iterator<char>(in), {}};
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
