#include "crypto/random.h"

#include <openssl/rand.h>

#include "crypto/bytes.h"
#include "crypto/encoding.h"
#include "crypto/openssl.h"

namespace crypto {

std::string random_bytes(std::size_t count) {
  std::string bytes(count, '\0');
  require_openssl(RAND_bytes_ex(nullptr, data_of(bytes), count, 0) == 1, "RAND_bytes");
  return bytes;
}

std::string random_hex(std::size_t bytes) { return to_hex(random_bytes(bytes)); }

}  // namespace crypto
