#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>

#include "crypto/digest.h"
#include "registry/log/header.h"

namespace registry::verifying {

/// Heads of all authors' chains.
class AuthorChains {
 public:
  /// Takes an entry as its chain's next; gives what is wrong with that. Goes on from the entry either way, so that one
  /// gap is one defect.
  std::optional<std::string> add(const Header& header, const crypto::Digest& entry_id);

 private:
  struct Head {
    std::uint64_t cseq = 0;
    crypto::Digest id;
    crypto::Digest key;
  };
  std::unordered_map<std::string, Head> heads_;
};

}  // namespace registry::verifying
