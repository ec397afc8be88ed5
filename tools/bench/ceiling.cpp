#include "tools/bench/ceiling.h"

#include <atomic>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "crypto/key.h"

namespace tools {
namespace {

bool check(const crypto::PublicKey& key, const std::string& message, const std::string& signature) {
  return key.suite() == crypto::Suite::ed25519_sha256 ? key.verify_with_openssl(message, signature)
                                                      : key.verify(message, signature);
}

}  // namespace

std::size_t check_ceiling_per_s(crypto::Suite suite, unsigned seconds) {
  using Time = std::chrono::steady_clock;
  const auto key = crypto::PrivateKey::generate(suite);
  const std::string message(560, 'm');
  const std::string signature = key.sign(message);
  std::atomic<std::size_t> checks{0};
  const auto start = Time::now();
  const auto end = start + std::chrono::seconds(seconds);
  std::vector<std::thread> threads;
  for (unsigned i = 0; i < std::thread::hardware_concurrency(); ++i)
    threads.emplace_back([&] {
      std::size_t done = 0;
      while (Time::now() < end && check(key.public_key(), message, signature)) ++done;
      checks += done;
    });
  for (auto& thread : threads) thread.join();
  const auto us = std::chrono::duration_cast<std::chrono::microseconds>(Time::now() - start).count();
  return checks * 1'000'000 / static_cast<std::size_t>(us);
}

}  // namespace tools
