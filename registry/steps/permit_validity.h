#pragma once

#include "registry/base/result.h"
#include "registry/rules/pack.h"

namespace registry {

/// From the day it is issued to this many days ahead a permit may begin.
inline constexpr int kStartsAheadDaysMax = 30;

/// The days of a new permit against its kind and the day it is issued: permit-kind-not-in-force, permit-starts-in-past,
/// permit-starts-too-late, permit-ends-before-start, permit-too-long, permit-crosses-year; each with its member.
Check check_validity(const PermitKind& kind, Date from, Date to, Date today);

}  // namespace registry
