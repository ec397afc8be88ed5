#pragma once

#include "api/access/sessions.h"
#include "registry/service/registry.h"

namespace api {

/// Who an enrolled key speaks for, read from the newest state of the log. Borrows the registry.
class LogKeyHolders : public KeyHolders {
 public:
  explicit LogKeyHolders(registry::Registry& registry) : registry_(registry) {}
  /// Refuses with key-unknown, key-revoked (an officer who is withdrawn has no other keys) or
  /// party-not-active.
  registry::Result<std::shared_ptr<const Caller>> find(const std::string& key) override;
  std::optional<crypto::PublicKey> public_key(const std::string& key) override;
  std::int64_t version() override;

 private:
  registry::Registry& registry_;
};

}  // namespace api
