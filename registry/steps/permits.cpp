#include "registry/domain/account.h"
#include "registry/steps/acts.h"
#include "registry/steps/application.h"
#include "registry/steps/approval.h"
#include "registry/steps/authority.h"
#include "registry/steps/checks.h"
#include "registry/steps/families.h"
#include "registry/steps/obligations.h"
#include "registry/steps/payload.h"
#include "registry/steps/permit_duties.h"
#include "registry/steps/permit_issue.h"
#include "registry/steps/permit_paper.h"
#include "registry/steps/read_step.h"
#include "registry/steps/recurring.h"

namespace registry {
namespace {

constexpr std::size_t kReasonMax = 500;

Result<const Permit*> find_permit(const Facts& facts, const std::string& no) {
  if (const Permit* permit = facts.find<Permit>(no)) return permit;
  return refuse("unknown-permit").with("permit", no).at("/permit");
}

std::string_view status_zh(PermitStatus status) {
  switch (status) {
    case PermitStatus::issued:
      return "有效";
    case PermitStatus::used_up:
      return "已用完";
    case PermitStatus::expired:
      return "已过期";
    case PermitStatus::revoked:
      return "已撤销";
    case PermitStatus::closed:
      return "已核销";
    case PermitStatus::suspended:
      return "已暂停";
    case PermitStatus::lost:
      return "已挂失";
  }
  return {};
}

/// It has not been ended before; an expired, suspended or lost one still has to be.
Check check_can_end(const Permit& permit) {
  const bool is_ended = permit.status == PermitStatus::used_up || permit.status == PermitStatus::revoked ||
                        permit.status == PermitStatus::closed;
  if (!is_ended) return Accepted{};
  return refuse("permit-ended-already")
      .with("permit", permit.no)
      .with("status", std::string(name_of(permit.status)))
      .with("status_zh", std::string(status_zh(permit.status)))
      .at("/permit");
}

/// Asks for what ending a permit looks at and changes.
void want_end(const Facts& known, const std::string& no, FactKeys& keys) {
  want_permit(known, no, keys);
  const Permit* permit = known.knows<Permit>(no) ? known.find<Permit>(no) : nullptr;
  if (permit) want_duties(known, permit->holder, keys);
}

void end(const Facts& facts, const Permit& permit, PermitStatus status, std::int64_t index, Outcome& out) {
  Permit ended = permit;
  ended.status = status;
  ended.closed = index;
  out.update(permit, ended);
  close_permit_duties(facts, permit, index, out);
}

/// The agency that issued it, or one of the same role above that one.
Check check_above(const Facts& facts, const Party& agency, const Permit& permit) {
  if (agency.id == permit.issuer) return Accepted{};
  const Party* issuer = TRY(check_party(facts, permit.issuer, "/permit"));
  TRY(check_competent(agency, issuer->agency_role, issuer->agency_level, issuer->region, "/permit"));
  if (is_above(agency.agency_level, issuer->agency_level)) return Accepted{};
  return refuse("not-the-issuer").with("permit", permit.no).with("issuer", issuer->name).at("/permit");
}

/// The issuer takes it back. What is already sold or under way under it settles as it was promised.
class RevokePermit : public Step {
 public:
  explicit RevokePermit(PayloadReader& in) : no_(in.id("permit")) { in.text("reason", kReasonMax); }

  void need(const Facts& known, std::string_view author, FactKeys& keys) const override {
    keys.want<Party>(author);
    want_end(known, no_, keys);
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack&) const override {
    const Party* agency = TRY(check_agency(facts, context));
    const Permit* permit = TRY(find_permit(facts, no_));
    TRY(check_above(facts, *agency, *permit));
    TRY(check_can_end(*permit));
    Outcome out;
    lapse(facts, *permit, out);
    end(facts, *permit, PermitStatus::revoked, context.index, out);
    // What is held is written off when it is settled.
    if (!is_held(facts, *permit)) close_obligation(facts, write_off_id(no_), context.index, out);
    return out;
  }

 private:
  std::string no_;
};

/// Nothing may be drawn on it for now. By the issuer, or by the holder who lost it; what is held stays held.
class SuspendPermit : public Step {
 public:
  explicit SuspendPermit(PayloadReader& in)
      : no_(in.id("permit")), is_lost_(in.one_of("cause", {"violation", "doubt", "lost", "other"}) == "lost") {
    in.text("reason", kReasonMax);
  }

