#include "tools/cli/chain_head.h"

#include <nlohmann/json.hpp>

#include "registry/log/place.h"
#include "tools/cli/exit_codes.h"
#include "tools/cli/fetch.h"
#include "tools/home/home.h"

namespace tools {
namespace {

using registry::Chain;

constexpr int kUnauthenticated = 401, kForbidden = 403, kNotFound = 404;

/// What the registry says.
struct Word {
  /// False when it does not tell us.
  bool told = false;
  std::optional<Chain> chain;
};

Chain read_chain(const nlohmann::json& row) {
  Chain chain;
  chain.id = cell(row, "id");
  chain.key = cell(row, "key");
  chain.party = cell(row, "party");
  chain.cseq = row.at("cseq").get<std::int64_t>();
  chain.head = cell(row, "head");
  chain.seq = row.at("seq").get<std::int64_t>();
  if (cell(row, "state") == "frozen") chain.state = registry::ChainState::frozen;
  return chain;
}

Word ask(ServerLink& link, const std::string& chain) {
  const Answer answer = link.get("/v1/chains/" + chain);
  if (answer.status == kUnauthenticated || answer.status == kForbidden) return {};
  if (answer.status == kNotFound) return {true, {}};
  return {true, read_chain(json_of(answer))};
}

void require_not_behind(const Word& word, const Chain& remembered) {
  const std::int64_t known = word.chain ? word.chain->cseq : 0;
  if (known > remembered.cseq || (known == remembered.cseq && word.chain->head == remembered.head)) return;
  throw IntegrityError(
      "this device has signed " + std::to_string(remembered.cseq) +
      " entries, of which it holds receipts; the registry knows " + std::to_string(known) +
      " of them, or others. Either it was set back, or the token is another party's. Nothing was signed.");
}

}  // namespace

std::optional<Chain> find_chain_head(ServerLink& link, const crypto::PublicKey& key,
                                     const std::optional<Chain>& remembered, bool first) {
  const Word word = ask(link, registry::first_chain_of(key.id()));
  if (word.told && remembered) require_not_behind(word, *remembered);
  if (word.told) return word.chain;
  if (remembered || first) return remembered;
  throw UsageError(
      "how far has this key's chain come? The registry tells this key nothing: it is not enrolled, or no longer good. "
      "Give --token, or --first when the key has never signed an entry");
}

}  // namespace tools
