#include "author.h"

#include <utility>

#include "crypto/commitment.h"
#include "registry/log/place.h"

namespace registry::testing {

crypto::PrivateKey key_of(crypto::Suite suite, char letter) {
  return crypto::PrivateKey::from_seed(suite, std::string(32, letter));
}

Author::Author(crypto::Suite suite, char letter, std::string party)
    : key_(key_of(suite, letter)), party_(std::move(party)) {
  chain = first_chain_of(key_.public_key().id());
}

Submission Author::write(std::string_view type, std::string payload, std::vector<crypto::PrivateValue> values) {
  const auto alg = crypto::hash_of(key_.suite());
  std::vector<crypto::Digest> commitments;
  for (const auto& value : values) commitments.push_back(crypto::commit(alg, value));
  Submission s;
  s.header = {key_.suite(),
              ledger,
              party_,
              key_.public_key().id(),
              chain,
              ++cseq,
              prev,
              seen,
              std::string(type),
              1,
              time,
              payload.size(),
              crypto::hash(alg, payload),
              values.size(),
              crypto::commitments_root(alg, commitments)};
  s.header_text = format_header(s.header);
  s.entry_id = entry_id(key_.suite(), s.header_text);
  s.payload = std::move(payload);
  s.private_values = std::move(values);
  prev = s.entry_id;
  return s;
}

Submission Author::sign(std::string_view type, std::string payload, std::vector<crypto::PrivateValue> values) {
  auto s = write(type, std::move(payload), std::move(values));
  s.signatures.push_back(cosign(s));
  return s;
}

EntrySignature Author::cosign(const Submission& submission) const {
  return {key_.public_key().id(), key_.sign(submission.header_text), {}};
}

std::vector<Submission> Author::sign_batch(std::string_view type, std::span<const std::string> payloads) {
  std::vector<Submission> batch;
  std::vector<crypto::Digest> ids;
  for (const auto& payload : payloads) {
    batch.push_back(write(type, payload, {}));
    ids.push_back(batch.back().entry_id);
  }
  const auto suite = key_.suite();
  const auto root = crypto::batch_root(suite, ids);
  const auto signature = key_.sign(crypto::batch_message(key_.public_key(), {ledger, ids.size(), root}));
  for (std::size_t i = 0; i < ids.size(); ++i)
    batch[i].signatures.push_back(
        {key_.public_key().id(),
         {},
         crypto::BatchSignature{ids.size(), i, crypto::batch_path(suite, ids, i), signature}});
  return batch;
}

}  // namespace registry::testing
