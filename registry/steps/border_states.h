#pragma once

#include <optional>
#include <string_view>

#include "registry/base/refusal.h"
#include "registry/domain/rows.h"

// The states of a two-way check 双向核查 and everything that leads from one to another.
namespace registry {

enum class BorderEvent {
  reading,       ///< the partner authority opened the notice
  no_objection,  ///< the answers
  objection,
  suspension,
  needs_time,
  licence,       ///< the import or export paper is issued
  release,       ///< customs released the goods
  departure,     ///< they left the country
  arrival,       ///< they reached our importer
  confirmation,  ///< they reached the other country, as its authority says
  withdrawal,    ///< our agency gives the notice up
};
template <>
struct EnumNames<BorderEvent> {
  static constexpr std::string_view names[] = {"reading",    "no_objection", "objection", "suspension",
                                               "needs_time", "licence",      "release",   "departure",
                                               "arrival",    "confirmation", "withdrawal"};
};

BorderEvent event_of(BorderAnswer answer);

/// The state after the event; nothing where the event has no place. An event that changes nothing gives the same state.
std::optional<BorderState> state_after(BorderDirection direction, BorderState state, BorderEvent event);

/// The same for a case with its documents: when an objection or a suspension is lifted, the case goes on from the
/// furthest document it has.
std::optional<BorderState> state_after(const BorderCase& border_case, BorderEvent event);

/// Why the event has no place in this case. Silence is told apart: before its last day for an answer
/// (border-unanswered) and after it (border-no-answer).
Refusal why_not(const BorderCase& border_case, BorderEvent event, Date today);

/// Nobody has answered, and the last day for it is over.
bool is_silent(const BorderCase& border_case, Date today);
/// The goods have not left or come yet, and the case is not given up.
bool is_before_movement(BorderState state);

}  // namespace registry
