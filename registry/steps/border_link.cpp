#include "registry/steps/border_link.h"

#include "crypto/digest.h"
#include "registry/steps/ask.h"
#include "registry/steps/border_case.h"
#include "registry/steps/checks.h"
#include "registry/steps/forms.h"
#include "registry/steps/read_step.h"

namespace registry {
namespace {

constexpr std::int64_t kDayMs = std::int64_t{24} * 60 * 60 * 1000;
constexpr std::string_view kRegistry = "registry";

std::string read_hex(PayloadReader& in, std::string_view name) {
  std::string text = in.text(name, kLinkSecretDigits);
  if (!text.empty() && !is_lower_hex(text, kLinkSecretDigits)) in.fault(name, "bad_hex", "64 lowercase hex digits");
  return text;
}

bool is_over(const BorderLink& link) {
  return link.state == BorderLinkState::used || link.state == BorderLinkState::replaced;
}

/// An answer is awaited until the goods move, a confirmation from then on.
bool is_awaited(const BorderCase& border_case, BorderLinkPurpose purpose) {
  if (border_case.direction != BorderDirection::export_goods) return false;
  return purpose == BorderLinkPurpose::answer ? is_before_movement(border_case.state)
                                              : border_case.state == BorderState::departed;
}

/// An agency lets a partner authority in, for one case and one answer.
class IssueLink : public Step {
 public:
  explicit IssueLink(PayloadReader& in)
      : case_(in.id("border_case")),
        link_(in.id("link")),
        hash_(read_hex(in, "secret_hash")),
        expires_(in.time("expires")) {
    parse_name(in.one_of("purpose", {"answer", "confirm"}), purpose_);
  }

  void need(const Facts& known, std::string_view author, FactKeys& keys) const override {
    keys.want<Party>(author);
    keys.want<BorderLink>(link_);
    want_border_case(known, case_, keys);
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack& rules) const override {
    const BorderCase* found = TRY(find_border_case(facts, case_));
    const Party* party = TRY(check_party(facts, found->party, "/border_case"));
    TRY(check_border_office(facts, context, rules, "notify", party->region));
    TRY(check_new_id<BorderLink>(facts, link_, "/link"));
    if (!is_awaited(*found, purpose_)) return not_awaited(*found);
    TRY(check_expiry(context, rules));
    Outcome out;
    replace(facts, found->link, out);
    out.put(BorderLink{link_, case_, purpose_, hash_, expires_, BorderLinkState::issued, context.index, kNone});
    CaseChange change(*found, context, out);
    change.row().link = link_;
    change.document(BorderDocumentKind::link);
    change.store();
    return out;
  }

 private:
  Refusal not_awaited(const BorderCase& found) const {
    return refuse("border-link-not-awaited")
        .with("border_case", case_)
        .with("state", std::string(name_of(found.state)))
        .at("/purpose");
  }

  Check check_expiry(const StepContext& context, const RulePack& rules) const {
    const std::int64_t days = rules.border().period("link-days");
    if (expires_ > context.rtime && expires_.ms - context.rtime.ms <= days * kDayMs) return Accepted{};
    return refuse("border-link-life").with("days", std::to_string(days)).with("expires", expires_.str()).at("/expires");
  }

  static void replace(const Facts& facts, const std::string& id, Outcome& out) {
    const BorderLink* before = id.empty() ? nullptr : facts.find<BorderLink>(id);
    if (!before || is_over(*before)) return;
    BorderLink after = *before;
    after.state = BorderLinkState::replaced;
    out.update(*before, std::move(after));
  }

  std::string case_, link_, hash_;
  UtcTime expires_;
  BorderLinkPurpose purpose_ = BorderLinkPurpose::answer;
};

/// The registry notes that a link was opened for the first time: the notice is read.
class ReadNotice : public Step {
 public:
  explicit ReadNotice(PayloadReader& in) : case_(in.id("border_case")), link_(in.id("link")) {}

  void need(const Facts& known, std::string_view, FactKeys& keys) const override {
    keys.want<BorderLink>(link_);
    want_border_case(known, case_, keys);
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack&) const override {
    if (context.party != kRegistry) return refuse("registry-only").with("party", context.party).at("header/party");
    const BorderCase* found = TRY(find_border_case(facts, case_));
    const BorderLink* link = facts.find<BorderLink>(link_);
    if (!link || link->border_case != case_)
      return refuse("border-link-wrong-case").with("border_case", case_).at("/link");
    if (link->state != BorderLinkState::issued)
      return refuse("border-link-opened-already").with("link", link_).at("/link");
    Outcome out;
    BorderLink opened = *link;
    opened.state = BorderLinkState::opened;
    out.update(*link, std::move(opened));
    CaseChange change(*found, context, out);
    change.move_on(BorderEvent::reading);
    change.document(BorderDocumentKind::reading);
    change.store();
    return out;
  }

 private:
  std::string case_, link_;
};

}  // namespace

std::optional<LinkToken> LinkToken::parse(std::string_view text) {
  const auto dot = text.rfind('.');
  if (dot == std::string_view::npos) return {};
  LinkToken token{std::string(text.substr(0, dot)), std::string(text.substr(dot + 1))};
  if (!is_id(token.link) || !is_lower_hex(token.secret, kLinkSecretDigits)) return {};
  return token;
}

std::string link_secret_hash(std::string_view secret) {
  using std::string_view_literals::operator""sv;
  return crypto::hash(crypto::HashAlg::sha256, {"ledger.border-link/v1\0"sv, secret}).hex();
}

Check check_link(const BorderLink* link, const LinkUse& use) {
  if (!link || link_secret_hash(use.secret) != link->secret_hash) return refuse("border-link-tampered");
  if (link->border_case != use.border_case)
    return refuse("border-link-wrong-case").with("border_case", std::string(use.border_case));
  if (link->state == BorderLinkState::used)
    return refuse("border-link-used").with("link", link->id).with("index", std::to_string(link->used));
  if (link->state == BorderLinkState::replaced) return refuse("border-link-replaced").with("link", link->id);
  if (link->expires <= use.now) return refuse("border-link-expired").with("expires", link->expires.str());
  return Accepted{};
}

LinkMembers read_link_members(PayloadReader& in, bool wanted) {
  if (wanted) return {in.id("link"), read_hex(in, "secret")};
  for (const char* name : {"link", "secret"})
    if (in.has(name)) in.fault(name, "not_wanted", "only an answer through a link has one");
  return {};
}

Check use_link(const Facts& facts, const StepContext& context, const LinkMembers& members, const BorderCase& of,
               BorderLinkPurpose purpose, Outcome& out) {
  if (context.party != kRegistry) return refuse("registry-only").with("party", context.party).at("header/party");
  const BorderLink* link = facts.find<BorderLink>(members.link);
  TRY(check_link(link, {of.id, members.secret, context.rtime}));
  if (link->purpose != purpose)
    return refuse("border-link-purpose").with("purpose", std::string(name_of(link->purpose))).at("/link");
  BorderLink used = *link;
  used.state = BorderLinkState::used;
  used.used = context.index;
  out.update(*link, std::move(used));
  return Accepted{};
}

Result<std::unique_ptr<Step>> parse_border_link(const nlohmann::json& payload, const RulePack& rules) {
  return parse_step<IssueLink>(payload, rules);
}

Result<std::unique_ptr<Step>> parse_border_read(const nlohmann::json& payload, const RulePack& rules) {
  return parse_step<ReadNotice>(payload, rules);
}

}  // namespace registry
