#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "registry/base/result.h"
#include "registry/log/signature.h"
#include "registry/log/submission.h"
#include "registry/rules/pack.h"
#include "registry/service/key_ring.h"
#include "registry/service/seen_roots.h"
#include "registry/steps/step.h"

namespace registry {

/// An entry whose form and signatures are checked; what is left needs the state of the ledger.
struct Prepared {
  Submission submission;
  std::unique_ptr<Step> step;
  /// Ids of the keys that the step enrols, hex; all of them have signed.
  std::vector<std::string> new_keys;
  /// Set for an entry of the registry itself, which is signed when its place in the chain is known; `submission` is
  /// empty then.
  std::string own_type;
  std::shared_ptr<const crypto::Json> own_payload;
  bool is_own() const { return own_payload != nullptr; }
};

/// An entry of the registry itself, in the name of party "registry". Refuses with payload-form.
Result<Prepared> prepare_own(std::string_view type, crypto::Json payload, const RulePack& rules);

/// The part of a write that runs on every request thread at once: everything that costs time and needs no lock.
class Preparer {
 public:
  Preparer(std::string ledger, const RulePack& rules, KeyRing& keys, SeenRoots& seen)
      : ledger_(std::move(ledger)), rules_(rules), keys_(keys), seen_(seen) {}

  /// Reads one submission. Refusals: those of parse_submission, then wrong-ledger, personal-value-form, unknown-step,
  /// step-version, payload-form, unknown-key, bad-signature, key-possession, seen-unknown.
  Result<Prepared> prepare(std::string_view json);
  /// The same for one that is read already.
  Result<Prepared> prepare(Submission submission);

 private:
  Check check_signatures(const Submission& submission, const std::vector<crypto::PublicKey>& new_keys);
  std::string ledger_;
  const RulePack& rules_;
  KeyRing& keys_;
  SeenRoots& seen_;
  BatchCache batches_;
};

}  // namespace registry
