#include "api/http/content_digest.h"

#include "api/http/structured_field.h"
#include "crypto/digest.h"

namespace api {

using registry::Accepted;
using registry::refuse;

registry::Check check_content_digest(const Request& request) {
  const auto field = request.headers.joined("content-digest");
  if (!field) return Accepted{};
  const auto digests = parse_byte_sequences(*field);
  if (!digests || !digests->contains("sha-256")) return refuse("content-digest-form");
  if (digests->at("sha-256") != crypto::sha256(request.body).view()) return refuse("content-digest-wrong");
  return Accepted{};
}

}  // namespace api
