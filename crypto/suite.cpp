#include "crypto/suite.h"

#include <array>

namespace crypto {

namespace {

constexpr std::array kSuites{Suite::ed25519_sha256, Suite::p256_sha256, Suite::sm2_sm3};

}  // namespace

std::string_view name(Suite suite) {
  switch (suite) {
    case Suite::ed25519_sha256:
      return "ed25519-sha256";
    case Suite::p256_sha256:
      return "p256-sha256";
    case Suite::sm2_sm3:
      return "sm2-sm3";
  }
  return {};
}

std::optional<Suite> parse_suite(std::string_view text) {
  for (Suite suite : kSuites) {
    if (name(suite) == text) return suite;
  }
  return std::nullopt;
}

HashAlg hash_of(Suite suite) { return suite == Suite::sm2_sm3 ? HashAlg::sm3 : HashAlg::sha256; }

}  // namespace crypto
