#include "crypto/openssl.h"

#include <openssl/err.h>

#include <array>
#include <string>

#include "crypto/fault.h"

namespace crypto {

void throw_openssl_fault(const char* what) {
  std::array<char, 256> reason{};
  ERR_error_string_n(ERR_peek_last_error(), reason.data(), reason.size());
  ERR_clear_error();
  throw CryptoFault(std::string(what) + ": " + reason.data());
}

}  // namespace crypto
