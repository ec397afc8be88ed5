#include "registry/service/access_anchor.h"

#include <array>
#include <charconv>

#include "crypto/encoding.h"
#include "registry/base/fault.h"

namespace registry {
namespace {

constexpr std::string_view kTitle = "tallystick access-log v1";
constexpr std::chrono::seconds kInterval{10};

std::string_view take_line(std::string_view& text) {
  const auto end = text.find('\n');
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return line;
}

std::optional<std::int64_t> parse_size(std::string_view digits) {
  std::int64_t out = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), out);
  if (error != std::errc{} || end != digits.data() + digits.size() || out < 0) return {};
  return out;
}

std::optional<AccessHead> anchored_head(const AnchorFile& anchor) {
  const auto point = anchor.read();
  if (!point) return {};
  return AccessHead{static_cast<std::int64_t>(point->size), point->root};
}

}  // namespace

std::string format_access_note(const AccessHead& head, std::string_view ledger, UtcTime time,
                               const crypto::NoteSigner& signer) {
  std::string body(kTitle);
  body.append("\n").append(ledger).append("\n").append(std::to_string(head.size)).append("\n");
  body.append(crypto::to_base64(head.hash.view())).append("\n").append(time.str()).append("\n");
  const std::array<crypto::NoteSignature, 1> signatures{signer.sign(body)};
  return crypto::format_note(body, signatures);
}

std::optional<AccessHead> open_access_note(std::string_view note, std::string_view ledger,
                                           const crypto::NoteVerifier& key) {
  const auto opened = crypto::open_note(note, std::array<crypto::NoteVerifier, 1>{key});
  if (!opened) return {};
  std::string_view rest = opened->body;
  if (take_line(rest) != kTitle || take_line(rest) != ledger) return {};
  const auto size = parse_size(take_line(rest));
  const auto hash = crypto::parse_base64(take_line(rest));
  if (!size || !hash || !UtcTime::parse(take_line(rest)) || !rest.empty()) return {};
  const auto digest = crypto::Digest::parse_hex(crypto::to_hex(*hash));
  if (!digest) return {};
  return AccessHead{*size, *digest};
}

AccessMatch match(AccessLog& log, const AccessHead& kept) {
  if (kept.size == 0) return AccessMatch::holds;
  const auto last = log.list({}, kept.size, 1);
  if (last.empty() || last.front().index != kept.size - 1) return AccessMatch::cut_short;
  return last.front().hash == kept.hash ? AccessMatch::holds : AccessMatch::rewritten;
}

AnchoredAccessLog::AnchoredAccessLog(AccessLog& log, AnchorFile& anchor, const crypto::NoteSigner& signer,
                                     std::string ledger, const Clock& clock)
    : log_(log),
      anchor_(anchor),
      signer_(signer),
      ledger_(std::move(ledger)),
      clock_(clock),
      at_start_(match(log, anchored_head(anchor).value_or(AccessHead{}))),
      anchored_(anchored_head(anchor).value_or(AccessHead{}).size) {}

AnchoredAccessLog::~AnchoredAccessLog() {
  try {
    write_anchor();
  } catch (const Fault&) {
    // The next start writes it; a destructor has nobody to tell.
  }
}

/// A file that cannot be written is a fault of this read: unwatched for long, the records could be cut off.
AccessEntry AnchoredAccessLog::append(const AccessRecord& record) {
  AccessEntry out = log_.append(record);
  const std::unique_lock lock(mutex_, std::try_to_lock);
  if (!lock || Steady::now() - written_ < kInterval) return out;
  written_ = Steady::now();
  write_anchor();
  return out;
}

std::string AnchoredAccessLog::note() { return format_access_note(log_.head(), ledger_, clock_.now(), signer_); }

void AnchoredAccessLog::write_anchor() {
  const AccessHead head = log_.head();
  if (at_start_ != AccessMatch::holds || head.size <= anchored_) return;
  anchor_.write({static_cast<std::uint64_t>(head.size), head.hash});
  anchored_ = head.size;
}

}  // namespace registry
