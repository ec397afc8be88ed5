#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registry/base/result.h"
#include "registry/domain/working_set.h"
#include "registry/rules/pack.h"
#include "registry/steps/objections.h"
#include "registry/steps/payload.h"

namespace registry {

/// A paper as somebody asks for it or issues it: its kind and purpose, what it covers, whom and where it names.
class PaperDraft {
 public:
  struct Line {
    std::string substance, pointer, quantity_pointer;
    std::optional<Quantity> quantity;
  };

  explicit PaperDraft(PayloadReader& in);

  /// Asks for the units it names.
  void need(FactKeys& keys) const;

  /// unknown-permit-kind
  Result<const PermitKind*> find_kind(const RulePack& rules) const;
  /// The agency is the one that issues papers of the kind to this holder: a transport paper comes from where the goods
  /// start (445 art. 20), every other one from where the holder is. Else not-competent.
  Check check_competence(const Party& agency, const PermitKind& kind, const Party& holder, std::string pointer) const;
  /// A verified unit whose business fits the paper: holder-not-verified, holder-wrong-kind; and for an individual the
  /// one-use paper only, for what individuals may buy: person-one-use-only, buyer-banned.
  Check check_holder(const RulePack& rules, const Party& holder, const PermitKind& kind, std::string pointer,
                     Date today) const;
  /// Units and regions it names exist.
  Check check_named(const Facts& facts, const RulePack& rules, Date today) const;
  /// It states what its kind must state (445-22): else paper-incomplete with every member that is missing.
  Check check_states(const RulePack& rules, const PermitKind& kind) const;
  /// Amounts of the lines in base units, 0 for one that has none or is objected to.
  std::vector<std::int64_t> check_lines(const RulePack& rules, const PermitKind& kind, Date from,
                                        Objections& objections) const;

  /// Codes in sorted order, joined by commas.
  std::string substances() const;

  std::string kind, purpose, supplier, consignee, carrier, origin, destination;
  std::vector<Line> lines;

 private:
  void read_line(PayloadReader& line);
  static Result<std::int64_t> check_line(const RulePack& rules, const PermitKind& kind, Date from, const Line& line);
};

}  // namespace registry
