#include "registry/log/place.h"

namespace registry {
namespace {

Refusal with_head(Refusal refusal, const Chain* chain) {
  return std::move(refusal)
      .with("head_cseq", std::to_string(chain ? chain->cseq : 0))
      .with("head", chain ? chain->head : crypto::Digest::zero().hex());
}

Result<PlaceKind> place_in_new(const Header& header) {
  if (header.chain != first_chain_of(header.key)) return refuse("second-chain").at("header/chain");
  if (header.cseq != 1) return with_head(refuse("chain-gap").at("header/cseq"), nullptr);
  if (header.prev != crypto::Digest::zero()) return with_head(refuse("chain-gap").at("header/prev"), nullptr);
  return PlaceKind::next;
}

}  // namespace

std::string first_chain_of(const crypto::Digest& key) { return key.hex().substr(0, 32); }

Result<PlaceKind> place_of(const Header& header, const Chain* chain) {
  if (!chain) return place_in_new(header);
  if (chain->key != header.key.hex()) return refuse("chain-of-other-key").at("header/chain");
  const auto next = static_cast<std::uint64_t>(chain->cseq) + 1;
  if (header.cseq < next) return PlaceKind::known;
  if (chain->state == ChainState::frozen) return with_head(refuse("chain-frozen").at("header/chain"), chain);
  if (header.cseq > next) return with_head(refuse("chain-gap").at("header/cseq"), chain);
  if (header.prev.hex() != chain->head) return with_head(refuse("chain-gap").at("header/prev"), chain);
  return PlaceKind::next;
}

Chain extended(const Header& header, const crypto::Digest& entry_id, const Chain* chain, std::int64_t index) {
  Chain next = chain ? *chain : Chain{};
  next.id = header.chain;
  next.key = header.key.hex();
  next.party = header.party;
  next.cseq = static_cast<std::int64_t>(header.cseq);
  next.head = entry_id.hex();
  next.seq = index;
  return next;
}

}  // namespace registry
