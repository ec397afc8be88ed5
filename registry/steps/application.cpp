#include "registry/steps/application.h"

#include "registry/steps/ask.h"
#include "registry/steps/code_list.h"
#include "registry/steps/obligations.h"

namespace registry {
namespace {

std::string duty_of(std::string_view id) { return obligation_id("decide-permit", application_subject(id)); }

Refusal differs(const Application& asked, std::string pointer) {
  return refuse("application-differs").with("application", asked.id).at(std::move(pointer));
}

}  // namespace

std::string application_subject(std::string_view id) { return "application:" + std::string(id); }

void want_application(const Facts& known, std::string_view id, FactKeys& keys) {
  if (id.empty()) return;
  keys.want<Obligation>(duty_of(id));
  const auto* asked = ask<Application>(known, keys, id);
  if (!asked) return;
  each_code(asked->substances, [&](std::string_view code) { keys.want<ApplicationLine>(id, code); });
}

Result<const Application*> find_open_application(const Facts& facts, std::string_view id) {
  const auto* asked = facts.find<Application>(id);
  if (!asked) return refuse("unknown-application").with("application", std::string(id)).at("/application");
  if (asked->state == ApplicationState::open) return asked;
  return refuse("application-decided")
      .with("application", asked->id)
      .with("decided", std::to_string(asked->decided))
      .at("/application");
}

Check check_as_asked(const Facts& facts, const Application& asked, const AskedFor& given,
                     const std::vector<PaperDraft::Line>& lines, const std::vector<std::int64_t>& amounts) {
  Objections objections;
  if (asked.applicant != given.holder) objections.add(differs(asked, "/holder"));
  if (asked.kind != given.kind) objections.add(differs(asked, "/kind"));
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!has_code(asked.substances, lines[i].substance)) {
      objections.add(differs(asked, lines[i].pointer));
      continue;
    }
    const auto* line = facts.find<ApplicationLine>(asked.id, lines[i].substance);
    ensure(line, "an application has a line for each of its substances");
    if (amounts[i] > line->amount) objections.add(differs(asked, lines[i].quantity_pointer));
  }
  return std::move(objections).finish();
}

void decide_application(const Facts& facts, const Application& asked, ApplicationState state, std::string_view permit,
                        std::string_view reason, std::int64_t index, Outcome& out) {
  Application after = asked;
  after.state = state;
  after.permit = permit;
  after.reason = reason;
  after.decided = index;
  out.update(asked, std::move(after));
  close_obligation(facts, duty_of(asked.id), index, out);
}

}  // namespace registry
