#include "world.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <ostream>
#include <set>

#include "crypto/digest.h"
#include "crypto/encoding.h"
#include "registry/domain/fold.h"

namespace world {
namespace {

crypto::PrivateKey key_called(std::string_view name) {
  return crypto::PrivateKey::from_seed(crypto::Suite::ed25519_sha256, crypto::sha256(name).view());
}

std::string to_text(const Value& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
  return std::get<std::string>(value);
}

template <class T>
void list_rows(const WorkingSet& facts, std::set<std::string>& lines) {
  for (const auto& [key, slot] : facts.slots<T>()) {
    if (!slot.row) continue;
    std::string line(Table<T>::name);
    for (const Value& value : to_row(*slot.row)) (line += '|') += to_text(value);
    lines.insert(line);
  }
}

template <class... T>
struct Each {
  static void list(const WorkingSet& facts, std::set<std::string>& lines) { (list_rows<T>(facts, lines), ...); }
};

/// The placeholders of a text that no fact fills.
std::string unfilled(std::string_view text, const Refusal& refusal) {
  std::string out;
  for (std::size_t open = text.find('{'); open != std::string_view::npos; open = text.find('{', open + 1)) {
    const std::string_view name = text.substr(open + 1, text.find('}', open) - open - 1);
    const auto has = [&](const auto& known) { return known.first == name; };
    if (std::none_of(refusal.facts.begin(), refusal.facts.end(), has)) out += " [no fact " + std::string(name) + "]";
  }
  return out;
}

std::string wrong_text(const Refusal& refusal, const RulePack& rules) {
  const RuleText* text = rules.rule_text(refusal.rule);
  if (!text) return " [no text for " + refusal.rule + "]";
  std::string out;
  for (const auto* part :
       {&text->title, &text->title_zh, &text->detail, &text->detail_zh, &text->what_to_do, &text->what_to_do_zh}) {
    if (part->empty()) out += " [empty text]";
    out += unfilled(*part, refusal);
  }
  return out;
}

nlohmann::json with_nonce(std::string_view payload) {
  std::string text(payload);
  std::replace(text.begin(), text.end(), '\'', '"');
  nlohmann::json out = nlohmann::json::parse(text);
  if (!out.contains("nonce")) out["nonce"] = "000102030405060708090a0b0c0d0e0f";
  return out;
}

/// An outcome must survive being written down: rebuilding from the log folds what is stored.
std::string rebuilds(WorkingSet before, const Outcome& outcome, const WorkingSet& after) {
  auto stored = parse_outcome(format_outcome(outcome), before);
  if (!stored) return " [stored outcome is not read]";
  if (!before.apply(*stored)) return " [stored outcome is not applied]";
  return everything(before) == everything(after) ? "" : " [rebuilds to other rows]";
}

}  // namespace

std::string everything(const WorkingSet& facts) {
  std::set<std::string> lines;
  AllTables<Each>::list(facts, lines);
  std::string out;
  for (const std::string& line : lines) (out += line) += '\n';
  return out;
}

std::string Answer::says() const {
  if (accepted()) return "accepted " + std::to_string(index) + wrong;
  std::string out = "refused " + refusal->rule;
  for (const FieldError& field : refusal->fields) {
    out += " " + field.pointer;
    if (field.code != refusal->rule) out += ":" + field.code;
  }
  return out + wrong;
}

std::ostream& operator<<(std::ostream& out, const Answer& answer) { return out << answer.says(); }

std::string fact(const Answer& answer, std::string_view name) {
  if (!answer.refusal) return {};
  for (const auto& [key, value] : answer.refusal->facts) {
    if (key == name) return value;
  }
  return {};
}

World::World() { go_to("2026-03-02"); }

void World::go_to(std::string_view date) {
  const auto day = Date::parse(date);
  ensure(day.has_value(), "a test names a day that exists");
  now_ = end_of(day->plus_days(-1)).plus_ms(std::int64_t{10} * 60 * 60 * 1000);
}

void World::add_balance(std::string_view account, std::string_view substance, std::string_view lot,
                        std::int64_t amount) {
  add(Balance{std::string(account), std::string(substance), std::string(lot), amount});
}

void World::unit(std::string_view id, std::string_view kinds, std::string_view region, PartyStatus status) {
  Party party;
  party.id = party.name = id;
  party.kinds = kinds;
  party.uscc = "91110000600037341L";
  party.region = region;
  party.status = status;
  add(party);
  admin(id);
}

void World::agency(std::string_view id, std::string_view role, std::string_view level, std::string_view region) {
  unit(id, "agency", region);
  Party party = *row<Party>(id);
  party.agency_role = role;
  party.agency_level = level;
  add(party);
}

void World::site(std::string_view id, std::string_view party, std::string_view region, std::string_view kind) {
  add(Site{std::string(id), std::string(party), std::string(id), std::string(kind), std::string(region), "-", 0});
}

void World::lot(std::string_view id, std::string_view substance) {
  Lot row;
  row.id = id;
  row.substance = substance;
  add(row);
}

Signer World::signer(std::string_view party, KeyRole role, int n) {
  const std::string name = std::string(party) + " " + std::string(name_of(role)) + " " + std::to_string(n);
  const crypto::PublicKey key = key_called(name).public_key();
  const std::string id = key.id().hex();
  if (!facts_.knows<Key>(id)) {
    Key row;
    row.id = id;
    row.party = party;
    row.suite = crypto::name(key.suite());
    row.spki = crypto::to_base64(key.spki());
    row.role = role;
    add(row);
  }
  return {id, std::string(party), role, false};
}

Signer World::admin(std::string_view party, int n) { return signer(party, KeyRole::admin, n); }
Signer World::officer(std::string_view party, int n) { return signer(party, KeyRole::officer, n); }

Signer World::official(std::string_view party, std::string_view person, std::string_view duty) {
  const std::string name = std::string(party) + " " + std::string(person);
  Key row;
  row.id = key_id(name);
  row.party = party;
  row.officer = person;
  if (!facts_.knows<Key>(row.id)) {
    add(row);
    add(Officer{std::string(person), std::string(party), std::string(duty), 0, kNone, row.id});
  }
  return {row.id, std::string(party), row.role, false, row.officer};
}

Signer World::new_key(std::string_view party, std::string_view name) const {
  return {key_id(name), std::string(party), KeyRole::officer, true};
}

std::string World::key_json(std::string_view name) {
  const crypto::PublicKey key = key_called(name).public_key();
  return R"({"spki":")" + crypto::to_base64(key.spki()) + R"(","suite":"ed25519-sha256"})";
}

std::string World::key_id(std::string_view name) { return key_called(name).public_key().id().hex(); }

const RulePack& World::rules() const {
  static const RulePack pack = RulePack::load("cn");
  return pack;
}

std::int64_t World::balance(std::string_view account, std::string_view substance, std::string_view lot) const {
  const Balance* at = row<Balance>(account, substance, lot);
  return at ? at->amount : 0;
}

void World::learn_absent(FactKeys& keys) {
  keys.each_set([&]<class T>(const T*, const std::vector<std::string>& set) {
    for (const std::string& key : set) facts_.learn<T>(key, std::nullopt);
  });
  // Whatever the test put there is all there is.
  keys.each_list([&]<class T>(const T*, const std::vector<std::string>& set) {
    for (const std::string& list : set) facts_.learn_list<T>(list);
  });
}

void World::gather(const Step& step, std::string_view author) {
  for (int round = 0; round < 8; ++round) {
    FactKeys keys;
    step.need(facts_, author, keys);
    if (!facts_.keep_unknown(keys)) return;
    ensure(keys.entries.empty(), "the test tells of the earlier entry by facts().learn_entry");
    learn_absent(keys);
  }
  ensure(false, "a step stops asking for facts");
}

Answer World::refused(Refusal refusal, const std::string& before) const {
  Answer answer;
  answer.wrong = wrong_text(refusal, rules());
  if (everything(facts_) != before) answer.wrong += " [but something changed]";
  answer.refusal = std::move(refusal);
  return answer;
}

Answer World::decide(const Step& step, const StepContext& context) {
  const std::string before = everything(facts_);
  const Setting* overlay = row<Setting>("overlay");
  Result<Outcome> decided = step.decide(facts_, context, rules().on(today(), overlay ? overlay->value : ""));
  if (!decided) return refused(std::move(decided).error(), before);
  FactKeys balances;
  want_balances(*decided, balances);
  learn_absent(balances);
  const WorkingSet earlier = facts_;
  if (Check applied = facts_.apply(*decided); !applied) return refused(std::move(applied).error(), before);
  Answer answer;
  answer.index = next_++;
  answer.wrong = rebuilds(earlier, *decided, facts_);
  answer.outcome = std::move(decided).value();
  return answer;
}

Answer World::submit(std::string_view type, std::string_view author, std::string_view payload,
                     std::vector<Signer> signers) {
  const StepType* known = find_step_type(type, 1);
  ensure(known != nullptr, "the step type is known");
  if (signers.empty()) signers.push_back(admin(author));
  auto step = known->parse(with_nonce(payload), rules());
  if (!step) return refused(std::move(step).error(), everything(facts_));
  gather(**step, author);
  return decide(**step, {next_, now_, now_, std::string(author), std::move(signers)});
}

}  // namespace world
