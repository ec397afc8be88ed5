#include "registry/log/author_chains.h"

#include "registry/log/place.h"

namespace registry::verifying {

std::optional<std::string> AuthorChains::add(const Header& header, const crypto::Digest& entry_id) {
  const auto [place, is_new] = heads_.try_emplace(header.chain, Head{0, crypto::Digest::zero(), header.key});
  auto& head = place->second;
  const Head before = head;
  head = {header.cseq, entry_id, header.key};
  if (is_new && header.chain != first_chain_of(header.key))
    return "chain " + header.chain + " is not named after its key";
  if (before.key != header.key) return "chain " + header.chain + " belongs to another key";
  if (header.cseq != before.cseq + 1)
    return "cseq " + std::to_string(header.cseq) + " follows " + std::to_string(before.cseq) + " in chain " +
           header.chain;
  if (header.prev != before.id) return "prev is not the entry before it in chain " + header.chain;
  return {};
}

}  // namespace registry::verifying
