#pragma once

#include <memory>
#include <string_view>

#include "crypto/json.h"
#include "registry/base/result.h"
#include "registry/log/submission.h"
#include "registry/log/submission_reader.h"

namespace registry {

// The checks of parse_submission past form, one rule each.

/// signature-form: the author's signature first, no signer twice.
void check_signers(MemberReader& in, const JsonPlace& at, const Submission& submission);
/// payload-hash: length and hash are the header's.
Check check_payload_hash(const Submission& submission);
/// payload-form for what is no JSON object, payload-not-canonical for another spelling; pointers into the payload.
Result<std::shared_ptr<const crypto::Json>> read_payload(std::string_view payload);
/// private-root: number of values and root over their commitments are the header's.
Check check_private_root(const Submission& submission);

}  // namespace registry
