#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <vector>

#include "registry/store/access_log.h"
#include "registry/store/sqlite/session.h"

namespace registry {

/// The access log in an SQLite file of its own, beside the ledger: reads must not wait for the writer of the ledger.
class AccessFile final : public AccessLog {
 public:
  /// Opens the file, or makes it, readable by its owner only. Triggers keep entries from being changed or deleted.
  explicit AccessFile(const std::string& path);

  AccessEntry append(const AccessRecord& record) override;
  std::vector<AccessEntry> list(std::string_view subject, std::optional<std::int64_t> before,
                                std::size_t limit) override;
  AccessHead head() override;
  std::optional<std::int64_t> first_broken() override;

 private:
  struct Waiting {
    const AccessRecord* record;
    AccessEntry entry;
    bool done = false, failed = false;
  };
  void write(std::vector<Waiting*>& batch);
  void write_one(Waiting& waiting, AccessHead& head);

  std::mutex queue_mutex_, session_mutex_;
  std::condition_variable written_;
  std::vector<Waiting*> queue_;
  bool is_writing_ = false;
  sqlite::Session session_;
  AccessHead head_;
};

}  // namespace registry
