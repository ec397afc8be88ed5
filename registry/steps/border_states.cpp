#include "registry/steps/border_states.h"

#include "registry/base/ensure.h"

namespace registry {
namespace {

using State = BorderState;
using Event = BorderEvent;

struct Transition {
  State from;
  Event event;
  State to;
};

/// Both directions.
constexpr Transition kTransitions[] = {
    {State::notified, Event::reading, State::read},
    {State::notified, Event::no_objection, State::no_objection},
    {State::notified, Event::objection, State::objected},
    {State::notified, Event::suspension, State::suspended},
    {State::notified, Event::needs_time, State::needs_time},
    {State::notified, Event::withdrawal, State::withdrawn},

    {State::read, Event::reading, State::read},
    {State::read, Event::no_objection, State::no_objection},
    {State::read, Event::objection, State::objected},
    {State::read, Event::suspension, State::suspended},
    {State::read, Event::needs_time, State::needs_time},
    {State::read, Event::withdrawal, State::withdrawn},

    {State::needs_time, Event::reading, State::needs_time},
    {State::needs_time, Event::no_objection, State::no_objection},
    {State::needs_time, Event::objection, State::objected},
    {State::needs_time, Event::suspension, State::suspended},
    {State::needs_time, Event::needs_time, State::needs_time},
    {State::needs_time, Event::withdrawal, State::withdrawn},

    {State::suspended, Event::reading, State::suspended},
    {State::suspended, Event::no_objection, State::no_objection},
    {State::suspended, Event::objection, State::objected},
    {State::suspended, Event::suspension, State::suspended},
    {State::suspended, Event::needs_time, State::needs_time},
    {State::suspended, Event::withdrawal, State::withdrawn},

    {State::objected, Event::reading, State::objected},
    {State::objected, Event::no_objection, State::no_objection},
    {State::objected, Event::objection, State::objected},
    {State::objected, Event::suspension, State::suspended},
    {State::objected, Event::needs_time, State::needs_time},
    {State::objected, Event::withdrawal, State::withdrawn},

    {State::no_objection, Event::reading, State::no_objection},
    {State::no_objection, Event::no_objection, State::no_objection},
    {State::no_objection, Event::objection, State::objected},
    {State::no_objection, Event::suspension, State::suspended},
    {State::no_objection, Event::needs_time, State::needs_time},
    {State::no_objection, Event::licence, State::licensed},
    {State::no_objection, Event::withdrawal, State::withdrawn},

    {State::licensed, Event::reading, State::licensed},
    {State::licensed, Event::no_objection, State::licensed},
    {State::licensed, Event::objection, State::objected},
    {State::licensed, Event::suspension, State::suspended},
    {State::licensed, Event::needs_time, State::needs_time},
    {State::licensed, Event::release, State::cleared},
    {State::licensed, Event::withdrawal, State::withdrawn},

    {State::cleared, Event::reading, State::cleared},
    {State::cleared, Event::no_objection, State::cleared},
    {State::cleared, Event::objection, State::objected},
    {State::cleared, Event::suspension, State::suspended},
    {State::cleared, Event::needs_time, State::needs_time},
    {State::cleared, Event::release, State::cleared},
};

constexpr Transition kExport[] = {
    {State::cleared, Event::departure, State::departed},
    {State::departed, Event::reading, State::departed},
    {State::departed, Event::confirmation, State::confirmed},
};

/// An import paper may serve for several batches: release, arrival, release, arrival.
constexpr Transition kImport[] = {
    {State::cleared, Event::arrival, State::arrived},
    {State::arrived, Event::release, State::cleared},
};

template <std::size_t N>
std::optional<State> find(const Transition (&table)[N], State state, Event event) {
  for (const Transition& row : table)
    if (row.from == state && row.event == event) return row.to;
  return {};
}

State furthest(const BorderCase& border_case) {
  if (border_case.licence.empty()) return State::no_objection;
  return border_case.cleared == kNone ? State::licensed : State::cleared;
}

/// The rule that speaks when something cannot go on from this state.
std::string_view rule_of(State state, Event event) {
  switch (state) {
    case State::notified:
    case State::read:
    case State::needs_time:
      return "border-unanswered";
    case State::suspended:
      return "border-suspended";
    case State::objected:
      return "border-objected";
    case State::no_objection:
      return "border-unlicensed";
    case State::licensed:
      return event == Event::licence ? "border-licensed-already" : "border-unreleased";
    case State::cleared:
      return event == Event::licence ? "border-licensed-already" : "border-released-already";
    case State::departed:
    case State::arrived:
      return "border-moved-already";
    case State::confirmed:
    case State::withdrawn:
      return "border-case-closed";
  }
  return {};
}

std::string_view state_zh(State state) {
  constexpr std::string_view kWords[] = {"已通知", "已阅",   "需要更多时间", "暂停",   "无异议", "有异议",
                                         "已发证", "已放行", "已出境",       "已到货", "已确认", "已撤回"};
  return kWords[static_cast<std::size_t>(state)];
}

}  // namespace

BorderEvent event_of(BorderAnswer answer) {
  switch (answer) {
    case BorderAnswer::no_objection:
      return Event::no_objection;
    case BorderAnswer::objection:
      return Event::objection;
    case BorderAnswer::suspended:
      return Event::suspension;
    case BorderAnswer::needs_time:
      return Event::needs_time;
    case BorderAnswer::none:
      break;
  }
  ensure(false, "an answer says something");
  return Event::objection;
}

std::optional<BorderState> state_after(BorderDirection direction, BorderState state, BorderEvent event) {
  if (const auto to = find(kTransitions, state, event)) return to;
  return direction == BorderDirection::export_goods ? find(kExport, state, event) : find(kImport, state, event);
}

std::optional<BorderState> state_after(const BorderCase& border_case, BorderEvent event) {
  const auto to = state_after(border_case.direction, border_case.state, event);
  return to && event == BorderEvent::no_objection ? furthest(border_case) : to;
}

bool is_silent(const BorderCase& border_case, Date today) {
  const bool waits = border_case.state == State::notified || border_case.state == State::read ||
                     border_case.state == State::needs_time;
  return waits && border_case.reply_by < today;
}

bool is_before_movement(BorderState state) { return state <= State::cleared; }

Refusal why_not(const BorderCase& border_case, BorderEvent event, Date today) {
  const bool silent = is_silent(border_case, today);
  return refuse(silent ? "border-no-answer" : rule_of(border_case.state, event))
      .with("border_case", border_case.id)
      .with("country", border_case.country)
      .with("reply_by", border_case.reply_by.str())
      .with("state", std::string(name_of(border_case.state)))
      .with("state_zh", std::string(state_zh(border_case.state)));
}

}  // namespace registry
