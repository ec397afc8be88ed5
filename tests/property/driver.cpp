#include "driver.h"

#include <stdexcept>

#include "registry/base/ensure.h"

namespace property {

using namespace registry;

namespace {

constexpr std::size_t kHistoryMax = 200;

std::string spoken(const Refusal& refusal) {
  std::string out = refusal.rule;
  for (const FieldError& field : refusal.fields) out += " " + field.pointer + ":" + field.code;
  return out;
}

}  // namespace

Driver::Driver(const RulePack& rules) : rules_(rules) {
  now_ = end_of(Date::of(2026, 3, 1)).plus_ms(std::int64_t{10} * 60 * 60 * 1000);
}

std::int64_t Driver::balance(const std::string& account, const std::string& substance, const std::string& lot) const {
  const Balance* at = row<Balance>(account, substance, lot);
  return at ? at->amount : 0;
}

std::vector<Signer> Driver::signers_of(const Submission& submission) const {
  std::vector<Signer> out = {
      {submission.author + "-1", submission.author, KeyRole::admin},
      {submission.author + "-2", submission.author, KeyRole::officer, false, "PH-" + submission.author}};
  for (const std::string& party : submission.also) out.push_back({party + "-1", party, KeyRole::admin});
  return out;
}

void Driver::learn_absent(FactKeys& keys) {
  keys.each_set([&]<class T>(const T*, const std::vector<std::string>& set) {
    for (const std::string& key : set) facts_.learn<T>(key, std::nullopt);
  });
  // Every row there ever was is in memory.
  keys.each_list([&]<class T>(const T*, const std::vector<std::string>& set) {
    for (const std::string& list : set) facts_.learn_list<T>(list);
  });
}

void Driver::gather(const Step& step, const std::string& author) {
  for (int round = 0; round < 10; ++round) {
    FactKeys keys;
    step.need(facts_, author, keys);
    if (!facts_.keep_unknown(keys)) return;
    for (const std::int64_t index : keys.entries) facts_.learn_entry(index, history_[index]);
    learn_absent(keys);
  }
  ensure(false, "a step stops asking for facts");
}

void Driver::remember(const Submission& submission, const std::vector<Signer>& signers) {
  EntryFacts entry{submission.type + "/v1", submission.author, {}, outcome_.moves};
  for (const Signer& signer : signers)
    if (signer.party != submission.author) entry.signer_parties.push_back(signer.party);
  history_[next_] = std::move(entry);
  if (history_.size() > kHistoryMax) history_.erase(history_.begin());
}

std::string Driver::submit(Submission submission) {
  submission.payload["nonce"] = "000102030405060708090a0b0c0d0e0f";
  const StepType* type = find_step_type(submission.type, 1);
  ensure(type != nullptr, "the generator names a step that exists");
  auto step = type->parse(submission.payload, rules_);
  if (!step) return spoken(step.error());
  gather(**step, submission.author);
  const std::vector<Signer> signers = signers_of(submission);
  auto decided = (*step)->decide(facts_, {next_, now_, now_, submission.author, signers}, rules_);
  if (!decided) return spoken(decided.error());
  outcome_ = std::move(decided).value();
  FactKeys balances;
  want_balances(outcome_, balances);
  facts_.keep_unknown(balances);
  learn_absent(balances);
  books_.before(facts_, outcome_);
  if (Check applied = facts_.apply(outcome_); !applied)
    throw std::runtime_error(submission.type + " overdraws: " + spoken(applied.error()));
  if (const std::string wrong = books_.after(facts_, outcome_); !wrong.empty())
    throw std::runtime_error(submission.type + ": " + wrong + " after " + submission.payload.dump());
  remember(submission, signers);
  facts_.mark_clean();
  ++next_;
  return {};
}

void Driver::audit() const {
  if (const std::string wrong = Books::audit(facts_); !wrong.empty()) throw std::runtime_error("audit: " + wrong);
}

}  // namespace property
