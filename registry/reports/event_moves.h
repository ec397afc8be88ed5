#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "registry/reports/period.h"
#include "registry/store/store.h"

// Moves by the time at which they happened. For readers of the past, which know event times.
namespace registry {

struct EventMove {
  UtcTime event;
  std::int64_t index = 0, n = 0;
  std::string type, author;
  /// The account that is asked about, and the one at the other end.
  std::string account, other;
  std::string substance, lot;
  std::int64_t amount = 0;
  bool is_in = true;
};

/// More are refused: a report of a shorter period, or of one party, is to be made.
inline constexpr std::size_t kReportMovesMax = 4'000'000;

/// What came to the accounts and left them in the period, in order of event, then of the log, a portion after another;
/// the moves of one entry stand in one portion. Only the order of all of them is in memory, 32 bytes each. Throws
/// ReportTooLarge before the first portion.
void each_portion(Reader& reader, const std::vector<std::string>& accounts, const ReportPeriod& period,
                  const std::function<void(const std::vector<EventMove>& moves)>& f);

/// The sum of such moves between two accounts; "transit:" stands for any consignment.
struct EventFlow {
  std::string account, other, substance;
  std::int64_t amount = 0;
  bool is_in = true;
};
std::vector<EventFlow> flows_of(Reader& reader, const std::vector<std::string>& accounts, const ReportPeriod& period);

struct ReportTooLarge {
  std::size_t rows_max = kReportMovesMax;
};

}  // namespace registry
