#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "crypto/key.h"

namespace crypto {

using SignElsewhere = std::function<std::string(std::string_view message)>;

/// A key that does not leave its token: `sign` asks the token for a signature of `message` under the suite of the
/// public key (for P-256 over its SHA-256, for SM2 with the ID of the suites). ECDSA and SM2 signatures may come as DER
/// or as r || s in 64 bytes, and with either s; what goes out is in the suite's one encoding. Throws CryptoFault when
/// what came is no signature of this key: nothing that does not verify is ever sent. Such a key has no PEM.
PrivateKey external_key(const PublicKey& public_key, SignElsewhere sign);

}  // namespace crypto
