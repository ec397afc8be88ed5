#pragma once

#include <functional>
#include <optional>

#include "registry/reports/report_facts.h"
#include "registry/views/permits.h"

namespace registry {

/// A permit of the report, and its duty to be written off.
struct PermitLineView {
  const PermitView& view;
  const std::optional<Obligation>& write_off;
  /// Closed, or its write-off duty is.
  bool is_written_off() const;
};

/// Permits that were valid on a day of the period, in order of their numbers, as they stood at its end.
void each_permit(ReportFacts& facts, const std::function<void(const PermitLineView& permit)>& f);

}  // namespace registry
