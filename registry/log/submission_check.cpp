#include "registry/log/submission_check.h"

#include <nlohmann/json.hpp>
#include <utility>
#include <variant>
#include <vector>

#include "registry/base/limits.h"

namespace registry {

void check_signers(MemberReader& in, const JsonPlace& at, const Submission& submission) {
  const auto& signatures = submission.signatures;
  const auto place = at.member("signatures");
  if (signatures.front().key != submission.header.key)
    in.bad_signature(place.element(0).member("key"), "not_author", "the first signature is the author's");
  for (std::size_t i = 1; i < signatures.size(); ++i)
    for (std::size_t k = 0; k < i; ++k)
      if (signatures[i].key == signatures[k].key) in.bad_signature(place.element(i).member("key"), "signer_twice");
}

Check check_payload_hash(const Submission& submission) {
  const auto& header = submission.header;
  if (header.payload_bytes != submission.payload.size())
    return refuse("payload-hash").at("header/payload", "length", std::to_string(submission.payload.size()));
  const auto hash = crypto::hash(crypto::hash_of(header.suite), submission.payload);
  if (hash != header.payload_hash) return refuse("payload-hash").at("header/payload", "hash", hash.hex());
  return Accepted{};
}

Result<std::shared_ptr<const crypto::Json>> read_payload(std::string_view payload) {
  crypto::JsonLimits bounds;
  bounds.bytes_max = limits::kPayloadBytesMax;
  auto read = crypto::read_canonical(payload, bounds);
  if (auto* error = std::get_if<crypto::JsonError>(&read)) {
    const auto* rule = error->code == "not_canonical" ? "payload-not-canonical" : "payload-form";
    return refuse(rule).at(std::move(error->pointer), std::move(error->code), std::move(error->detail));
  }
  auto& json = std::get<crypto::Json>(read);
  if (!json.is_object()) return refuse("payload-form").at("", "wrong_type", "an object is expected");
  return std::shared_ptr<const crypto::Json>(std::make_shared<crypto::Json>(std::move(json)));
}

Check check_private_root(const Submission& submission) {
  const auto& header = submission.header;
  if (header.private_count != submission.private_values.size())
    return refuse("private-root").at("header/private", "count", std::to_string(submission.private_values.size()));
  const auto alg = crypto::hash_of(header.suite);
  std::vector<crypto::Digest> commitments;
  for (const auto& value : submission.private_values) commitments.push_back(crypto::commit(alg, value));
  if (crypto::commitments_root(alg, commitments) != header.private_root)
    return refuse("private-root").at("header/private", "root");
  return Accepted{};
}

Check check_ledger(const Submission& submission, std::string_view ledger) {
  if (submission.header.ledger == ledger) return Accepted{};
  return refuse("wrong-ledger").with("ledger", std::string(ledger)).at("header/ledger");
}

bool verify_signature(const crypto::PublicKey& key, const Submission& submission, const EntrySignature& signature,
                      BatchCache* cache) {
  if (signature.key == submission.header.key && key.suite() != submission.header.suite) return false;
  return verify_signature(key, submission.signed_header(), signature, cache);
}

}  // namespace registry
