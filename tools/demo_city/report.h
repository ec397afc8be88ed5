#pragma once

#include <filesystem>

#include "crypto/note.h"
#include "tools/demo_city/episodes.h"
#include "tools/demo_city/reading.h"

// The closing report: every figure is an answer of the registry.
namespace tools {

/// The refusal of the exhausted permit, as the client got it.
void show_refusal(const Story& story, Broken& broken);
/// The write-off statement 核销 of the permit that ran out.
void show_write_off(Reading& api, const Story& story, Broken& broken);
/// Where the missing acetic anhydride went missing; and that nothing else was found.
void show_finding(Reading& api, const Story& story, Broken& broken);
/// The mass balance 物料平衡 of the month, substance by substance.
void show_balance(Reading& api, registry::Date from, registry::Date to, Broken& broken);
/// The two-way checks 双向核查 of the month, document by document.
void show_two_way(Reading& api, Broken& broken);
/// What is still to be done, by kind: reports, counts, renewals, filings; by whom is a question to /v1/obligations.
void show_duties(Reading& api, Broken& broken);
/// Checks a copy of the database file offline with the log's key.
void show_proof(const std::filesystem::path& copy, const crypto::NoteVerifier& log_key, std::size_t entries,
                Broken& broken);

}  // namespace tools
