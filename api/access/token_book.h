#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "api/access/roles.h"
#include "crypto/digest.h"

namespace api {

/// The bearer tokens that are good, by the SHA-256 of each; the tokens themselves are nowhere. Immutable.
class TokenBook {
 public:
  /// Knows nobody.
  TokenBook() = default;
  /// Reads tokens.json. Throws registry::Fault, naming the file, when it is missing or malformed.
  static TokenBook load(const std::string& path);
  /// [{"token_hash": 64 hex digits, "role": name, "party": id (of an officer, and only there), "note": text,
  /// "agency": PS DA EM CO HC CU MR, "level": N P C X, "region": six digits (these three of a regulator or bureau)}].
  /// Throws registry::Fault naming the place of a mistake; an unknown member is one, and so is a token that stands
  /// twice.
  static TokenBook parse(std::string_view json);

  /// The bearer; null for an unknown token. Compares with every hash in full, so that the time tells nothing.
  std::shared_ptr<const Caller> find(std::string_view token) const;
  std::size_t size() const { return entries_.size(); }

 private:
  struct Entry {
    crypto::Digest hash;
    std::shared_ptr<const Caller> caller;
  };
  static Entry read_entry(const Json& json, const std::string& place);
  std::vector<Entry> entries_;
};

}  // namespace api
