#include "registry/steps/fork.h"

#include <algorithm>

#include "registry/base/limits.h"
#include "registry/domain/number_key.h"
#include "registry/steps/checks.h"
#include "registry/steps/forms.h"
#include "registry/steps/payload.h"
#include "registry/steps/read_step.h"

namespace registry {
namespace {

constexpr std::size_t kChainDigits = 32;
constexpr std::size_t kHexDigits = 64;
/// Two numbers and a path of 53 hashes.
constexpr std::size_t kBatchPlaceMax = 2'500;

std::string read_hex(PayloadReader& in, std::string_view name, std::size_t digits) {
  std::string text = in.text(name, digits);
  if (!text.empty() && !is_lower_hex(text, digits)) in.fault(name, "bad_hex", "lowercase hex digits");
  return text;
}

/// Evidence that a key was cloned or a device restored. Whoever copied it: the chain stops, until its owner opens
/// another.
class RecordFork : public Step {
 public:
  explicit RecordFork(PayloadReader& in)
      : chain_(read_hex(in, "chain", kChainDigits)),
        cseq_(index_key(in.integer("cseq", 1, limits::kIndexMax))),
        kept_(read_hex(in, "kept", kHexDigits)),
        other_(read_hex(in, "other", kHexDigits)) {
    in.ascii_lines("header", limits::kHeaderBytesMax);
    read_hex(in, "key", kHexDigits);
    in.text("signature", 400);
    in.optional_text("batch", kBatchPlaceMax);
    if (!kept_.empty() && kept_ == other_) in.fault("other", "repeated", "another entry than the one that was kept");
  }

  void need(const Facts&, std::string_view, FactKeys& keys) const override {
    keys.want<Chain>(chain_);
    keys.want<Fork>(chain_, cseq_);
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack&) const override {
    if (context.party != "registry") return refuse("registry-only").with("party", context.party).at("header/party");
    const Chain* chain = facts.find<Chain>(chain_);
    if (!chain) return refuse("unknown-chain").with("chain", chain_).at("/chain");
    if (facts.find<Fork>(chain_, cseq_)) return refuse("id-taken").with("id", chain_ + " " + cseq_).at("/cseq");
    Outcome out;
    out.put(Fork{chain_, cseq_, kept_, other_, context.index});
    freeze(*chain, out);
    return out;
  }

 private:
  static void freeze(const Chain& chain, Outcome& out) {
    if (chain.state == ChainState::frozen) return;
    Chain frozen = chain;
    frozen.state = ChainState::frozen;
    out.update(chain, frozen);
  }

  std::string chain_, cseq_, kept_, other_;
};

}  // namespace

Result<std::unique_ptr<Step>> parse_chain_fork(const nlohmann::json& payload, const RulePack& rules) {
  return parse_step<RecordFork>(payload, rules);
}

}  // namespace registry
