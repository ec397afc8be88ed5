#pragma once

#include <initializer_list>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/key.h"
#include "registry/domain/working_set.h"
#include "registry/steps/step.h"

// A small registry in memory for tests of steps: facts, a clock that stands still, and people with keys.
namespace world {

using namespace registry;

/// What became of an entry.
struct Answer {
  std::int64_t index = kNone;
  std::optional<Refusal> refusal;
  Outcome outcome;
  /// Whatever else is wrong, in brackets: a refusal that changed something, a text that is missing or whose
  /// placeholders are not filled, an outcome that does not rebuild to the same rows.
  std::string wrong;

  bool accepted() const { return !refusal; }
  /// "accepted 7"; or "refused unknown-substance /lines/0/substance", with ":code" after each pointer whose code is not
  /// the rule: "refused payload-form /quantity:required".
  std::string says() const;
};
std::ostream& operator<<(std::ostream& out, const Answer& answer);

/// A refusal's fact by name, empty when it has none.
std::string fact(const Answer& answer, std::string_view name);

class World {
 public:
  /// Empty, on Monday 2026-03-02 at 10:00 in Shanghai.
  World();

  Date today() const { return local_date(now_); }
  UtcTime now() const { return now_; }
  /// 10:00 in Shanghai of that day: go_to("2026-03-05").
  void go_to(std::string_view date);

  /// Puts a row there as if an earlier entry had.
  template <class T>
  void add(T row) {
    facts_.store(std::move(row));
  }
  /// Puts an amount into an account.
  void add_balance(std::string_view account, std::string_view substance, std::string_view lot, std::int64_t amount);
  /// A verified unit with an admin key; kinds are joined by commas.
  void unit(std::string_view id, std::string_view kinds, std::string_view region,
            PartyStatus status = PartyStatus::verified);
  /// A verified agency with an admin key.
  void agency(std::string_view id, std::string_view role, std::string_view level, std::string_view region);
  void site(std::string_view id, std::string_view party, std::string_view region, std::string_view kind = "store");
  void lot(std::string_view id, std::string_view substance);

  /// The n-th admin or officer key of a party; enrolled when first asked for.
  Signer admin(std::string_view party, int n = 1);
  Signer officer(std::string_view party, int n = 1);
  /// The key of a person with that duty, who is appointed when first asked for.
  Signer official(std::string_view party, std::string_view person, std::string_view duty);
  /// A key that nobody has enrolled, by a name of the test's choice, and its form in payloads.
  Signer new_key(std::string_view party, std::string_view name) const;
  static std::string key_json(std::string_view name);
  static std::string key_id(std::string_view name);

  /// Submits an entry of version 1 signed by the author's first admin key, or by `signers`. The payload is a JSON
  /// object without nonce, in which ' stands for ". Facts that the step needs and that are not there are absent.
  Answer submit(std::string_view type, std::string_view author, std::string_view payload,
                std::vector<Signer> signers = {});

  template <class T, class... Parts>
  const T* row(std::string_view first, const Parts&... rest) const {
    return facts_.knows<T>(first, rest...) ? facts_.find<T>(first, rest...) : nullptr;
  }
  std::int64_t balance(std::string_view account, std::string_view substance, std::string_view lot = "") const;
  /// The index of the next entry that is accepted.
  std::int64_t next() const { return next_; }
  void start_at(std::int64_t index) { next_ = index; }
  const RulePack& rules() const;
  WorkingSet& facts() { return facts_; }

 private:
  void gather(const Step& step, std::string_view author);
  void learn_absent(FactKeys& keys);
  Signer signer(std::string_view party, KeyRole role, int n);
  Answer decide(const Step& step, const StepContext& context);
  Answer refused(Refusal refusal, const std::string& before) const;

  WorkingSet facts_;
  UtcTime now_;
  std::int64_t next_ = 100;
};

/// Every row, as text, sorted.
std::string everything(const WorkingSet& facts);

}  // namespace world
