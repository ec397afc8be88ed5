#pragma once

// OpenSSL objects with an owner. For the .cpp files of this folder only.

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/evp.h>

#include <memory>
#include <string_view>

namespace crypto {

/// The ID that SM2 signatures are under here, always (GB/T 32918.2).
inline constexpr std::string_view kSm2Id = "1234567812345678";

template <auto free_function>
struct FreeWith {
  template <typename T>
  void operator()(T* object) const {
    free_function(object);
  }
};

using MdOwner = std::unique_ptr<EVP_MD, FreeWith<EVP_MD_free>>;
using MdContext = std::unique_ptr<EVP_MD_CTX, FreeWith<EVP_MD_CTX_free>>;
using KeyOwner = std::unique_ptr<EVP_PKEY, FreeWith<EVP_PKEY_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, FreeWith<EVP_PKEY_CTX_free>>;
using BioOwner = std::unique_ptr<BIO, FreeWith<BIO_free>>;
using NumberOwner = std::unique_ptr<BIGNUM, FreeWith<BN_clear_free>>;
using GroupOwner = std::unique_ptr<EC_GROUP, FreeWith<EC_GROUP_free>>;
using PointOwner = std::unique_ptr<EC_POINT, FreeWith<EC_POINT_free>>;

/// Throws CryptoFault with `what` and the newest OpenSSL error, which it takes off the queue.
[[noreturn]] void throw_openssl_fault(const char* what);

/// For calls that no foreign byte can make fail.
inline void require_openssl(bool succeeded, const char* what) {
  if (!succeeded) throw_openssl_fault(what);
}

}  // namespace crypto
