#pragma once

#include <chrono>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "crypto/note.h"
#include "registry/base/time.h"
#include "registry/service/anchor.h"
#include "registry/store/access_log.h"

namespace registry {

/// "tallystick access-log v1", ledger, size, base64 hash and time, a line each, as a signed note of the log's key.
std::string format_access_note(const AccessHead& head, std::string_view ledger, UtcTime time,
                               const crypto::NoteSigner& signer);
/// The head that a good note of that ledger states; nothing for any other text.
std::optional<AccessHead> open_access_note(std::string_view note, std::string_view ledger,
                                           const crypto::NoteVerifier& key);

/// What an access log lacks of a head that somebody kept.
enum class AccessMatch { holds, cut_short, rewritten };
AccessMatch match(AccessLog& log, const AccessHead& kept);

/// An access log whose head is kept in a file on another volume as well, every ten seconds in which there were reads
/// and at the end, and can be had as a signed note: cut off or rewritten, it no longer fits. Where it does not fit at
/// the start, the file is left as it is, for whoever looks into it. Borrows all.
class AnchoredAccessLog final : public AccessLog {
 public:
  AnchoredAccessLog(AccessLog& log, AnchorFile& anchor, const crypto::NoteSigner& signer, std::string ledger,
                    const Clock& clock);
  ~AnchoredAccessLog() override;

  /// How the log fitted the file at the start.
  AccessMatch at_start() const { return at_start_; }
  AccessEntry append(const AccessRecord& record) override;
  std::vector<AccessEntry> list(std::string_view subject, std::optional<std::int64_t> before,
                                std::size_t limit) override {
    return log_.list(subject, before, limit);
  }
  AccessHead head() override { return log_.head(); }
  std::optional<std::int64_t> first_broken() override { return log_.first_broken(); }
  std::string note() override;

 private:
  using Steady = std::chrono::steady_clock;
  void write_anchor();

  AccessLog& log_;
  AnchorFile& anchor_;
  const crypto::NoteSigner& signer_;
  const std::string ledger_;
  const Clock& clock_;
  AccessMatch at_start_;
  std::mutex mutex_;
  Steady::time_point written_;
  std::int64_t anchored_ = 0;
};

}  // namespace registry
