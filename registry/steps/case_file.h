#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "registry/base/result.h"
#include "registry/domain/outcome.h"
#include "registry/domain/working_set.h"
#include "registry/steps/payload.h"
#include "registry/steps/step.h"

// A finding after it was opened: its history, what of it is settled, and how it ends.
namespace registry {

/// "finding:F-17-1", as obligations and other findings name it.
std::string finding_subject(std::string_view id);
/// What is still missing by this finding alone; never below zero.
std::int64_t still_missing(const Finding& finding);

/// The finding: else unknown-finding or finding-closed. Needs Finding `id`.
Result<const Finding*> find_open_finding(const Facts& facts, std::string_view id, std::string_view pointer);

/// Adds a line to the history of the finding that becomes `after`; fills in all of it but act, code, amount, evidence,
/// statement and other.
void note(Outcome& out, const StepContext& context, Finding& after, FindingNote line);
/// It is over.
void close_finding(Finding& after, FindingResult result, std::int64_t index);

/// Asks for the findings that show goods of the lot missing from the account.
void want_shortage(const Facts& known, std::string_view account, std::string_view lot, FactKeys& keys);
/// Those that are open and show something missing, the newest first. Needs want_shortage.
std::vector<const Finding*> find_shortages(const Facts& facts, std::string_view account, std::string_view lot);
/// The newest of them, or null.
const Finding* find_shortage(const Facts& facts, std::string_view account, std::string_view lot);
/// The goods that `later` shows missing are, as far as they reach, those that the open findings `earlier` show already:
/// it counts the rest only, and ends at once where there is none.
void count_rest(Finding& later, const std::vector<const Finding*>& earlier, std::int64_t index);
/// Adds a finding about goods that are missing from `account` and stand in `booked` since: remembered there, before
/// those of `beside` that stay open, so that the same goods are never two losses. A surplus, or what has ended at once,
/// is added as any other.
void add_shortage(Outcome& out, const StepContext& context, Finding finding, std::string_view account,
                  std::string_view booked, const std::vector<const Finding*>& beside = {});

/// The finding `later` is about `amount` of the same goods as the open finding `earlier`, which ends when nothing of it
/// is left.
void carry_on(Outcome& out, const StepContext& context, const Finding& earlier, std::string_view later,
              std::int64_t amount);

/// Reads "evidence": files by their SHA-256, 64 lower-case hex digits each; joined by commas.
std::string read_evidence(PayloadReader& in);

}  // namespace registry
