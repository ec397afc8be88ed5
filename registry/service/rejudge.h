#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "registry/rules/pack.h"
#include "registry/store/store.h"
#include "registry/views/refold.h"

namespace registry {

/// An entry that the rules of its day do not decide as it is stored.
struct Rejudged {
  std::int64_t index = 0;
  std::string type;
  /// The edition of the pack it was judged by now.
  std::string edition;
  /// The refusal, or the outcome that the rules give, as canonical JSON.
  std::string says;
};

/// How many entries each edition of the pack decided.
struct EditionCount {
  std::string edition;
  std::int64_t entries = 0;
};

struct RejudgeReport {
  std::int64_t entries = 0;
  std::vector<Rejudged> different;
  /// In the order in which they came into force.
  std::vector<EditionCount> editions;
};

/// Decides every entry of a log again, each from what stood in the log before it and by the rules of its day, and
/// compares with the stored outcome to the byte. What is stored stays what counts: a differing entry is named, and the
/// next ones are judged on it as it is stored. `scratch` is an empty store. Throws StoreFault when the log cannot be
/// read.
RejudgeReport rejudge(Reader& log, Store& scratch, const RulePack& pack, const FoldProgress& progress = {});

}  // namespace registry
