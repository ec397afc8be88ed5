#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/note.h"
#include "tools/client/author.h"
#include "tools/client/server_link.h"
#include "tools/demo_city/cast.h"
#include "tools/demo_city/day_clock.h"

namespace tools {

/// The registry did something else than the month expects; the text says what and why.
class DemoFailure : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Who of a party signs: its information officer 信息员, the head of the unit, both of them 双人, or the issuer and the
/// approver 审批员 of an agency.
enum class Hand { officer, head, both, officials };

/// A step as somebody takes it.
struct Act {
  std::string type;
  Json payload;
  Hand hand = Hand::officer;
  /// Further signatures: of a key that is enrolled, or of a witness.
  std::vector<const crypto::PrivateKey*> others = {};
};

/// Everybody who signs. Keys come from a seed; chains are kept here. Entries go out by HTTP, and the clock goes on a
/// few minutes for each request.
class Players {
 public:
  Players(ServerLink& link, std::string ledger, DayClock& clock)
      : link_(link), ledger_(std::move(ledger)), clock_(clock) {}

  /// Somebody with a key of this suite that is not enrolled yet.
  void enter(const std::string& party, crypto::Suite suite);
  /// Somebody whose key has signed before.
  void enter(Author author);
  /// Appoints an officer and enrols a key for it, which signs from then on in place of any before.
  void appoint(const std::string& party, const std::string& officer, std::string_view duty);

  /// Appoints an issuer and an approver, who sign for the agency what two officials approve.
  void appoint_officials(const std::string& agency);

  const crypto::PrivateKey& head_key(const std::string& party) { return member(party).head.key(); }
  const crypto::PrivateKey& officer_key(const std::string& party) { return member(party).officer->key(); }
  Json key_json(const std::string& party) { return member(party).head.key_json(); }

  /// Stores one entry: POST /v1/entries. Gives the receipt; throws DemoFailure when it is refused.
  Json act(const std::string& party, const Act& act);
  /// Stores entries of one party with one request, NDJSON where there are several.
  std::vector<Json> act_all(const std::string& party, const std::vector<Act>& acts);
  /// An act that must be refused with this rule. Gives the problem.
  Json refused(const std::string& party, const Act& act, std::string_view rule);

  /// A partner authority opens its one-time link for the first time: the registry records it.
  void opens(const std::string& link);
  /// It answers through the link.
  Json answers(const std::string& link, const Json& answer);

  /// Everybody verifies the newest checkpoint with the log's key and names it from now on.
  void see_checkpoint(const crypto::NoteVerifier& log_key);

  /// Writes the key that each party signs with, PEM, into this folder as <party>.pem, and those of officials as
  /// <party>-issuer.pem and <party>-approver.pem: for signing in at the console.
  void save_keys(const std::filesystem::path& folder) const;

  std::size_t entries() const { return entries_; }
  std::size_t requests() const { return requests_; }

 private:
  struct Member {
    Author head;
    std::optional<Author> officer;
    std::optional<Author> issuer = {}, approver = {};
  };
  /// Appoints a person whose key signs for the party.
  Author employ(const std::string& party, const std::string& officer, std::string_view duty);
  Member& member(const std::string& party);
  Author& author(const std::string& party, Hand hand);
  registry::Submission sign(const std::string& party, const Act& act);
  Answer post(std::string_view path, std::string_view type, std::string_view body);

  ServerLink& link_;
  std::string ledger_;
  DayClock& clock_;
  std::map<std::string, Member> members_;
  std::size_t entries_ = 0, requests_ = 0;
};

}  // namespace tools
