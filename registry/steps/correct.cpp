#include <algorithm>
#include <array>
#include <vector>

#include "registry/base/limits.h"
#include "registry/domain/account.h"
#include "registry/domain/number_key.h"
#include "registry/steps/checks.h"
#include "registry/steps/families.h"
#include "registry/steps/lots.h"
#include "registry/steps/read_step.h"

namespace registry {
namespace {

constexpr std::size_t kReasonMax = 500;

/// Entries that one party makes about goods in its own hands. Where two parties meet, another entry sets it right.
constexpr std::array kCorrectable{"stock.open",     "production.record",  "use.record",  "storage.move",
                                  "import.receive", "destruction.record", "use.dispense"};

bool is_correctable(std::string_view type) {
  type = type.substr(0, type.find('/'));
  return std::find(kCorrectable.begin(), kCorrectable.end(), type) != kCorrectable.end();
}

/// A goods move of the original and the right amount for it.
struct Restated {
  const Move* move;
  const Substance* substance;
  std::int64_t right;
};

/// Reverses the goods moves of an earlier entry and states the right ones; both stay in the log, with the reason.
class EntryCorrect : public Step {
 public:
  explicit EntryCorrect(PayloadReader& in) {
    entry_ = in.integer("entry", 0, limits::kIndexMax);
    in.text("reason", kReasonMax);
    lines_ = read_lot_lines(in, "lines", Zero::allowed);
  }

  void need(const Facts& known, std::string_view, FactKeys& keys) const override {
    keys.want_entry(entry_);
    keys.want<Correction>(index_key(entry_));
    const EntryFacts* entry = known.entry(entry_);
    if (!entry) return;
    for (const Move& move : entry->moves) {
      if (!move.lot.empty()) keys.want<Lot>(move.lot);
      for (const std::string& account : {move.from, move.to}) {
        keys.want<Balance>(account, move.substance, move.lot);
        keys.want<Measurement>(account, move.lot);
      }
    }
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack& rules) const override {
    const EntryFacts* entry = facts.entry(entry_);
    if (!entry || entry_ >= context.index) return about("unknown-entry");
    TRY(check_right(facts, *entry, context));
    const std::vector<Restated> restated = TRY(restate(facts, *entry, rules));
    for (const Restated& one : restated) {
      TRY(check_uncounted(facts, *one.move));
      TRY(check_left(facts, one));
    }
    Outcome out;
    for (const Restated& one : restated) reverse(one, out);
    for (const Restated& one : restated) state(facts, one, out);
    out.put(Correction{index_key(entry_), context.index});
    return out;
  }

 private:
  Refusal about(std::string_view rule) const { return refuse(rule).with("entry", std::to_string(entry_)).at("/entry"); }

  Check check_right(const Facts& facts, const EntryFacts& entry, const StepContext& context) const {
    if (entry.party != context.party) return about("not-your-entry");
    if (!is_correctable(entry.type)) return about("correction-not-allowed").with("type", entry.type);
    if (const auto* done = facts.find<Correction>(index_key(entry_)))
      return about("already-corrected").with("by", std::to_string(done->by));
    for (const std::string& party : entry.signer_parties) {
      const bool has_signed = std::any_of(context.signers.begin(), context.signers.end(),
                                          [&](const Signer& signer) { return signer.party == party; });
      if (!has_signed) return about("correction-needs-signature").with("party", party);
    }
    return Accepted{};
  }

  /// Every lot of the original gets its right amount, and no other: what is left out is not guessed.
  Result<std::vector<Restated>> restate(const Facts& facts, const EntryFacts& entry, const RulePack& rules) const {
    std::vector<Restated> out;
    for (const Move& move : entry.moves) {
      if (is_quota_account(move.from) || is_quota_account(move.to)) continue;
      const auto line = std::find_if(lines_.begin(), lines_.end(), [&](const LotLine& l) { return l.lot == move.lot; });
      if (line == lines_.end()) return about("correction-incomplete").with("lot", move.lot);
      const Substance* substance = rules.substance(move.substance);
      ensure(substance, "a move is of a substance of the pack");
      // Two moves of one lot, as where a remainder was destroyed: one right amount does not say which.
      const bool is_twice =
          std::any_of(out.begin(), out.end(), [&](const Restated& one) { return one.move->lot == move.lot; });
      if (is_twice) return about("correction-not-allowed").with("type", entry.type);
      const Lot* lot = facts.find<Lot>(move.lot);
      ensure(lot, "goods that moved are of a lot that was entered");
      const std::int64_t right =
          TRY(check_goods_amount(*line->quantity, *substance, *lot, line->place.pointer("quantity")));
      out.push_back({&move, substance, right});
    }
    for (const LotLine& line : lines_) TRY(check_of_entry(line, out));
    return out;
  }

  Check check_of_entry(const LotLine& line, const std::vector<Restated>& restated) const {
    const bool is_there =
        std::any_of(restated.begin(), restated.end(), [&](const Restated& one) { return one.move->lot == line.lot; });
    if (is_there) return Accepted{};
    return refuse("lot-not-in-entry")
        .with("lot", line.lot)
        .with("entry", std::to_string(entry_))
        .at(line.place.pointer("lot"));
  }

  /// A later count has set the book right already; to correct what went before would set it wrong again.
  Check check_uncounted(const Facts& facts, const Move& move) const {
    for (const std::string& account : {move.from, move.to}) {
      const auto* counted = facts.find<Measurement>(account, move.lot);
      if (counted && counted->seq > entry_)
        return about("counted-since").with("lot", move.lot).with("count", std::to_string(counted->seq));
    }
    return Accepted{};
  }

  /// What a smaller amount takes back, or a larger one takes more, must still be there.
  static Check check_left(const Facts& facts, const Restated& one) {
    const std::int64_t more = one.right - one.move->amount;
    const std::string& account = more > 0 ? one.move->from : one.move->to;
    if (more == 0 || !is_held_account(account)) return Accepted{};
    const std::int64_t wanted = more > 0 ? more : -more;
    const std::int64_t book = facts.balance(account, one.move->substance, one.move->lot);
    if (book >= wanted) return Accepted{};
    return refuse("insufficient-stock")
        .with("lot", one.move->lot)
        .with("book", format_amount(book, one.substance->unit))
        .with("wanted", format_amount(wanted, one.substance->unit))
        .at("/lines");
  }

  static void reverse(const Restated& one, Outcome& out) {
    out.move(one.move->substance, one.move->lot, one.move->to, one.move->from, one.move->amount);
  }

  void state(const Facts& facts, const Restated& one, Outcome& out) const {
    const Move& move = *one.move;
    out.move(move.substance, move.lot, move.from, move.to, one.right);
    // What the original measured was the right amount all along.
    const auto* measured = facts.find<Measurement>(move.to, move.lot);
    if (!measured || measured->seq != entry_) return;
    Measurement after = *measured;
    after.amount = one.right;
    out.update(*measured, std::move(after));
  }

  std::int64_t entry_ = 0;
  std::vector<LotLine> lines_;
};

}  // namespace

std::span<const StepType> oversight_steps() {
  static constexpr std::array types{StepType{"entry.correct", 1, parse_step<EntryCorrect>}};
  return types;
}

}  // namespace registry
