#pragma once

// OpenSSL keys and calls of the two elliptic-curve suites. For the .cpp files of this folder only.

#include <optional>
#include <string>
#include <string_view>

#include "crypto/ec_signature.h"
#include "crypto/openssl.h"
#include "crypto/suite.h"

namespace crypto {

/// The public key of 04 || X || Y; null unless the point is on the suite's curve.
KeyOwner load_ec_point(Suite suite, std::string_view point);

/// A key pair from its secret number; null unless 1 <= secret <= n - 2, which SM2 asks for.
KeyOwner load_ec_secret(Suite suite, const Scalar& secret);

/// The secret number of an OpenSSL key on the suite's curve; nothing for any other key.
std::optional<Scalar> ec_secret_of(Suite suite, const EVP_PKEY* key);

/// 04 || X || Y.
std::string ec_point_of(const EVP_PKEY* key);

std::string sign_ec(Suite suite, EVP_PKEY* key, std::string_view message);
bool verify_ec(Suite suite, EVP_PKEY* key, std::string_view message, std::string_view signature);

}  // namespace crypto
