#pragma once

#include <cstdint>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "registry/base/result.h"
#include "registry/domain/outcome.h"
#include "registry/domain/working_set.h"
#include "registry/rules/pack.h"
#include "registry/steps/permit_draft.h"
#include "registry/steps/step.h"

// Applications for papers 申请 and what becomes of them.
namespace registry {

/// "application:A-1", as obligations name it.
std::string application_subject(std::string_view id);

/// Asks for an application, its lines and the duty to decide on it. Nothing for an empty id.
void want_application(const Facts& known, std::string_view id, FactKeys& keys);

/// unknown-application, application-decided
Result<const Application*> find_open_application(const Facts& facts, std::string_view id);

struct AskedFor {
  std::string_view holder, kind;
};
/// The paper is for the applicant, of the kind asked for, and covers no other substance and no more of it than the
/// application: else application-differs with every member at fault. `amounts` are those of the lines.
Check check_as_asked(const Facts& facts, const Application& asked, const AskedFor& given,
                     const std::vector<PaperDraft::Line>& lines, const std::vector<std::int64_t>& amounts);

/// Ends the application and the duty to decide on it.
void decide_application(const Facts& facts, const Application& asked, ApplicationState state, std::string_view permit,
                        std::string_view reason, std::int64_t index, Outcome& out);

Result<std::unique_ptr<Step>> parse_permit_apply(const nlohmann::json& payload, const RulePack& rules);
Result<std::unique_ptr<Step>> parse_permit_refuse(const nlohmann::json& payload, const RulePack& rules);

}  // namespace registry
