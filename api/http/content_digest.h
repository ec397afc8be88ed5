#pragma once

#include "api/http/message.h"
#include "registry/base/result.h"

namespace api {

/// A request that carries Content-Digest (RFC 9530) has the body that it names; one without may have any. SHA-256 must
/// be among the digests, others are left alone. Refuses with content-digest-form and content-digest-wrong.
registry::Check check_content_digest(const Request& request);

}  // namespace api
