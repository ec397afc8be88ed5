#include "tools/demo_city/players.h"

#include "crypto/checkpoint.h"
#include "crypto/digest.h"
#include "registry/log/submission.h"
#include "tools/home/files.h"

namespace tools {
namespace {

constexpr std::int64_t kMinutesEach = 4;

crypto::PrivateKey seeded_key(crypto::Suite suite, std::string_view who) {
  return crypto::PrivateKey::from_seed(suite, crypto::sha256("demo city/" + std::string(who)).view());
}

[[noreturn]] void fail(const std::string& party, const Act& act, const std::string& problem) {
  throw DemoFailure(act.type + " of " + party + " was refused.\nPayload: " + act.payload.dump() +
                    "\nProblem: " + problem);
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    if (end > at) lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

}  // namespace

void Players::enter(const std::string& party, crypto::Suite suite) {
  enter(Author(ledger_, party, seeded_key(suite, party)));
}

void Players::enter(Author author) {
  const std::string party = author.party();
  members_.emplace(party, Member{std::move(author), std::nullopt});
}

Players::Member& Players::member(const std::string& party) {
  const auto at = members_.find(party);
  if (at == members_.end()) throw std::logic_error("nobody plays " + party);
  return at->second;
}

Author& Players::author(const std::string& party, Hand hand) {
  Member& who = member(party);
  if (hand == Hand::officials) return *who.issuer;
  return hand == Hand::head || !who.officer ? who.head : *who.officer;
}

Author Players::employ(const std::string& party, const std::string& officer, std::string_view duty) {
  Author next(ledger_, party, seeded_key(member(party).head.key().suite(), party + "/" + officer));
  act_all(party, {{"officer.appoint", {{"officer", officer}, {"duty", duty}}, Hand::head},
                  {"key.enrol",
                   {{"key", next.key_json()}, {"role", "officer"}, {"officer", officer}},
                   Hand::head,
                   {&next.key()}}});
  return next;
}

void Players::appoint(const std::string& party, const std::string& officer, std::string_view duty) {
  member(party).officer = employ(party, officer, duty);
}

void Players::appoint_officials(const std::string& agency) {
  member(agency).issuer = employ(agency, agency + "-issuer", "issuer");
  member(agency).approver = employ(agency, agency + "-approver", "approver");
}

void Players::save_keys(const std::filesystem::path& folder) const {
  std::filesystem::create_directories(folder);
  const auto save = [&](const std::string& name, const Author& author) {
    write_file(folder / (name + ".pem"), author.key().pem(), Secrecy::owner_only);
  };
  for (const auto& [party, member] : members_) {
    save(party, member.officer ? *member.officer : member.head);
    if (member.issuer) save(party + "-issuer", *member.issuer);
    if (member.approver) save(party + "-approver", *member.approver);
  }
}

registry::Submission Players::sign(const std::string& party, const Act& act) {
  Author& first = author(party, act.hand);
  first.set_clock(clock_.now());
  std::vector<const crypto::PrivateKey*> others = act.others;
  if (act.hand == Hand::officials) others.push_back(&member(party).approver->key());
  if (act.hand == Hand::both) others.push_back(&member(party).head.key());
  return first.make(act.type, act.payload, others);
}

Answer Players::post(std::string_view path, std::string_view type, std::string_view body) {
  clock_.pass_minutes(kMinutesEach);
  ++requests_;
  return link_.post(path, type, body);
}

Json Players::act(const std::string& party, const Act& act) {
  const Answer answer = post("/v1/entries", "application/json", registry::format_submission(sign(party, act)));
  if (!answer.good()) fail(party, act, answer.body);
  ++entries_;
  return Json::parse(answer.body);
}

std::vector<Json> Players::act_all(const std::string& party, const std::vector<Act>& acts) {
  if (acts.size() == 1) return {act(party, acts.front())};
  std::string body;
  for (const Act& act : acts) (body += registry::format_submission(sign(party, act))) += '\n';
  const Answer answer = post("/v1/entries:batch", "application/x-ndjson", body);
  const std::vector<std::string> lines = lines_of(answer.body);
  if (!answer.good() || lines.size() != acts.size()) throw DemoFailure("a batch was not answered: " + answer.body);
  std::vector<Json> receipts;
  for (std::size_t i = 0; i < acts.size(); ++i) {
    receipts.push_back(Json::parse(lines[i]));
    if (receipts.back().contains("problem")) fail(party, acts[i], receipts.back()["problem"].dump());
    ++entries_;
  }
  return receipts;
}

Json Players::refused(const std::string& party, const Act& act, std::string_view rule) {
  const Answer answer = post("/v1/entries", "application/json", registry::format_submission(sign(party, act)));
  author(party, act.hand).step_back();
  if (answer.good()) throw DemoFailure(act.type + " of " + party + " was stored and should have been refused");
  Json problem = Json::parse(answer.body);
  if (problem.value("rule", "") != rule) fail(party, act, answer.body);
  return problem;
}

void Players::opens(const std::string& link) {
  ++requests_;
  const Answer answer = link_.get(link);
  if (!answer.good()) throw DemoFailure("the partner authority cannot read the notice: " + answer.body);
  ++entries_;
}

Json Players::answers(const std::string& link, const Json& answer) {
  const Answer stored = post(link, "application/json", answer.dump());
  if (!stored.good()) throw DemoFailure("the partner authority cannot answer: " + stored.body);
  ++entries_;
  return Json::parse(stored.body);
}

void Players::see_checkpoint(const crypto::NoteVerifier& log_key) {
  const Answer answer = link_.get("/v1/checkpoint");
  const auto head =
      answer.good() ? crypto::open_checkpoint(Json::parse(answer.body).value("note", ""), log_key) : std::nullopt;
  if (!head) throw DemoFailure("the checkpoint does not verify: " + answer.body);
  for (auto& [party, who] : members_) {
    who.head.saw({head->size, head->root});
    for (auto* author : {&who.officer, &who.issuer, &who.approver})
      if (*author) (*author)->saw({head->size, head->root});
  }
}

}  // namespace tools
