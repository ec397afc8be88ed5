#pragma once

// What the handles of key.h share. For the .cpp files of this folder only.

#include <array>
#include <string>

#include "crypto/external_key.h"
#include "crypto/key.h"
#include "crypto/openssl.h"

namespace crypto {

struct PublicKey::State {
  Suite suite;
  std::string spki;
  Digest id;
  KeyOwner key;
};

struct PrivateKey::State {
  State(Suite its_suite, KeyOwner its_key, PublicKey its_public_key)
      : suite(its_suite), key(std::move(its_key)), public_key(std::move(its_public_key)) {}
  ~State();
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  Suite suite;
  KeyOwner key;
  PublicKey public_key;
  /// Ed25519 only: seed and public key, as libsodium signs with; wiped at the end.
  std::array<unsigned char, 64> sodium_key{};
  /// A key that lies elsewhere: `key` is null then.
  SignElsewhere sign_elsewhere;

  static PrivateKey wrap(std::shared_ptr<const State> state) { return PrivateKey(std::move(state)); }
};

}  // namespace crypto
