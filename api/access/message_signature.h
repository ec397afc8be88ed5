#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "api/http/message.h"
#include "registry/base/result.h"

namespace api {

/// The signature of a request (RFC 9421), read and not checked.
struct MessageSignature {
  /// What it covers, in its order: "@method", "content-digest".
  std::vector<std::string> components;
  /// Seconds since 1970.
  std::int64_t created = 0, expires = 0;
  /// Id of the key, 64 hex digits; a text that nobody used before; name of the algorithm.
  std::string key, nonce, algorithm;
  std::string bytes;
  /// Value of @signature-params, in the one spelling that is signed.
  std::string parameters;
};

/// The request brings a signature, good or bad.
bool is_signed(const Request& request);
/// Exactly one, under one label in both fields, with created, expires, nonce, keyid and alg, and at most a tag besides.
/// Refuses with message-signature-form.
registry::Result<MessageSignature> read_message_signature(const Request& request);
/// A signature covers the method, the whole target (@target-uri, or @authority, @path and @query), why somebody looks
/// if that is said, and of a body digest and type. Refuses with message-signature-components when one of these is
/// missing, one stands twice, or one is not known or not there.
registry::Check check_components(const MessageSignature& signature, const Request& request);
/// The bytes that were signed (RFC 9421 section 2.5). `origin` is ours as people reach it, "https://registry.example".
/// For components that check_components accepts.
std::string signature_base(const MessageSignature& signature, const Request& request, std::string_view origin);

}  // namespace api
