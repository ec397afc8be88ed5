#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "crypto/note.h"
#include "tools/cli/verdict.h"

namespace tools {

struct DatabaseCheck {
  std::optional<crypto::NoteVerifier> log_key;
  unsigned threads = 0;
  /// Compared with the database when it is there.
  std::filesystem::path anchor;
};

/// Audits a database file: the file itself, the whole log, the read tables, and the anchor. Reads only, and leaves
/// nothing beside a copy. Throws UsageError when the file is not there or cannot be read.
Verdict check_database(const std::filesystem::path& file, const DatabaseCheck& options);

/// SQLite lays files beside a database that it only reads. Takes away those that were not there before, unless a writer
/// came meanwhile.
class LeaveNoTrace {
 public:
  explicit LeaveNoTrace(const std::filesystem::path& file);
  ~LeaveNoTrace();
  LeaveNoTrace(const LeaveNoTrace&) = delete;
  LeaveNoTrace& operator=(const LeaveNoTrace&) = delete;

 private:
  std::filesystem::path file_;
  bool bare_;
};

}  // namespace tools
