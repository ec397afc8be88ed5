#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "crypto/digest.h"

namespace registry {

/// What a small file outside the database remembers of the log: a database that knows less was put back from a copy.
struct AnchorPoint {
  std::uint64_t size = 0;
  crypto::Digest root;
  friend bool operator==(const AnchorPoint&, const AnchorPoint&) = default;
};

/// The anchor file: two slots of 256 bytes, written in turn, each with its own check sum, so that a torn write leaves
/// the other one. Put it on another volume than the database.
class AnchorFile {
 public:
  /// Opens or makes the file; throws Fault when it cannot.
  explicit AnchorFile(const std::string& path);
  ~AnchorFile();
  AnchorFile(const AnchorFile&) = delete;
  AnchorFile& operator=(const AnchorFile&) = delete;

  /// The larger of the sound slots; nothing in a new file. Throws Fault when the file is there but no slot is sound.
  std::optional<AnchorPoint> read() const;
  /// Durable when it returns; throws Fault otherwise.
  void write(const AnchorPoint& point);

 private:
  int file_;
  int next_slot_ = 0;
};

}  // namespace registry
