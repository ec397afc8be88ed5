#include "registry/store/sqlite/leaf_facts.h"

#include "registry/log/header.h"
#include "registry/log/leaf.h"

namespace registry::sqlite {

std::optional<LeafFacts> read_leaf(std::string_view leaf) {
  const auto parsed = parse_leaf(leaf);
  if (!parsed) return {};
  const auto& text = parsed.value().header_text;
  const auto header = parse_header(text);
  if (!header) return {};
  const Header& h = header.value();
  const LeafFrame& frame = parsed.value().frame;
  return LeafFacts{static_cast<std::int64_t>(frame.seq),
                   h.chain,
                   static_cast<std::int64_t>(h.cseq),
                   h.party,
                   h.type,
                   frame.rtime,
                   entry_id(h.suite, text)};
}

crypto::Digest id_of_leaf(std::string_view leaf) {
  const auto facts = read_leaf(leaf);
  return facts ? facts->id : crypto::Digest::zero();
}

}  // namespace registry::sqlite
