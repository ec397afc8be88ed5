#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "books.h"
#include "registry/rules/pack.h"
#include "registry/steps/step.h"

namespace property {

using Json = nlohmann::json;

/// An entry that somebody hands in.
struct Submission {
  std::string type, author;
  Json payload;
  /// Parties whose officers sign besides the author's two.
  std::vector<std::string> also = {};
};

/// Decides entries one by one as the sequencer does, on facts in memory, and watches the books after each.
class Driver {
 public:
  explicit Driver(const registry::RulePack& rules);

  /// "" when it was accepted, else the rule that refused it. Throws std::runtime_error when the books are wrong.
  std::string submit(Submission submission);
  void audit() const;

  const registry::RulePack& rules() const { return rules_; }
  registry::WorkingSet& facts() { return facts_; }
  const registry::Outcome& outcome() const { return outcome_; }
  registry::Date today() const { return registry::local_date(now_); }
  std::int64_t next() const { return next_; }
  /// A recent entry, or null.
  const registry::EntryFacts* history(std::int64_t index) const {
    const auto at = history_.find(index);
    return at == history_.end() ? nullptr : &at->second;
  }
  template <class T, class... Parts>
  const T* row(std::string_view first, const Parts&... rest) const {
    return facts_.knows<T>(first, rest...) ? facts_.find<T>(first, rest...) : nullptr;
  }
  std::int64_t balance(const std::string& account, const std::string& substance, const std::string& lot) const;

 private:
  void gather(const registry::Step& step, const std::string& author);
  void learn_absent(registry::FactKeys& keys);
  void remember(const Submission& submission, const std::vector<registry::Signer>& signers);
  std::vector<registry::Signer> signers_of(const Submission& submission) const;

  const registry::RulePack& rules_;
  registry::WorkingSet facts_;
  registry::Outcome outcome_;
  Books books_;
  registry::UtcTime now_;
  std::int64_t next_ = 100;
  /// Newest entries, for corrections.
  std::map<std::int64_t, registry::EntryFacts> history_;
};

}  // namespace property