  void need(const Facts& known, std::string_view author, FactKeys& keys) const override {
    keys.want<Party>(author);
    want_permit(known, no_, keys);
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack&) const override {
    const Party* author = TRY(check_author(facts, context));
    const Permit* permit = TRY(find_permit(facts, no_));
    const bool is_holders_loss = is_lost_ && author->id == permit->holder;
    if (!is_holders_loss) {
      const Party* agency = TRY(check_agency(facts, context));
      TRY(check_above(facts, *agency, *permit));
    }
    TRY(check_can_end(*permit));
    const PermitStatus status = is_lost_ ? PermitStatus::lost : PermitStatus::suspended;
    if (permit->status == status) return refuse("permit-suspended-already").with("permit", no_).at("/permit");
    Outcome out;
    Permit after = *permit;
    after.status = status;
    out.update(*permit, std::move(after));
    return out;
  }

 private:
  std::string no_;
  bool is_lost_;
};

/// It may be drawn on again, within its days.
class RestorePermit : public Step {
 public:
  explicit RestorePermit(PayloadReader& in) : no_(in.id("permit")) { in.text("reason", kReasonMax); }

  void need(const Facts& known, std::string_view author, FactKeys& keys) const override {
    keys.want<Party>(author);
    want_permit(known, no_, keys);
  }

  bool looks_at_duties() const override { return true; }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack& rules) const override {
    const Party* agency = TRY(check_agency(facts, context));
    const Permit* permit = TRY(find_permit(facts, no_));
    TRY(check_above(facts, *agency, *permit));
    if (permit->status != PermitStatus::suspended && permit->status != PermitStatus::lost)
      return refuse("permit-not-suspended")
          .with("permit", no_)
          .with("status", std::string(name_of(permit->status)))
          .with("status_zh", std::string(status_zh(permit->status)))
          .at("/permit");
    TRY(check_two_officials(facts, context, rules, "permit.restore", permit->substances));
    Outcome out;
    Permit after = *permit;
    after.status = PermitStatus::issued;
    out.update(*permit, std::move(after));
    return out;
  }

 private:
  std::string no_;
};

/// Write-off 核销 of what was not used: the holder's statement, which the issuer confirms, or the issuer's.
class ClosePermit : public Step {
 public:
  explicit ClosePermit(PayloadReader& in) : no_(in.id("permit")) { in.text("statement", kReasonMax); }

  void need(const Facts& known, std::string_view author, FactKeys& keys) const override {
    keys.want<Party>(author);
    want_end(known, no_, keys);
    keys.want<Obligation>(confirmation_id());
  }

  Result<Outcome> decide(const Facts& facts, const StepContext& context, const RulePack& rules) const override {
    TRY(check_author(facts, context));
    const Permit* permit = TRY(find_permit(facts, no_));
    if (context.party != permit->holder && context.party != permit->issuer) {
      return refuse("not-your-permit").with("permit", no_).at("/permit");
    }
    Outcome out;
    if (is_to_confirm(facts, context, *permit)) {
      close_obligation(facts, confirmation_id(), context.index, out);
      return out;
    }
    TRY(check_can_end(*permit));
    TRY(check_free(facts, rules, *permit));
    if (is_unused_rest(facts, *permit) && context.party == permit->holder)
      open_obligation(out, rules, context, "confirm-write-off", permit_account(no_), permit->issuer);
    lapse(facts, *permit, out);
    end(facts, *permit, PermitStatus::closed, context.index, out);
    close_obligation(facts, write_off_id(no_), context.index, out);
    return out;
  }

 private:
  std::string confirmation_id() const { return obligation_id("confirm-write-off", permit_account(no_)); }

  bool is_to_confirm(const Facts& facts, const StepContext& context, const Permit& permit) const {
    const auto* duty = facts.find<Obligation>(confirmation_id());
    return duty && duty->closed == kNone && context.party == permit.issuer;
  }

  Check check_free(const Facts& facts, const RulePack& rules, const Permit& permit) const {
    if (!is_held(facts, permit)) return Accepted{};
    return refuse("permit-held")
        .with("permit", no_)
        .with("held", held_amounts(facts, rules, permit, &Substance::name_en))
        .with("held_zh", held_amounts(facts, rules, permit, &Substance::name_zh))
        .at("/permit");
  }

  std::string no_;
};

constexpr StepType kSteps[] = {
    {"permit.apply", 1, parse_permit_apply},          {"permit.refuse", 1, parse_permit_refuse},
    {"permit.issue", 1, parse_permit_issue},          {"permit.suspend", 1, parse_step<SuspendPermit>},
    {"permit.restore", 1, parse_step<RestorePermit>}, {"permit.revoke", 1, parse_step<RevokePermit>},
    {"permit.close", 1, parse_step<ClosePermit>},
};

}  // namespace

std::span<const StepType> permit_steps() { return kSteps; }

}  // namespace registry
