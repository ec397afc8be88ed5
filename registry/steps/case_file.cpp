#include "registry/steps/case_file.h"

#include <algorithm>

#include "registry/domain/number_key.h"
#include "registry/steps/ask.h"
#include "registry/steps/code_list.h"
#include "registry/steps/findings.h"
#include "registry/steps/forms.h"

namespace registry {
namespace {

constexpr std::size_t kFileNameMax = 120, kHashDigits = 64;
/// A lot that was found short more often in one place while nobody explained it is a case for people.
constexpr std::size_t kShortagesMax = 16;

}  // namespace

std::string finding_subject(std::string_view id) { return "finding:" + std::string(id); }

std::int64_t still_missing(const Finding& finding) {
  return std::max<std::int64_t>(0, finding.missing - finding.settled);
}

Result<const Finding*> find_open_finding(const Facts& facts, std::string_view id, std::string_view pointer) {
  const Finding* finding = facts.find<Finding>(id);
  if (!finding) return refuse("unknown-finding").with("finding", std::string(id)).at(std::string(pointer));
  if (finding->state != FindingState::closed) return finding;
  return refuse("finding-closed").with("finding", std::string(id)).at(std::string(pointer));
}

void note(Outcome& out, const StepContext& context, Finding& after, FindingNote line) {
  line.finding = after.id;
  line.n = number_key(++after.notes, 3);
  line.party = context.party;
  line.substance = after.substance;
  line.seq = context.index;
  out.put(std::move(line));
}

void close_finding(Finding& after, FindingResult result, std::int64_t index) {
  after.state = FindingState::closed;
  after.closed = index;
  after.result = result;
}

void want_shortage(const Facts& known, std::string_view account, std::string_view lot, FactKeys& keys) {
  const auto* row = ask<Shortage>(known, keys, account, lot);
  if (row) each_code(row->finding, [&](std::string_view id) { keys.want<Finding>(id); });
}

std::vector<const Finding*> find_shortages(const Facts& facts, std::string_view account, std::string_view lot) {
  std::vector<const Finding*> out;
  const auto* row = facts.find<Shortage>(account, lot);
  if (!row) return out;
  each_code(row->finding, [&](std::string_view id) {
    const Finding* finding = facts.find<Finding>(id);
    if (finding && finding->state != FindingState::closed && still_missing(*finding) > 0) out.push_back(finding);
  });
  return out;
}

const Finding* find_shortage(const Facts& facts, std::string_view account, std::string_view lot) {
  const auto open = find_shortages(facts, account, lot);
  return open.empty() ? nullptr : open.front();
}

void count_rest(Finding& later, const std::vector<const Finding*>& earlier, std::int64_t index) {
  std::int64_t shown = 0;
  for (const Finding* each : earlier) shown += still_missing(*each);
  if (shown == 0 || later.missing <= 0) return;
  later.settled = std::min(later.missing, shown);
  later.same_as = earlier.front()->id;
  if (still_missing(later) == 0) close_finding(later, FindingResult::continued, index);
}

void add_shortage(Outcome& out, const StepContext& context, Finding finding, std::string_view account,
                  std::string_view booked, const std::vector<const Finding*>& beside) {
  if (finding.missing > 0 && finding.state != FindingState::closed) {
    finding.booked = booked;
    std::string open = next_finding_id(out, context);
    for (std::size_t i = 0; i < beside.size() && i < kShortagesMax; ++i) (open += ',') += beside[i]->id;
    out.put(Shortage{std::string(account), finding.lot, std::move(open)});
  }
  add_finding(out, context, std::move(finding));
}

void carry_on(Outcome& out, const StepContext& context, const Finding& earlier, std::string_view later,
              std::int64_t amount) {
  Finding after = earlier;
  after.settled += std::min(amount, still_missing(earlier));
  after.same_as = later;
  FindingNote line;
  line.act = FindingAct::linked;
  line.amount = after.settled - earlier.settled;
  line.other = later;
  note(out, context, after, std::move(line));
  if (still_missing(after) == 0) close_finding(after, FindingResult::continued, context.index);
  out.update(earlier, std::move(after));
}

std::string read_evidence(PayloadReader& in) {
  std::string out;
  for (PayloadReader& file : in.lines("evidence", true)) {
    file.text("name", kFileNameMax);
    const std::string hash = file.text("sha256", kHashDigits);
    if (!hash.empty() && !is_lower_hex(hash, kHashDigits)) file.fault("sha256", "bad_hex", "lowercase hex digits");
    (out += out.empty() ? "" : ",") += hash;
  }
  return out;
}

}  // namespace registry
