#include "registry/service/anchor.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <string_view>

#include "registry/base/fault.h"

namespace registry {
namespace {

constexpr std::size_t kSlotBytes = 256;

/// "tallystick.anchor/v1 <size> <hex root> <hex hash of the text so far>", padded with blanks to a full slot.
std::string format_slot(const AnchorPoint& point) {
  std::string text = "tallystick.anchor/v1 " + std::to_string(point.size) + ' ' + point.root.hex() + ' ';
  text += crypto::sha256(text).hex();
  text.resize(kSlotBytes - 1, ' ');
  return text + '\n';
}

std::optional<AnchorPoint> parse_slot(std::string_view slot) {
  constexpr std::string_view head = "tallystick.anchor/v1 ";
  if (!slot.starts_with(head)) return {};
  AnchorPoint point;
  const char* digits = slot.data() + head.size();
  const auto [end, error] = std::from_chars(digits, slot.data() + slot.size(), point.size);
  const auto at = static_cast<std::size_t>(end - slot.data());
  if (error != std::errc{} || at + 66 > slot.size()) return {};
  const auto root = crypto::Digest::parse_hex(slot.substr(at + 1, 64));
  if (!root) return {};
  point.root = *root;
  if (format_slot(point) != slot) return {};
  return point;
}

}  // namespace

AnchorFile::AnchorFile(const std::string& path) : file_(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0640)) {
  if (file_ < 0) throw Fault("cannot open the anchor file " + path);
}

AnchorFile::~AnchorFile() { ::close(file_); }

std::optional<AnchorPoint> AnchorFile::read() const {
  std::array<char, 2 * kSlotBytes> bytes{};
  const auto got = ::pread(file_, bytes.data(), bytes.size(), 0);
  if (got < 0) throw Fault("cannot read the anchor file");
  if (got == 0) return {};
  const std::string_view text(bytes.data(), static_cast<std::size_t>(got));
  std::optional<AnchorPoint> best;
  for (std::size_t at = 0; at + kSlotBytes <= text.size(); at += kSlotBytes) {
    const auto point = parse_slot(text.substr(at, kSlotBytes));
    if (point && (!best || point->size > best->size)) best = point;
  }
  if (!best) throw Fault("the anchor file is damaged: neither of its two slots can be read");
  return best;
}

void AnchorFile::write(const AnchorPoint& point) {
  const std::string slot = format_slot(point);
  const auto at = static_cast<off_t>(next_slot_) * static_cast<off_t>(kSlotBytes);
  next_slot_ = 1 - next_slot_;
  if (::pwrite(file_, slot.data(), slot.size(), at) != static_cast<ssize_t>(slot.size()) || ::fdatasync(file_) != 0)
    throw Fault("cannot write the anchor file");
}

}  // namespace registry
