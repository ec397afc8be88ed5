#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "crypto/key.h"

// Certificates of authorities that exist for a test: good ones, and what a CA would never issue.
namespace certificates {

/// A key pair that certificates are made for and signed with.
class KeyPair {
 public:
  static KeyPair of(const crypto::PrivateKey& key);
  static KeyPair rsa();
  static KeyPair p384();
  struct State;
  const State& state() const { return *state_; }

 private:
  explicit KeyPair(std::shared_ptr<const State> state) : state_(std::move(state)) {}
  std::shared_ptr<const State> state_;
};

/// 2026-03-02T02:00:00Z, a year before it and a year after it, in seconds.
inline constexpr std::int64_t kNow = 1'772'416'800, kYear = std::int64_t{365} * 86'400;

/// What a certificate says.
struct Card {
  std::string name;
  /// Further attributes of the subject: dotted number, value.
  std::vector<std::pair<std::string, std::string>> attributes = {};
  /// An extension like "critical,CA:TRUE,pathlen:0"; none when empty.
  std::string basic_constraints = "critical,CA:FALSE";
  std::string key_usage = {};
  std::int64_t from = kNow - kYear, to = kNow + kYear;
  /// An extension that nobody knows, marked critical.
  bool strange = false;
  /// Signed over SM3 or SHA-256 as the suite has it; this signs a P-256 certificate over SHA-384 instead.
  bool sha384 = false;
};
/// A CA: one that may sign CAs `below` it, or any number for less than zero.
Card ca(const std::string& name, int below = -1);

/// DER. The issuer's card gives its name.
std::string issue(const Card& card, const KeyPair& key, const Card& issuer, const KeyPair& by);

/// A root, a CA below it and a unit's certificate, all of one suite; the unit's key is given.
struct Chain {
  Card root_card = ca("Root"), ca_card = ca("City CA", 0),
       unit_card = {"安源化工", {{"2.5.4.97", "NTRCN-91110000600037341L"}}};
  KeyPair root, middle, unit;
  Chain(crypto::Suite suite, const crypto::PrivateKey& unit_key);
  /// The unit's first, the root last.
  std::vector<std::string> ders() const;
};

}  // namespace certificates
