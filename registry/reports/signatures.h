#pragma once

#include <map>
#include <string>
#include <vector>

#include "registry/domain/rows.h"
#include "registry/store/store.h"

namespace registry {

/// What an entry says of itself, for the line of a ledger: its payload, and its signers as "officer (party)", the
/// author first. The newest that was asked for is kept, as the moves of one entry follow each other.
class EntryLines {
 public:
  explicit EntryLines(Reader& reader) : reader_(reader) {}

  struct Line {
    std::int64_t index = kNone;
    UtcTime received;
    std::string type, payload;
    std::vector<std::string> signers;
    /// The n-th signer, or nothing.
    std::string signer(std::size_t n) const { return n < signers.size() ? signers[n] : std::string(); }
    /// A text member of the payload, or nothing.
    std::string text(const char* member) const;
  };
  const Line& at(std::int64_t index);

 private:
  std::string name_of_key(const std::string& id);
  Reader& reader_;
  Line line_;
  std::map<std::string, std::string> names_;
};

/// Which entry corrects which.
class Corrections {
 public:
  explicit Corrections(Reader& reader);
  /// The entry that corrects `index`, or that it corrects; kNone without one.
  std::int64_t by(std::int64_t index) const { return find(by_, index); }
  std::int64_t of(std::int64_t index) const { return find(of_, index); }
  /// Original and correction, in order of the corrections.
  const std::map<std::int64_t, std::int64_t>& all() const { return of_; }

 private:
  static std::int64_t find(const std::map<std::int64_t, std::int64_t>& map, std::int64_t index);
  std::map<std::int64_t, std::int64_t> by_, of_;
};

}  // namespace registry
