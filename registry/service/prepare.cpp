#include "registry/service/prepare.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "crypto/random.h"
#include "registry/service/personal_form.h"
#include "registry/steps/step.h"

namespace registry {
namespace {

Result<const StepType*> step_type_of(const Header& header) {
  if (const StepType* type = find_step_type(header.type, header.version)) return type;
  for (const StepType& type : step_types())
    if (type.name == header.type) return refuse("step-version").with("type", header.versioned_type()).at("header/type");
  return refuse("unknown-step").with("type", header.versioned_type()).at("header/type");
}

const crypto::PublicKey* find_new(const std::vector<crypto::PublicKey>& keys, const crypto::Digest& id) {
  const auto at = std::find_if(keys.begin(), keys.end(), [&](const auto& key) { return key.id() == id; });
  return at == keys.end() ? nullptr : &*at;
}

Check check_possession(const Submission& submission, const std::vector<crypto::PublicKey>& new_keys) {
  for (const auto& key : new_keys) {
    const bool signed_it = std::any_of(submission.signatures.begin(), submission.signatures.end(),
                                       [&](const EntrySignature& s) { return s.key == key.id(); });
    if (!signed_it) return refuse("key-possession").with("key", key.id().hex()).at("/signatures");
  }
  return Accepted{};
}

}  // namespace

Result<Prepared> prepare_own(std::string_view type, crypto::Json payload, const RulePack& rules) {
  const StepType* step_type = find_step_type(type, 1);
  ensure(step_type, "the registry knows its own steps");
  payload["nonce"] = crypto::random_hex(16);
  Prepared prepared;
  prepared.step = TRY(step_type->parse(payload, rules));
  prepared.own_type = std::string(type);
  prepared.own_payload = std::make_shared<const crypto::Json>(std::move(payload));
  return prepared;
}

Result<Prepared> Preparer::prepare(std::string_view json) { return prepare(TRY(parse_submission(json))); }

Result<Prepared> Preparer::prepare(Submission submission) {
  TRY(check_ledger(submission, ledger_));
  TRY(check_personal_values(submission.private_values));
  const StepType* type = TRY(step_type_of(submission.header));
  auto step = TRY(type->parse(*submission.payload_json, rules_));
  const auto new_keys = step->new_keys();
  TRY(check_possession(submission, new_keys));
  TRY(check_signatures(submission, new_keys));
  TRY(seen_.check(submission.header.seen));
  Prepared prepared;
  prepared.submission = std::move(submission);
  prepared.step = std::move(step);
  for (const auto& key : new_keys) prepared.new_keys.push_back(key.id().hex());
  prepared.submission.payload_json.reset();
  return prepared;
}

Check Preparer::check_signatures(const Submission& submission, const std::vector<crypto::PublicKey>& new_keys) {
  for (std::size_t i = 0; i < submission.signatures.size(); ++i) {
    const EntrySignature& signature = submission.signatures[i];
    const std::string pointer = "/signatures/" + std::to_string(i);
    const crypto::PublicKey* fresh = find_new(new_keys, signature.key);
    const auto enrolled = fresh ? std::nullopt : keys_.find(signature.key);
    if (!fresh && !enrolled) return refuse("unknown-key").with("key", signature.key.hex()).at(pointer + "/key");
    if (!verify_signature(fresh ? *fresh : *enrolled, submission, signature, &batches_))
      return refuse("bad-signature").with("key", signature.key.hex()).at(pointer + "/signature");
  }
  return Accepted{};
}

}  // namespace registry
