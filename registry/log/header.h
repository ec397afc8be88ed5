#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "crypto/digest.h"
#include "crypto/suite.h"
#include "registry/base/result.h"
#include "registry/base/time.h"

namespace registry {

/// The newest checkpoint an author had verified when signing; size 0 has the empty tree's root.
struct SeenCheckpoint {
  std::uint64_t size = 0;
  crypto::Digest root;
  /// "none seen": size 0 and the SHA-256 of nothing.
  static SeenCheckpoint none();
  friend bool operator==(const SeenCheckpoint&, const SeenCheckpoint&) = default;
};

/// What an author signs, as values. The text is authoritative; nothing that was signed is ever printed again.
struct Header {
  crypto::Suite suite = crypto::Suite::ed25519_sha256;
  /// The log's origin; an entry cannot be replayed into another ledger.
  std::string ledger;
  std::string party;
  crypto::Digest key;
  /// 128 bits in 32 lowercase hex digits; one chain per key and device.
  std::string chain;
  /// 1, 2, 3 ... in the chain.
  std::uint64_t cseq = 1;
  /// Entry id of cseq - 1; zero for the first.
  crypto::Digest prev;
  SeenCheckpoint seen;
  /// Step type without its version: "transfer.dispatch".
  std::string type;
  int version = 1;
  /// The author's claim, never used for order.
  UtcTime time;
  std::uint64_t payload_bytes = 0;
  crypto::Digest payload_hash;
  std::uint64_t private_count = 0;
  crypto::Digest private_root;

  /// "transfer.dispatch/v1".
  std::string versioned_type() const;
  friend bool operator==(const Header&, const Header&) = default;
};

/// 1 to 32 of A-Z a-z 0-9 . _ -
bool is_party_id(std::string_view text);
/// 32 lowercase hex digits.
bool is_chain_id(std::string_view text);
/// 1 to 200 visible ASCII characters without plus sign (a note key name that fits the header's ASCII).
bool is_ledger_name(std::string_view text);
/// Two or more parts of [a-z][a-z0-9-]* joined by dots, at most 64 characters.
bool is_step_type(std::string_view text);

/// The 13 lines of the header, each with its newline. The caller's values are taken as they are.
std::string format_header(const Header& header);

/// Strict: every line once, in order, each in its only spelling, nothing else. Refuses with rule header-form and a
/// field "header/<line>" ("header/cseq") for every bad line; where a line is missing or out of place, for that one
/// alone. The first line is called header/ledger.entry.
Result<Header> parse_header(std::string_view text);

/// H("ledger.id/v1" 00 header) with the suite's hash. Signatures are left out: an entry signed afresh is the same
/// entry.
crypto::Digest entry_id(crypto::Suite suite, std::string_view header_text);

}  // namespace registry
