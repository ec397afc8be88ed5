#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "author.h"
#include "crypto/note.h"
#include "registry/log/log_reader.h"
#include "registry/log/submission.h"

namespace registry::testing {

/// A whole log in memory, whose every stored byte a test may damage.
class SyntheticLog : public LogReader {
 public:
  SyntheticLog();

  /// Appends as the registry does, which salts the outcome; `private` commitments are kept.
  void append(const Submission& submission, std::string_view unsalted);
  /// The key's author, who goes on where its chain stands.
  Author author(crypto::Suite suite, char letter, std::string party) const;
  /// Signs the present tree; entries since the last call get their receipts.
  void sign_checkpoint();
  /// What an intruder with the database, but not the key, can do: outcome hashes, hash chain, tiles and head follow the
  /// stored entries from `from` on.
  void rehash(std::uint64_t from);
  /// The leaf of entry `index` with one text replaced, everything after it left alone.
  void edit_leaf(std::uint64_t index, std::string_view text, std::string_view by);
  const crypto::NoteVerifier& log_key() const { return signer_.verifier(); }

  std::uint64_t size() const override { return stated_size ? *stated_size : rows.size(); }
  std::vector<StoredEntry> entries(std::uint64_t first, std::size_t count) const override;
  std::vector<StoredCheckpoint> checkpoints(std::uint64_t from_size, std::size_t count) const override;
  bool keeps_tiles() const override { return true; }
  std::optional<Tile> tile(int level, std::uint64_t index) const override;
  std::optional<LogHead> head() const override { return state; }

  std::vector<StoredEntry> rows;
  std::vector<StoredCheckpoint> notes;
  std::map<std::pair<int, std::uint64_t>, Tile> tiles;
  std::optional<LogHead> state;
  std::optional<std::uint64_t> stated_size;

 private:
  void rebuild_tree();
  crypto::NoteSigner signer_;
  std::int64_t now_ = 1'769'847'330'000;
  std::vector<crypto::Digest> hashes_;
};

/// The outcome with the salt that this payload gives it.
std::string salted(std::string_view outcome, std::string_view payload);
/// The outcome that puts a key.
std::string enrolment(const crypto::PublicKey& key, std::string_view party);
std::string revocation(const crypto::PublicKey& key);

/// Genesis, three authors with a suite each, single and batch signatures, two signers, private values, moves, revoked
/// keys: `count` entries (at least 20), with a checkpoint every few.
SyntheticLog make_log(std::uint64_t count);

}  // namespace registry::testing
