#pragma once

#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/key.h"
#include "registry/base/result.h"
#include "registry/domain/outcome.h"
#include "registry/domain/working_set.h"
#include "registry/rules/pack.h"

namespace registry {

/// Who signed: a key that is active at this index, or a new key that the step itself enrols.
struct Signer {
  std::string key, party;
  KeyRole role = KeyRole::officer;
  /// Enrolled by this very step; `party` is the author's and its signature only proves possession.
  bool is_new = false;
  /// Id of the named person whose key it is; empty for a key of the unit.
  std::string officer = {};
};

/// Everything about an entry but its payload.
struct StepContext {
  /// The log index the entry gets if it is accepted.
  std::int64_t index = 0;
  /// The registry's time, never decreasing; "today" is local_date(rtime).
  UtcTime rtime;
  /// The author's claim.
  UtcTime time;
  /// The author; signers[0] is its key.
  std::string party;
  std::vector<Signer> signers;
};

/// A payload, parsed and checked in form. Deciding it is pure: the same facts give the same answer.
class Step {
 public:
  virtual ~Step() = default;

  /// Asks for the facts `decide` will look at. Called again after each answer until it asks for nothing new, so that it
  /// may look at `known` rows to ask for more; it must use known.knows before known.find.
  virtual void need(const Facts& known, std::string_view author, FactKeys& keys) const = 0;

  /// What the entry does, or why it is refused.
  virtual Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack& rules) const = 0;

  /// The decision looks at the duties of the persons who signed: the Officer rows of the signers' keys are among its
  /// facts.
  virtual bool looks_at_duties() const { return false; }

  /// Keys that this step enrols: each must have signed the header too.
  virtual std::vector<crypto::PublicKey> new_keys() const { return {}; }
};

struct StepType {
  /// "transfer.dispatch"
  std::string_view name;
  int version;
  /// Refuses with rule payload-form and every bad field.
  Result<std::unique_ptr<Step>> (*parse)(const nlohmann::json& payload, const RulePack& rules);
};

/// All step types, sorted by name.
std::span<const StepType> step_types();
const StepType* find_step_type(std::string_view name, int version);

}  // namespace registry
