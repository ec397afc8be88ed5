#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "registry/base/result.h"
#include "registry/base/time.h"
#include "registry/domain/rows.h"
#include "registry/store/store.h"
#include "registry/views/page.h"

namespace registry {

/// One line of the write-off statement 核销: what an entry did to the quota of a permit, and what stands after it.
struct StatementLine {
  std::int64_t index = 0, n = 0;
  /// Of the entry; its author is who acted on the permit.
  std::string type, party;
  UtcTime rtime;
  std::string substance, from, to;
  std::int64_t amount = 0;
  /// After this line; both are zero once the permit is written off.
  std::int64_t left = 0, held = 0;
  std::int64_t used = 0;
};

/// Every move of the permit's accounts in log order: from the grant to the end, where nothing is left or held and
/// granted = used + lapsed. Empty for a permit without quota.
PageOf<StatementLine> permit_statement(Reader& reader, const std::string& number, const Page& page);

/// The entries behind it, each once, in log order: those that moved its quota and the one that issued it. Refuses
/// statement-too-long when there are more than `most`: a statement with a part left out proves nothing.
Result<std::vector<std::int64_t>> statement_entries(Reader& reader, const Permit& permit, std::size_t most);

}  // namespace registry
