#include <algorithm>

#include "registry/base/limits.h"
#include "registry/domain/number_key.h"
#include "registry/steps/checks.h"
#include "registry/steps/code_list.h"
#include "registry/steps/losing.h"
#include "registry/steps/read_step.h"

namespace registry {
namespace {

constexpr std::size_t kRemarkMax = 500;
/// As many as an entry can commit to.
constexpr std::int64_t kValuesMax = 100;

/// Personal values of an earlier entry are erased: by the unit whose entry it was, or by the operator. The entry says
/// which, when and why, and not what they were.
class PersonalErase : public Step {
 public:
  explicit PersonalErase(PayloadReader& in) {
    entry_ = in.integer("entry", 0, limits::kIndexMax);
    for (PayloadReader& line : in.lines("values")) {
      const std::int64_t n = line.integer("n", 1, kValuesMax);
      if (std::find(values_.begin(), values_.end(), n) != values_.end()) line.fault("n", "duplicate");
      values_.push_back(n);
    }
    ground_ = in.one_of("ground", {"retention-ended", "consent-withdrawn", "unlawful", "court-order", "mistake"});
    in.optional_text("remark", kRemarkMax);
  }

  void need(const Facts&, std::string_view author, FactKeys& keys) const override {
    keys.want<Party>(author);
    keys.want_entry(entry_);
    for (const std::int64_t n : values_) keys.want<Erasure>(index_key(entry_), number_key(n, 3));
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack&) const override {
    const Party* author = TRY(check_party(facts, context.party, "header/party"));
    TRY(check_admin(context));
    const EntryFacts* entry = facts.entry(entry_);
    if (!entry || entry_ >= context.index)
      return refuse("unknown-entry").with("entry", std::to_string(entry_)).at("/entry");
    if (entry->party != context.party && !has_code(author->kinds, "operator"))
      return refuse("entry-of-another").with("entry", std::to_string(entry_)).at("/entry");
    Outcome out;
    for (const std::int64_t n : values_) {
      const std::string number = number_key(n, 3);
      // Erased once is erased; to ask again is no mistake.
      if (facts.find<Erasure>(index_key(entry_), number)) continue;
      out.put(Erasure{index_key(entry_), number, ground_, context.party, context.index});
    }
    return out;
  }

 private:
  std::int64_t entry_ = 0;
  std::vector<std::int64_t> values_;
  std::string ground_;
};

}  // namespace

Result<std::unique_ptr<Step>> parse_personal_erase(const nlohmann::json& payload, const RulePack& rules) {
  return parse_step<PersonalErase>(payload, rules);
}

}  // namespace registry
