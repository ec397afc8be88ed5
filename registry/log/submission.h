#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/commitment.h"
#include "crypto/digest.h"
#include "crypto/json.h"
#include "crypto/key.h"
#include "registry/base/result.h"
#include "registry/log/header.h"
#include "registry/log/signature.h"

namespace registry {

/// Private values of one entry: a form has a dozen persons' fields at most.
inline constexpr std::size_t kPrivateValuesMax = 100;

/// One signed step as its author sends it.
struct Submission {
  /// The signed bytes, exactly.
  std::string header_text;
  Header header;
  crypto::Digest entry_id;
  /// The payload's bytes, exactly, and what they say (an object).
  std::string payload;
  std::shared_ptr<const crypto::Json> payload_json;
  /// The author's first. Never empty, distinct signers.
  std::vector<EntrySignature> signatures;
  /// In the order of the commitments.
  std::vector<crypto::PrivateValue> private_values;

  /// What the signatures are over; valid while this object stays where it is.
  SignedHeader signed_header() const { return {header_text, header.ledger, entry_id}; }
};

/// Reads {"header": text, "payload": text, "signatures": [{"key": hex, "signature": base64}, or with "batch":
/// {"size": n, "index": n, "path": [base64, ...]}], "private": [{"path", "value", "salt": base64}]}; "private" may be
/// left out. Runs every check that needs no database: form, header, payload length, hash and canonical form, private
/// root, the author's signature first, distinct signers; it verifies no signature.
/// Refuses with malformed-request, header-form, signature-form (each with all bad fields at once), payload-hash,
/// payload-form, payload-not-canonical (pointers into the payload), private-root.
Result<Submission> parse_submission(std::string_view json);

/// Entries of one batch call up to the first bad one, whose refusal is kept.
struct SubmissionRun {
  std::vector<Submission> entries;
  std::optional<Refusal> refused;
};

/// Reads {"entries": [ ... ]} of 1 to kBatchEntriesMax of the above. Refuses as a whole only when that frame is
/// malformed; pointers begin with /entries/<n>.
Result<SubmissionRun> parse_submissions(std::string_view json);

/// The wire form that parse_submission reads.
std::string format_submission(const Submission& submission);

/// Refuses with wrong-ledger an entry that was signed for another one.
Check check_ledger(const Submission& submission, std::string_view ledger);

/// True if `key` is the key the signature names and signed this entry, alone or in a batch. The author's key must be
/// of the header's suite.
bool verify_signature(const crypto::PublicKey& key, const Submission& submission, const EntrySignature& signature,
                      BatchCache* cache = nullptr);

}  // namespace registry
