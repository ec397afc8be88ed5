#include "tools/cli/trust.h"

#include <nlohmann/json.hpp>

#include "crypto/merkle.h"
#include "tools/cli/exit_codes.h"
#include "tools/cli/fetch.h"
#include "tools/home/home.h"

namespace tools {
namespace {

std::vector<crypto::Digest> read_path(const nlohmann::json& answer) {
  std::vector<crypto::Digest> path;
  for (const auto& each : answer.at("path")) {
    const auto hash = crypto::Digest::parse_base64(each.get<std::string>());
    if (!hash) throw LinkError("the server's proof cannot be read");
    path.push_back(*hash);
  }
  return path;
}

std::string entries(std::uint64_t size) { return std::to_string(size) + " entries"; }

}  // namespace

std::optional<crypto::NoteVerifier> parse_log_key(const std::string& vkey) {
  if (vkey.empty()) return {};
  auto key = crypto::NoteVerifier::parse_vkey(vkey);
  if (!key) throw UsageError("--log-key is no verifier key: NAME+8 hex digits+base64 is wanted, as init printed it");
  return key;
}

TrustedHead fetch_head(ServerLink& link, const std::optional<crypto::NoteVerifier>& pinned,
                       const std::string& remembered_key) {
  const auto answer = get_json(link, "/v1/checkpoint");
  std::optional<crypto::NoteVerifier> key = pinned;
  if (!key && !remembered_key.empty()) key = crypto::NoteVerifier::parse_vkey(remembered_key);
  if (!key) key = crypto::NoteVerifier::parse_vkey(answer.at("log_key").get<std::string>());
  if (!key) throw LinkError("the server names no log key");
  std::string note = answer.at("note").get<std::string>();
  const auto checkpoint = crypto::open_checkpoint(note, *key);
  if (!checkpoint)
    throw IntegrityError("the newest checkpoint of " + link.url() + " is not signed by " + key->vkey() +
                         ": another log, or another key. Nothing was signed or sent.");
  return {*key, *checkpoint, std::move(note)};
}

void require_growth(ServerLink& link, const registry::SeenCheckpoint& seen, const TrustedHead& head) {
  const std::uint64_t now = head.checkpoint.size;
  if (seen.size > now)
    throw IntegrityError("the registry had shown " + entries(seen.size) + ", now it shows " + std::to_string(now) +
                         ": it was set back. Keep the receipts and tell the regulator; nothing was signed.");
  if (seen.size == 0) return;
  const auto answer = get_json(
      link, with_query("/v1/proof/consistency", {{"from", std::to_string(seen.size)}, {"to", std::to_string(now)}}));
  if (!crypto::verify_consistency(seen.size, now, read_path(answer), seen.root, head.checkpoint.root))
    throw IntegrityError("the log is not a continuation of the one seen before at " + entries(seen.size) +
                         ": it was rewritten, or two histories are shown. Keep the receipts and tell the regulator; "
                         "nothing was signed.");
}

}  // namespace tools
