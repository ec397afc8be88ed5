#pragma once

#include <string>
#include <vector>

#include "registry/rules/pack.h"
#include "registry/store/store.h"
#include "registry/views/movements.h"

namespace registry {

/// How a fact on the road stands against the paper.
enum class MatchState { equal, differs, not_named };
template <>
struct EnumNames<MatchState> {
  static constexpr std::string_view names[] = {"equal", "differs", "not_named"};
};

/// One of the seven fields in which transport and paper are compared (445 art. 41).
struct MatchField {
  /// variety quantity destination owner consignee carrier certificate_type
  std::string field;
  std::string paper, fact;
  MatchState state = MatchState::equal;
};

/// What an inspector compares on the road: the transport paper against the goods, their owner, consignee and whoever
/// carries them now. Empty where the goods travel without a transport paper.
std::vector<MatchField> match_paper(Reader& reader, const RulePack& rules, const ConsignmentView& view);

}  // namespace registry
