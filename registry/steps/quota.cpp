#include "registry/steps/quota.h"

#include <algorithm>
#include <string>

#include "registry/domain/account.h"
#include "registry/steps/code_list.h"
#include "registry/steps/obligations.h"

namespace registry {
namespace {
constexpr std::string_view kNoLot = "";

/// What is held of it may still come back to it: a suspended or lost paper can be restored.
bool is_alive(PermitStatus status) {
  return status == PermitStatus::issued || status == PermitStatus::suspended || status == PermitStatus::lost;
}
}  // namespace

bool can_take_back(const Permit& permit, Date today) {
  const bool is_good = permit.status == PermitStatus::issued || permit.status == PermitStatus::used_up;
  return permit.uses != PermitUses::once && is_good && today <= permit.valid_to;
}

Quota::Quota(const Facts& facts, const Permit& permit, Outcome& out) : facts_(facts), permit_(permit), out_(out) {
  if (permit.uses == PermitUses::standing) return;
  each_code(permit.substances, [&](std::string_view substance) {
    lines_.push_back({substance, facts.balance(permit_account(permit.no), substance, kNoLot),
                      facts.balance(held_account(permit.no), substance, kNoLot),
                      facts.balance(used_account(permit.no), substance, kNoLot)});
  });
}

Quota::Line* Quota::find(std::string_view substance) {
  const auto at = std::find_if(lines_.begin(), lines_.end(), [&](const Line& l) { return l.substance == substance; });
  return at == lines_.end() ? nullptr : &*at;
}

std::int64_t Quota::left(std::string_view substance) const {
  for (const Line& line : lines_)
    if (line.substance == substance) return line.left;
  return 0;
}

bool Quota::touched() const {
  return std::any_of(lines_.begin(), lines_.end(), [](const Line& l) { return l.held > 0 || l.used > 0; });
}

Check Quota::check(const Substance& substance, std::int64_t amount, std::string_view pointer) const {
  if (permit_.uses == PermitUses::standing) return Accepted{};
  if (permit_.uses == PermitUses::once && touched())
    return refuse("permit-used").with("permit", permit_.no).at(std::string(pointer));
  if (left(substance.code) >= amount) return Accepted{};
  return refuse("permit-exhausted")
      .with("permit", permit_.no)
      .with("left", format_amount(left(substance.code), substance.unit))
      .with("wanted", format_amount(amount, substance.unit))
      .at(std::string(pointer));
}

void Quota::hold(std::string_view substance, std::int64_t amount) {
  Line* line = find(substance);
  if (!line) return;
  ensure(line->left >= amount, "quota is checked before it is held");
  out_.move(substance, kNoLot, permit_account(permit_.no), held_account(permit_.no), amount);
  line->left -= amount;
  line->held += amount;
}

std::int64_t Quota::use(std::string_view substance, std::int64_t amount) {
  Line* line = find(substance);
  if (!line) return amount;
  amount = std::min(amount, line->left);
  out_.move(substance, kNoLot, permit_account(permit_.no), used_account(permit_.no), amount);
  line->left -= amount;
  line->used += amount;
  return amount;
}

void Quota::settle(std::string_view substance, std::int64_t used, std::int64_t released) {
  Line* line = find(substance);
  if (!line) return;
  used = std::min(used, line->held);
  out_.move(substance, kNoLot, held_account(permit_.no), used_account(permit_.no), used);
  line->held -= used;
  line->used += used;
  released = std::min(released, line->held);
  // What comes back to a paper that is no longer in force can never be used.
  const bool in_force = is_alive(permit_.status);
  out_.move(substance, kNoLot, held_account(permit_.no),
            in_force ? permit_account(permit_.no) : std::string(outside::kLapsed), released);
  line->held -= released;
  if (in_force) line->left += released;
}

void Quota::give_back(std::string_view substance, std::int64_t amount) {
  Line* line = find(substance);
  if (!line) return;
  amount = std::min(amount, line->used);
  out_.move(substance, kNoLot, used_account(permit_.no), permit_account(permit_.no), amount);
  line->used -= amount;
  line->left += amount;
  if (permit_.status != PermitStatus::used_up || amount == 0) return;
  Permit after = permit_;
  after.status = PermitStatus::issued;
  after.closed = kNone;
  out_.update(permit_, std::move(after));
  const Obligation* duty = facts_.find<Obligation>(obligation_id("write-off", permit_account(permit_.no)));
  if (!duty || duty->closed == kNone) return;
  Obligation open = *duty;
  open.closed = kNone;
  out_.update(*duty, std::move(open));
}

void Quota::lapse() {
  for (Line& line : lines_) {
    out_.move(line.substance, kNoLot, held_account(permit_.no), outside::kLapsed, line.held);
    out_.move(line.substance, kNoLot, permit_account(permit_.no), outside::kLapsed, line.left);
    line.held = line.left = 0;
  }
}

bool Quota::is_empty() const {
  return std::all_of(lines_.begin(), lines_.end(), [](const Line& l) { return l.left == 0 && l.held == 0; });
}

void Quota::finish(Delivery delivery, std::int64_t index) {
  if (permit_.uses == PermitUses::standing) return;
  if (permit_.uses == PermitUses::once && delivery == Delivery::over) lapse();
  if (!is_empty()) return;
  close_obligation(facts_, obligation_id("write-off", "permit:" + permit_.no), index, out_);
  if (!is_alive(permit_.status)) return;
  Permit after = permit_;
  after.status = PermitStatus::used_up;
  after.closed = index;
  out_.update(permit_, std::move(after));
}

}  // namespace registry
