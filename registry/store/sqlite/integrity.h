#pragma once

#include <string>
#include <vector>

#include "registry/store/sqlite/session.h"

namespace registry::sqlite {

/// Everything wrong with file, schema and look-up columns, one line each. Whether the entries themselves are as signed
/// is for the log's verifier to say.
std::vector<std::string> find_defects(Session& session);

}  // namespace registry::sqlite
