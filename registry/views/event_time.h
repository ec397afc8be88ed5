#pragma once

#include <optional>
#include <string_view>

#include "registry/base/time.h"
#include "registry/log/header.h"
#include "registry/store/store.h"

namespace registry {

/// When what an entry tells happened, as its author says: the last moment of the latest day that a member "…_on" of its
/// payload names (produced_on, sold_on, counted_on), or the time in `discovered`; but never after the author's clock,
/// nor after the registry received it. Without such a member, the author's clock. Late paper is thereby put where it
/// belongs, and a planned day is not taken for one that has come.
UtcTime claimed_event(const Header& header, std::string_view payload, UtcTime received);

/// The entry that a correction corrects: it happened when that did.
std::optional<std::int64_t> corrected_entry(const Header& header, std::string_view payload);

}  // namespace registry
