#pragma once

#include <optional>
#include <string>
#include <vector>

#include "registry/domain/rows.h"
#include "registry/store/store.h"
#include "registry/views/page.h"

namespace registry {

struct ApplicationView {
  Application application;
  std::vector<ApplicationLine> lines;
  /// The newest grave finding against the applicant, which a paper with a clean record asks about.
  std::optional<Conduct> conduct;
};

/// Empty members do not filter.
struct ApplicationFilter {
  /// Who applied, or who has to decide.
  std::string party;
  std::optional<ApplicationState> state;
};

/// The newest first.
PageOf<ApplicationView> list_applications(Reader& reader, const ApplicationFilter& filter, const Page& page);
std::optional<ApplicationView> find_application(Reader& reader, const std::string& id);

}  // namespace registry
