#include "api/http/content_digest.h"

#include "api/http/structured_field.h"
#include "crypto/digest.h"

namespace api {

using registry::Accepted;
using registry::refuse;

namespace {

/// The one algorithm of RFC 9530 that is asked for.
const std::string kAlgorithm = "sha-256";

}  // namespace

registry::Check check_content_digest(const Request& request) {
  const auto field = request.headers.joined("content-digest");
  if (!field) return Accepted{};
  const auto digests = parse_byte_sequences(*field);
  if (!digests || !digests->contains(kAlgorithm)) return refuse("content-digest-form");
  if (digests->at(kAlgorithm) != crypto::sha256(request.body).view()) return refuse("content-digest-wrong");
  return Accepted{};
}

}  // namespace api
