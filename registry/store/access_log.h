#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/digest.h"

namespace registry {

/// One look at others' data. Texts only, so that the canonical form is the same for everybody who checks it.
struct AccessRecord {
  /// When, who (roles, party, key; a token's note), for which agency and person.
  std::string time, who, party, officer;
  /// case, inspection, routine or unstated, and the number of the case or inspection.
  std::string purpose, reference;
  /// Operation, path with query, and the id of the request.
  std::string operation, path, request;
  /// The parties that the answer named.
  std::vector<std::string> subjects;
  /// Of an export 导出 (a report, a bundle of evidence): SHA-256 of the bytes that went out, hex, and 32 random hex
  /// digits, without which the record's hash would let a unit try out what an answer about it said. Else empty.
  std::string digest = {}, salt = {};
};

/// A record in its place: `hash` is SHA-256 over the hash before it (32 bytes; zero for the first) and `text`.
struct AccessEntry {
  std::int64_t index = 0;
  /// Canonical JSON (RFC 8785) of the record and its index.
  std::string text;
  crypto::Digest hash;
};

struct AccessHead {
  std::int64_t size = 0;
  crypto::Digest hash;
};

/// Who looked at what: append-only, each entry bound to the one before. Thread-safe. Throws StoreFault and nothing
/// else.
class AccessLog {
 public:
  virtual ~AccessLog() = default;
  /// Durable when it returns; those who come at the same time share one commit.
  virtual AccessEntry append(const AccessRecord& record) = 0;
  /// The newest first, below index `before`; those about one party, or all for an empty one.
  virtual std::vector<AccessEntry> list(std::string_view subject, std::optional<std::int64_t> before,
                                        std::size_t limit) = 0;
  virtual AccessHead head() = 0;
  /// The head as a note signed by the log's key, for whoever keeps it; empty where nobody signs.
  virtual std::string note() { return {}; }
  /// The index of the first entry that does not follow from the one before; nothing when all do.
  virtual std::optional<std::int64_t> first_broken() = 0;
};

crypto::Digest access_hash(const crypto::Digest& before, std::string_view text);

}  // namespace registry
