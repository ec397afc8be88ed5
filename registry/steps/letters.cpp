#include "registry/steps/letters.h"

#include "registry/steps/address_code.h"
#include "registry/steps/checks.h"
#include "registry/steps/forms.h"
#include "registry/steps/obligations.h"
#include "registry/steps/payload.h"
#include "registry/steps/read_step.h"

namespace registry {
namespace {

constexpr std::size_t kTrackingMax = 40;

std::string read_digits(PayloadReader& in, std::string_view name) {
  std::string text = in.text(name, kLetterHexDigits);
  if (!text.empty() && !is_lower_hex(text, kLetterHexDigits)) in.fault(name, "bad_hex", "64 lowercase hex digits");
  return text;
}

Check check_waiting(const Party& party, std::string pointer) {
  if (party.status == PartyStatus::registered) return Accepted{};
  return refuse("party-verified-already").with("party", party.id).at(std::move(pointer));
}

/// The letter, sent to this unit.
Result<const AddressLetter*> find_letter(const Facts& facts, std::string_view id, std::string_view party) {
  const AddressLetter* letter = facts.find<AddressLetter>(id);
  if (!letter) return refuse("letter-unknown").with("letter", std::string(id)).at("/letter");
  if (letter->party == party) return letter;
  return refuse("letter-of-another").with("letter", letter->id).with("party", std::string(party)).at("/letter");
}

/// An agency has sent a code to the legal address of a unit, and says what opens to it.
class ChallengeParty : public Step {
 public:
  explicit ChallengeParty(PayloadReader& in)
      : letter_(in.id("letter")),
        party_(in.id("party")),
        commitment_(read_digits(in, "commitment")),
        salt_(read_digits(in, "salt")) {
    in.optional_text("tracking", kTrackingMax);
  }

  void need(const Facts&, std::string_view author, FactKeys& keys) const override {
    keys.want<Party>(author);
    keys.want<Party>(party_);
    keys.want<AddressLetter>(letter_);
    keys.want<Obligation>(obligation_id(kAnswerLetter, party_));
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack& rules) const override {
    const Party* agency = TRY(check_agency(facts, context));
    const Party* party = TRY(check_party(facts, party_, "/party"));
    TRY(check_covers(*agency, party->region, "/party"));
    TRY(check_waiting(*party, "/party"));
    TRY(check_new_id<AddressLetter>(facts, letter_, "/letter"));
    const UtcTime due = rules.due(rules.deadline(kAnswerLetter), local_date(context.rtime));
    Outcome out;
    out.put(AddressLetter{letter_, party_, context.party, commitment_, salt_, due, context.index, kNone});
    Obligation duty = make_obligation(kAnswerLetter, party_, party_, due, context.index);
    // The newest letter gives the unit its days anew.
    if (const auto* before = facts.find<Obligation>(duty.id))
      out.update(*before, std::move(duty));
    else
      out.put(std::move(duty));
    return out;
  }

 private:
  std::string letter_, party_, commitment_, salt_;
};

/// The unit shows the code in the letter: it can be reached at its legal address.
class AnswerLetter : public Step {
 public:
  explicit AnswerLetter(PayloadReader& in) : letter_(in.id("letter")), code_(in.text("code", kAddressCodeLength)) {
    if (code_.empty()) return;
    const AddressCodeForm form = address_code_form(code_);
    if (form == AddressCodeForm::bad_form) in.fault("code", "bad_code", "as printed: 7K3F-QW9T-2M8X-ZD4N-D");
    if (form == AddressCodeForm::bad_check) in.fault("code", "bad_check", "a symbol was misread");
  }

  void need(const Facts&, std::string_view author, FactKeys& keys) const override {
    keys.want<Party>(author);
    keys.want<AddressLetter>(letter_);
    keys.want<Obligation>(obligation_id(kAnswerLetter, author));
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack&) const override {
    const Party* party = TRY(check_newcomer(facts, context));
    TRY(check_waiting(*party, "header/party"));
    const AddressLetter* letter = TRY(find_letter(facts, letter_, context.party));
    TRY(check_open(*letter, context));
    TRY(check_code(*letter));
    Outcome out;
    AddressLetter answered = *letter;
    answered.answered = context.index;
    out.update(*letter, std::move(answered));
    close_obligation(facts, obligation_id(kAnswerLetter, context.party), context.index, out);
    return out;
  }

 private:
  static Check check_open(const AddressLetter& letter, const StepContext& context) {
    if (letter.answered != kNone)
      return refuse("letter-answered-already")
          .with("letter", letter.id)
          .with("index", std::to_string(letter.answered))
          .at("/letter");
    if (context.rtime < letter.due) return Accepted{};
    return refuse("letter-expired").with("letter", letter.id).with("due", letter.due.str()).at("/letter");
  }

  Check check_code(const AddressLetter& letter) const {
    if (address_code_commitment(letter.party, letter.id, code_, letter.salt) == letter.commitment) return Accepted{};
    return refuse("letter-code-wrong").with("letter", letter.id).at("/code");
  }

  std::string letter_, code_;
};

}  // namespace

Check check_letter_answered(const Facts& facts, std::string_view id, std::string_view party) {
  const AddressLetter* letter = TRY(find_letter(facts, id, party));
  if (letter->answered != kNone) return Accepted{};
  return refuse("letter-not-answered").with("letter", letter->id).with("due", letter->due.str()).at("/letter");
}

Result<std::unique_ptr<Step>> parse_party_challenge(const nlohmann::json& payload, const RulePack& rules) {
  return parse_step<ChallengeParty>(payload, rules);
}

Result<std::unique_ptr<Step>> parse_party_answer(const nlohmann::json& payload, const RulePack& rules) {
  return parse_step<AnswerLetter>(payload, rules);
}

}  // namespace registry
