#include "registry/service/system_entry.h"

#include <nlohmann/json.hpp>

#include "crypto/json.h"
#include "crypto/random.h"
#include "registry/log/place.h"

namespace registry {
namespace {

Header header_for(const AuthorPlace& place, const crypto::PublicKey& key, std::string_view type,
                  const std::string& payload) {
  Header header;
  header.suite = key.suite();
  header.ledger = place.ledger;
  header.party = place.party;
  header.key = key.id();
  header.chain = place.chain ? place.chain->id : first_chain_of(key.id());
  header.cseq = place.chain ? static_cast<std::uint64_t>(place.chain->cseq) + 1 : 1;
  if (place.chain) header.prev = crypto::Digest::parse_hex(place.chain->head).value_or(crypto::Digest::zero());
  header.seen = place.seen;
  header.type = std::string(type);
  header.time = place.time;
  header.payload_bytes = payload.size();
  header.payload_hash = crypto::hash(crypto::hash_of(key.suite()), payload);
  return header;
}

void commit_to(std::vector<crypto::PrivateValue>& personal, Header& header) {
  if (personal.empty()) return;
  const crypto::HashAlg alg = crypto::hash_of(header.suite);
  std::vector<crypto::Digest> commitments;
  for (crypto::PrivateValue& value : personal) {
    value.salt = crypto::random_bytes(crypto::kSaltBytes);
    commitments.push_back(crypto::commit(alg, value));
  }
  header.private_count = personal.size();
  header.private_root = crypto::commitments_root(alg, commitments);
}

}  // namespace

Submission make_entry(const AuthorPlace& place, const crypto::PrivateKey& key, std::string_view type,
                      nlohmann::json payload, std::vector<crypto::PrivateValue> personal) {
  if (!payload.contains("nonce")) payload["nonce"] = crypto::random_hex(16);
  Submission entry;
  entry.payload = crypto::to_jcs(payload);
  entry.header = header_for(place, key.public_key(), type, entry.payload);
  commit_to(personal, entry.header);
  entry.private_values = std::move(personal);
  entry.header_text = format_header(entry.header);
  entry.entry_id = entry_id(entry.header.suite, entry.header_text);
  entry.payload_json = std::make_shared<const crypto::Json>(std::move(payload));
  entry.signatures.push_back({key.public_key().id(), key.sign(entry.header_text), {}});
  return entry;
}

}  // namespace registry
